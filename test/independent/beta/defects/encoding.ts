import type { Call, OperationName, Reply } from '../call.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function bytes(
  id: string,
  where: string,
  names: readonly OperationName[],
  change: (bytes: Buffer, call: Call, reply: Reply) => Buffer,
): Seed {
  return plant(id, facts.json, where, {
    wire: (call, made, reply) =>
      made.length > 0 && (names.length === 0 || on(call, ...names)) ? change(made, call, reply) : made,
  });
}

const text =
  (change: (json: string) => string) =>
  (made: Buffer): Buffer =>
    Buffer.from(change(made.toString('utf8')), 'utf8');

/** Defects of the bytes of bodies. */
export const encodingSeeds: readonly Seed[] = [
  bytes(
    'bytes-bom',
    'GET /runs begins with a byte order mark',
    ['runs.list'],
    text((json) => `\ufeff${json}`),
  ),
  bytes(
    'bytes-prefix',
    "GET /org begins with `)]}',`",
    ['org.get'],
    text((json) => `)]}',\n${json}`),
  ),
  bytes('bytes-latin1', 'GET /org is Latin-1', ['org.get'], (made) =>
    Buffer.from(made.toString('utf8'), 'latin1'),
  ),
  bytes(
    'bytes-cut-character',
    'GET /workflows: a character beyond ASCII is cut in two',
    ['workflows.list'],
    (made) => {
      const at = made.findIndex((byte) => byte >= 0xc3);
      return at < 0 ? made : Buffer.concat([made.subarray(0, at + 1), made.subarray(at + 2)]);
    },
  ),
  bytes(
    'bytes-nan',
    'GET /runs/{id}: the cost of a run without one is NaN',
    ['runs.get'],
    text((json) => json.replace('"costUsd":0,', '"costUsd":NaN,')),
  ),
  bytes(
    'bytes-nan-overview',
    'GET /insights/overview: a rate is NaN',
    ['insights.overview'],
    text((json) => json.replace('"kpis":{', '"kpis":{"errorRate":NaN,')),
  ),
  bytes(
    'bytes-infinity',
    'GET /insights/topics: a trend is Infinity',
    ['topics.list'],
    text((json) => json.replace(/"trend":-?\d+/, '"trend":Infinity')),
  ),
  bytes('bytes-truncated', 'bodies above 8 kB are cut', [], (made) =>
    made.length > 8192 ? made.subarray(0, 8192) : made,
  ),
  bytes(
    'bytes-trailing-comma',
    'GET /mcp-servers: a comma before the end of the list',
    ['sources.list'],
    text((json) => json.replace(/\]\}$/, ',]}')),
  ),
  bytes(
    'bytes-twice',
    'GET /runs/{id}/tool-calls: the body is sent twice',
    ['runs.toolCalls'],
    text((json) => json + json),
  ),
  bytes(
    'bytes-lines',
    'GET /insights/sessions: one JSON text a line',
    ['sessions.list'],
    text((json) => json.replace(/\},\{/g, '}\n{')),
  ),
  bytes(
    'bytes-single-quotes',
    'GET /insights/searches/{id}: single quotes',
    ['searches.get'],
    text((json) => json.replace(/"/g, "'")),
  ),
  bytes(
    'bytes-raw-control',
    'GET /workflows/{id}: line breaks and tabs within texts are not escaped',
    ['workflows.get'],
    text((json) => json.replace(/\\n/g, '\n').replace(/\\t/g, '\t')),
  ),
  bytes('bytes-utf16', 'GET /runs/{id}/evaluation is UTF-16', ['runs.evaluation'], (made) =>
    Buffer.from(made.toString('utf8'), 'utf16le'),
  ),
  bytes('bytes-none', 'PATCH topic: an empty body', ['topics.update'], () => Buffer.alloc(0)),
  bytes(
    'bytes-undefined',
    'GET /runs/{id}: `undefined` where there is no reason',
    ['runs.get'],
    text((json) => json.replace('"reason":null', '"reason":undefined')),
  ),
  bytes('bytes-page', 'GET /runs: the second page is HTML', ['runs.list'], (made, call) =>
    Number(call.query.get('page') ?? '1') === 2 ? Buffer.from('<html><body>loading…</body></html>') : made,
  ),
  bytes('bytes-error-nan', '400: `details` is NaN', [], (made, _call, { status }) =>
    status === 400 ? Buffer.from('{"error":{"code":"invalid","message":"Invalid.","details":NaN}}') : made,
  ),
];
