import { named, valued } from './axis.ts';

const kibi = 1024;

/** How an answer is written to the wire. */
export const transport = {
  contentType: valued(
    'rfc-content-type',
    'Which media type a JSON body is sent as is what an RFC asks for.',
    [
      ['json-utf8', 'application/json; charset=utf-8'],
      ['json', 'application/json'],
      ['vendor-json', 'application/vnd.armature+json'],
      ['text-json', 'text/json; charset=utf-8'],
      ['none', ''],
    ],
  ),
  json: named(
    'framing',
    'How a JSON text is spelled: blanks, escapes and the order of members mean nothing.',
    ['compact', 'indented', 'ascii', 'any-order'],
  ),
  compression: named('framing', 'Whether an answer is compressed.', ['never', 'when-asked', 'always']),
  framing: named('framing', 'Whether an answer tells its length or comes in chunks.', ['length', 'chunked']),
  connection: named('framing', 'How long a connection is kept.', ['kept', 'one-request', 'twenty-requests']),
  etag: valued('headers', 'Which headers an answer has beyond the documented ones.', [
    ['off', false],
    ['on', true],
  ]),
  caching: valued('rfc-caching', 'What is told to caches is what an RFC asks for.', [
    ['no-store', 'no-store'],
    ['private', 'private, max-age=0'],
    ['private-no-cache', 'private, no-cache'],
    ['absent', undefined],
  ]),
  headers: valued('headers', 'Which headers an answer has beyond the documented ones.', [
    ['none', {}],
    ['request-id', { 'x-request-id': 'req_31', vary: 'accept' }],
    ['edge', { age: '0', via: '1.1 edge' }],
    [
      'many',
      {
        'server-timing': 'db;dur=1.3, app;dur=2.1',
        vary: 'authorization, accept-encoding',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=31536000',
      },
    ],
  ]),
  latencyMs: valued('speed', 'How fast an answer comes.', [
    ['none', [0, 0]],
    ['20-40ms', [20, 40]],
    ['0-60ms', [0, 60]],
  ]),
};

/** What is refused for its size alone. */
export const limits = {
  body: valued('large-body', 'Whether a body that is very large is accepted, and what very large is.', [
    ['1MiB', kibi * kibi],
    ['16KiB', 16 * kibi],
    ['64KiB', 64 * kibi],
    ['64MiB', 64 * kibi * kibi],
  ]),
  bodyOrder: named(
    'limits-before-key',
    'A limit may stand before the key is looked at: any 4xx may come first.',
    ['key-first', 'size-first'],
  ),
  url: valued('limits-before-key', 'A limit may stand before the key is looked at: any 4xx may come first.', [
    ['none', Infinity],
    ['4KiB', 4 * kibi],
  ]),
};

/** What stands in front of the API, and answers in its place now and then. */
export const gateway = {
  hiccups: valued(
    'gateway',
    'An edge proxy stands in front: a single 502, 503 or 504 that does not come again is its own.',
    [
      ['none', undefined],
      ['502', 502],
      ['503', 503],
    ],
  ),
  rateLimit: valued('rate-limit', 'Whether too many requests are refused for a while is not documented.', [
    ['none', false],
    ['429', true],
  ]),
};
