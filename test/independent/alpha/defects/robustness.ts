import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { answering, defect, failure, succeeding } from './build.ts';
import { facts } from './facts.ts';

const crash = (id: string, where: string, fits: (x: Exchange) => boolean, status = 500): Seeded =>
  defect(id, facts.no5xx, `${status}: ${where}`, {
    reply: (x, reply) =>
      fits(x) && reply.status !== 401 ? failure(status, 'internal', 'Something went wrong.') : reply,
  });

const silent = (id: string, where: string, fits: (x: Exchange) => boolean, silence: 'hang' | 'cut'): Seeded =>
  defect(id, facts.no5xx, where, {
    reply: (x, reply) => (fits(x) && reply.status !== 401 ? { ...reply, silence } : reply),
  });

function depth(x: Exchange): number {
  return x.raw.toString().split(/[[{]/).length;
}

export const robustnessDefects: readonly Seeded[] = [
  defect('every-seventh-500', facts.no5xx, 'every 7th request: 500', {
    reply: (x, reply) => (x.seq % 7 === 0 ? failure(500, 'internal', 'Try again.') : reply),
  }),
  defect('every-seventh-read-empty', facts.org, 'every 7th GET: 200 and {}', {
    reply: (x, reply) =>
      x.seq % 7 === 0 && reply.status === 200 && x.method === 'GET' ? { ...reply, body: {} } : reply,
  }),
  defect('every-thirteenth-403', facts.reads, 'every 13th read: 403', {
    reply: (x, reply) =>
      x.seq % 13 === 0 && reply.status === 200 && x.method === 'GET'
        ? failure(403, 'forbidden_role', 'No.')
        : reply,
  }),
  defect('crowd-503', facts.no5xx, '503: GET /runs while four more requests are in flight', {
    reply: async (x, reply) => {
      if (asked(x) !== 'listRuns') return reply;
      await new Promise((done) => setTimeout(done, 15));
      return x.site.inFlight > 4 ? failure(503, 'unavailable', 'Too busy.') : reply;
    },
  }),
  crash('long-query-500', 'a query above 1500 characters', (x) => x.query.toString().length > 1500),
  crash(
    'zero-byte-500',
    'an id or a query with a zero byte',
    (x) => x.id.includes(String.fromCharCode(0)) || x.query.toString().includes('%00'),
  ),
  crash('odd-id-500', 'an id that is none: spaces, quotes or percent signs', (x) => /[\s'"%]/.test(x.id)),
  crash(
    'long-id-500',
    'an id above 150 characters',
    (x) => x.id.length > 150 && !x.site.world.runs.has(x.id),
  ),
  crash('deep-json-500', 'a body nested deeper than 40', (x) => depth(x) > 40),
  crash('page-zero-500', 'page=-1 and the like', (x) => (x.query.get('page') ?? '').startsWith('-')),
  crash('page-huge-500', 'a page above 100000', (x) => Number(x.query.get('page') ?? 0) > 100_000),
  crash('size-text-500', 'a pageSize or limit that is no number', (x) =>
    /[a-z]/i.test((x.query.get('pageSize') ?? '') + (x.query.get('limit') ?? '')),
  ),
  crash(
    'range-unknown-500',
    'an unknown range',
    (x) => x.query.has('range') && !['24h', '7d', '30d', '90d'].includes(x.query.get('range') ?? ''),
  ),
  crash(
    'sort-unknown-500',
    'an unknown sort of topics',
    (x) =>
      asked(x) === 'listTopics' &&
      !['volume', 'frustration', 'trend', ''].includes(x.query.get('sort') ?? ''),
  ),
  crash('wildcard-500', 'a search with % or a backslash or a quote', (x) =>
    /[%\\']/.test(x.query.get('search') ?? ''),
  ),
  crash(
    'emoji-500',
    'a body with characters beyond the basic plane',
    (x) => x.operation?.body === true && /[\u{10000}-\u{10ffff}]/u.test(x.raw.toString()),
    502,
  ),
  crash('large-body-500', 'a body above 100 kB', (x) => x.raw.length > 100_000),
  crash(
    'reference-500',
    'a workflow for a source that is not there',
    (x) =>
      asked(x) === 'createWorkflow' &&
      typeof x.body['mcpServerId'] === 'string' &&
      x.body['mcpServerId'] !== '' &&
      !x.site.world.sources.has(x.body['mcpServerId']),
  ),
  crash('double-archive-500', 'archiving a second time', (x) => {
    if (asked(x) !== 'archiveWorkflow' || x.key === undefined || x.key.role === 'viewer') return false;
    const again = x.site.memory.has(x.id);
    x.site.memory.set(x.id, true);
    return again;
  }),
  crash(
    'empty-body-500',
    'a write without a body',
    (x) => x.operation?.body === true && x.raw.length === 0 && asked(x) !== 'dispatch',
  ),
  silent(
    'hang-tool-calls',
    'GET /runs/{id}/tool-calls of an unknown run: no answer',
    (x) => asked(x) === 'readToolCalls' && !x.site.world.runs.has(x.id),
    'hang',
  ),
  silent(
    'hang-malformed',
    'malformed JSON for a topic: no answer',
    (x) => asked(x) === 'updateTopic' && !x.raw.toString().trim().endsWith('}'),
    'hang',
  ),
  silent(
    'cut-long-list',
    'GET /runs?range=30d: the connection is cut',
    (x) => asked(x) === 'listRuns' && x.query.get('range') === '30d',
    'cut',
  ),
  silent(
    'cut-array-body',
    'an array as the body: the connection is cut',
    (x) => x.operation?.body === true && x.raw.toString().trimStart().startsWith('['),
    'cut',
  ),
  defect(
    'gzip-not-gzip',
    facts.json,
    'GET /org: says gzip, is not',
    succeeding('org', (reply) => ({ ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' } })),
  ),
  defect(
    'details-500-on-unicode-id',
    facts.no5xx,
    'an id with non-ASCII letters: 500',
    answering(404, (reply, x) => (/[^ -~]/.test(x.id) ? failure(500, 'internal', 'x') : reply)),
  ),
  defect(
    'records-swapped-concurrently',
    facts.run,
    'GET /runs/{id}: the answer to another request in flight',
    {
      reply: async (x, reply) => {
        if (asked(x) !== 'readRun' || reply.status !== 200) return reply;
        x.site.memory.set('answer', reply.body);
        await new Promise((done) => setTimeout(done, 10));
        return { status: 200, body: x.site.memory.get('answer') };
      },
    },
  ),
];
