import { textOf } from '../data/json.ts';
import type { Packet } from '../server/packet.ts';
import type { Defect, Hooks } from './defect.ts';
import { answers, everyNth, isTo, must, packets, should, sentMembers, type Where } from './hooking.ts';

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
  must('reset-now-and-then', 'answered', '*', 'Each seventh connection is reset.', () => {
    const sometimes = everyNth<Packet>(7, (packet) => ({ ...packet, delivery: 'reset' }));
    return { packet: (_call, packet) => sometimes(packet) };
  }),
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
    'json-body',
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

const failing: readonly Defect[] = [
  must('fails-now-and-then', 'no-server-error', '*', 'Each seventh answer is 500.', () => {
    let count = 0;
    return answers('*', (answer) => {
      count += 1;
      return count % 7 === 0 ? failure(500) : answer;
    })();
  }),
  must(
    'fails-on-evaluation',
    'no-server-error',
    'getRunEvaluation',
    'An evaluation is 500.',
    answers('getRunEvaluation', (answer) => (answer.status === 200 ? failure(500) : answer)),
  ),
  must(
    'fails-on-bad-json',
    'no-server-error',
    'createWorkflow',
    'A body that is not JSON is 500.',
    answers('createWorkflow', (answer, call) =>
      answer.status === 400 && call.body.kind === 'unreadable' ? failure(500) : answer,
    ),
  ),
  must(
    'fails-on-odd-id',
    'no-server-error',
    'getRun',
    'An id that is no id of the deployment is 500.',
    answers('getRun', (answer, call) =>
      answer.status === 404 && !/^run_\w{16}$/.test(call.parameters['runId'] ?? '') ? failure(500) : answer,
    ),
  ),
  must(
    'fails-on-unknown-key',
    'no-server-error',
    '*',
    'A key of another form is 500.',
    answers('*', (answer, { authorization }) =>
      answer.status === 401 &&
      /^bearer \S+$/i.test(authorization[0] ?? '') &&
      !/amt_\w+_[\w-]{43}$/.test(authorization[0] ?? '')
        ? failure(500)
        : answer,
    ),
  ),
  must(
    'fails-on-null',
    'no-server-error',
    'createMcpServer',
    'A name that is null is 500.',
    answers('createMcpServer', (answer, call) =>
      answer.status === 400 && sentMembers(call)['name'] === null ? failure(500) : answer,
    ),
  ),
  must(
    'fails-on-non-ascii',
    'no-server-error',
    'updateTopic',
    'A label that is not ASCII is 500.',
    answers('updateTopic', (answer, call) =>
      answer.status === 200 && /[^ -~]/.test(textOf(sentMembers(call)['label'])) ? failure(500) : answer,
    ),
  ),
  must('busy-is-503', 'no-server-error', '*', 'More than two requests at once are 503.', () => {
    let active = 0;
    return {
      packet: async (_call, packet) => {
        active += 1;
        const busy = active > 2;
        await new Promise((resolve) => setTimeout(resolve, 2));
        active -= 1;
        const body = Buffer.from(JSON.stringify(failure(503).body));
        return busy ? { ...packet, status: 503, bytes: body } : packet;
      },
    };
  }),
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
  should(
    'slow',
    'timely',
    'getInsightsOverview',
    'The overview takes 1.3 seconds.',
    packets('getInsightsOverview', (packet) => ({ ...packet, delayMs: 1300 })),
  ),
];

/** Defects of what goes over the wire. */
export const transportDefects: readonly Defect[] = [...unanswered, ...notJson, ...failing, ...advisable];

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

function failure(status: number): { status: number; headers: Record<string, string>; body: unknown } {
  return { status, headers: {}, body: { error: { code: 'internal', message: 'Something went wrong.' } } };
}
