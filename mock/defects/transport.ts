import type { Packet } from '../server/packet.ts';
import type { Defect, Hooks } from './defect.ts';
import { erratic, everyNth, isTo, must, packets, should, type Where } from './hooking.ts';

const unanswered: readonly Defect[] = [
  must(
    'body-truncated',
    'answered',
    'listMcpServers',
    'Half of the body comes, then the connection breaks.',
    delivering('listMcpServers', 'truncated'),
  ),
  must(
    'connection-reset',
    'answered',
    'getInsightsOverview',
    'The connection is reset.',
    delivering('getInsightsOverview', 'reset'),
  ),
  must(
    'connection-reset-on-refusal',
    'answered',
    'createWorkflow',
    'The connection is reset in place of a 400.',
    () => ({
      packet: (call, packet) =>
        isTo('createWorkflow', call) && packet.status === 400 ? { ...packet, delivery: 'reset' } : packet,
    }),
  ),
  must('never-answered', 'answered', 'getSearch', 'No answer ever comes.', delivering('getSearch', 'never')),
  must('never-answered-viewer', 'answered', 'updateTopic', 'No answer comes to who may not.', () => ({
    packet: (call, packet) =>
      isTo('updateTopic', call) && packet.status === 403 ? { ...packet, delivery: 'never' } : packet,
  })),
  must(
    'garbage',
    'answered',
    'getSessionTrace',
    'The answer is no HTTP.',
    packets('getSessionTrace', (packet) => ({
      ...packet,
      delivery: 'raw',
      bytes: Buffer.from('\u0001\u0002 not http\r\n\r\n'),
    })),
  ),
  erratic(
    must('reset-now-and-then', 'answered', '*', 'Each seventh connection is reset.', () => {
      const sometimes = everyNth<Packet>(7, (packet) => ({ ...packet, delivery: 'reset' }));
      return { packet: (_call, packet) => sometimes(packet) };
    }),
  ),
  must(
    'promised-too-much',
    'answered',
    'getRunTrace',
    'The body is shorter than Content-Length says.',
    packets('getRunTrace', (packet) => ({
      ...packet,
      delivery: 'truncated',
      bytes: Buffer.concat([packet.bytes, packet.bytes]),
    })),
  ),
];

const notJson: readonly Defect[] = [
  must(
    'json-bom',
    'json-body',
    'getOrg',
    'A byte order mark stands before the body.',
    bytes('getOrg', (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
  ),
  must(
    'json-nan',
    'json-body',
    'getRun',
    'A number is NaN.',
    bytes('getRun', (body) =>
      Buffer.from(body.toString().replace(/"costUsd":(null|[\d.]+)/, '"costUsd":NaN')),
    ),
  ),
  must(
    'json-invalid-utf8',
    'json-body',
    'listWorkflows',
    'A text has a byte that is no UTF-8.',
    bytes('listWorkflows', (body) =>
      Buffer.concat([
        body.subarray(0, 1),
        Buffer.from('"x":"'),
        Buffer.from([0xff]),
        Buffer.from('",'),
        body.subarray(1),
      ]),
    ),
  ),
  must(
    'json-latin1',
    'json-body',
    'listSessions',
    'The body is Latin-1.',
    bytes('listSessions', (body) => Buffer.from(body.toString(), 'latin1')),
  ),
  must(
    'json-trailing-comma',
    'json-body',
    'getRunEvaluation',
    'A comma stands before the last brace.',
    bytes('getRunEvaluation', (body) => Buffer.from(body.toString().replace(/\}$/, ',}'))),
  ),
  must(
    'json-guard',
    'json-body',
    'listRunToolCalls',
    'A guard against inclusion stands before the body.',
    bytes('listRunToolCalls', (body) => Buffer.concat([Buffer.from(")]}',\n"), body])),
  ),
  must(
    'json-twice',
    'json-body',
    'getTopic',
    'The body comes twice.',
    bytes('getTopic', (body) => Buffer.concat([body, body])),
  ),
  must(
    'json-html',
    'json-body',
    'getMcpServer',
    'A page of HTML.',
    bytes('getMcpServer', () => Buffer.from('<!doctype html><title>Armature</title>')),
  ),
  must('json-html-error', 'json-body', '*', 'A 404 is a page of HTML.', () => ({
    packet: (_call, packet) =>
      packet.status === 404
        ? {
            ...packet,
            bytes: Buffer.from('<h1>Not found</h1>'),
            headers: { ...packet.headers, 'content-type': 'text/html' },
          }
        : packet,
  })),
  must(
    'json-empty',
    'listTopics/success',
    'listTopics',
    'A success without a body.',
    bytes('listTopics', () => Buffer.alloc(0)),
  ),
  must(
    'json-single-quotes',
    'json-body',
    'archiveWorkflow',
    'Single quotes.',
    bytes('archiveWorkflow', () => Buffer.from("{'ok': true}")),
  ),
  must(
    'json-utf16',
    'json-body',
    'listSearches',
    'The body is UTF-16.',
    bytes('listSearches', (body) => Buffer.from(body.toString(), 'utf16le')),
  ),
  must(
    'json-not-gzip',
    'json-body',
    'getWorkflow',
    'The body is said to be gzip and is not.',
    packets('getWorkflow', (packet) => ({
      ...packet,
      headers: { ...packet.headers, 'content-encoding': 'gzip' },
    })),
  ),
];

const advisable: readonly Defect[] = [
  should(
    'type-html',
    'json-content-type',
    'listRuns',
    'The Content-Type is text/html.',
    header('listRuns', 'content-type', 'text/html'),
  ),
  should(
    'type-text-everywhere',
    'json-content-type',
    '*',
    'The Content-Type is text/plain.',
    header('*', 'content-type', 'text/plain'),
  ),
  should(
    'type-missing',
    'json-content-type',
    'getTopic',
    'There is no Content-Type.',
    packets('getTopic', (packet) => {
      const { 'content-type': _type, ...headers } = packet.headers;
      return { ...packet, headers };
    }),
  ),
  should(
    'cache-public',
    'private-cache',
    '*',
    'Answers are offered to every cache.',
    header('*', 'cache-control', 'public, max-age=3600'),
  ),
  should(
    'cache-shared',
    'private-cache',
    'getOrg',
    'The organization is offered to shared caches.',
    header('getOrg', 'cache-control', 's-maxage=60'),
  ),
  erratic(
    should(
      'gateway-now-and-then',
      'api-answers',
      '*',
      'Each fortieth answer is the 502 of a gateway, a page.',
      () => {
        const gateway = everyNth<Packet>(40, (packet) => ({
          ...packet,
          status: 502,
          headers: { 'content-type': 'text/html' },
          bytes: Buffer.from('<html><body>Bad gateway</body></html>'),
        }));
        return { packet: (_call, packet) => gateway(packet) };
      },
    ),
  ),
  should(
    'slow',
    'timely',
    'getInsightsOverview',
    'The overview takes 1.3 seconds.',
    packets('getInsightsOverview', (packet) => ({ ...packet, delayMs: 1300 })),
  ),
];

/** Defects of what goes over the wire. */
export const transportDefects: readonly Defect[] = [...unanswered, ...notJson, ...advisable];

function delivering(where: Where, delivery: Packet['delivery']): () => Hooks {
  return packets(where, (packet) => (packet.status < 300 ? { ...packet, delivery } : packet));
}

/** Changes the bytes of successes. */
function bytes(where: Where, change: (body: Buffer) => Buffer): () => Hooks {
  return packets(where, (packet) =>
    packet.status < 300 ? { ...packet, bytes: change(packet.bytes) } : packet,
  );
}

function header(where: Where, name: string, value: string): () => Hooks {
  return packets(where, (packet) => ({ ...packet, headers: { ...packet.headers, [name]: value } }));
}
