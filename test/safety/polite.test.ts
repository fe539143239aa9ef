import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/execute/rate-limit.ts';
import { frontRuns, getOrg } from './front-run.ts';
import { isGetOrg, type Mischief } from './mischief.ts';
import { caseOf } from './small-run.ts';

const { front, runAgainst } = frontRuns();

/** Answers that the target is too busy. */
function busy(status: number, headers: Readonly<Record<string, string>> = {}): Mischief {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end('{"error":{"code":"busy","message":"later"}}');
    return true;
  };
}

describe('--rate', () => {
  it('20 lets no more than 20 requests out in any second', async () => {
    const results = await runAgainst(() => false, { filters: ['org/getOrg/**'], config: { rate: 20 } });
    const times = front()?.seen.map(({ at }) => at) ?? [];
    expect(results.exitCode).toBe(0);
    expect(times.length).toBeGreaterThan(40);
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
    );
    expect(busiest).toBeLessThanOrEqual(20);
  }, 60_000);
});

describe('what is promised at most', () => {
  it('holds where every write gets a 429 first: repeats are counted, told and bounded', async () => {
    const seen = new Set<string>();
    const limited = busy(429, { 'retry-after': '0' });
    const results = await runAgainst(
      (request, response, number) => {
        const id = String(request.headers['x-request-id']);
        if (request.method === 'GET' || seen.has(id)) return false;
        seen.add(id);
        return limited(request, response, number);
      },
      { profile: 'full', filters: ['workflows/createWorkflow/validation/{name,description}/**'] },
    );
    const creates = front()?.seen.filter(
      ({ method, path }) => method === 'POST' && /\/(?:workflows|mcp-servers)$/.test(path),
    );
    const line = results.footprint?.find(({ of, kind }) => of === 'create' && kind === 'requests');
    expect(line?.actual).toBe(creates?.length);
    expect(line?.actual).toBeLessThanOrEqual(line?.promised ?? 0);
    expect(results.requests).toBe(front()?.seen.length);
    expect(results.summary.failed).toBe(0);
    expect(results.suiteFaults).toEqual([]);
    // There is no room to repeat every one of them: those are not judged.
    expect(results.summary.inconclusive).toBeGreaterThan(0);
  }, 60_000);
});

describe('a target that limits the rate', () => {
  it('is waited for as it asks, and the case is judged by the answer that comes then', async () => {
    const limited = busy(429, { 'retry-after': '0' });
    const results = await runAgainst(
      (request, response, number) => number < 3 && limited(request, response, number),
    );
    const result = caseOf(results, getOrg);
    expect(result.status).toBe('passed');
    expect(results.manners?.rateLimited).toBe(2);
    expect(result.notes?.[0]).toMatch(/sent again after 0 ms, as the target asked \(429\)/);
  });

  it.each([
    ['429 without Retry-After', busy(429)],
    ['429 with Retry-After', busy(429, { 'retry-after': '2' })],
    ['429 that asks for an hour', busy(429, { 'retry-after': '3600' })],
    ['503 with Retry-After', busy(503, { 'retry-after': '2' })],
  ])(
    '%s, all the time: nothing is judged, nothing is a violation, and the run ends soon',
    async (_name, storm) => {
      const results = await runAgainst(storm, { filters: ['org/**'], config: { maxWaitMs: 0 } });
      expect(results.verdict).toBe('inconclusive');
      expect(results.exitCode).toBe(4);
      expect(results.summary.failed).toBe(0);
      expect(results.ended).toMatch(/kept on limiting the rate/);
      expect(results.manners?.waitedMs).toBe(0);
      expect(front()?.seen.length).toBeLessThan(60);
    },
  );

  it('is asked more slowly from then on: a whole surface is judged below its rate', async () => {
    const limited = busy(429, { 'retry-after': '1' });
    let second = 0;
    let inSecond = 0;
    const results = await runAgainst(
      (request, response, number) => {
        const now = Math.floor(Date.now() / 1000);
        inSecond = now === second ? inSecond + 1 : 1;
        second = now;
        return inSecond > 25 && limited(request, response, number);
      },
      { filters: ['org/getOrg/authentication/**'], config: { concurrency: 16, maxWaitMs: 30_000 } },
    );
    expect(results.summary.failed).toBe(0);
    expect(results.summary.inconclusive).toBe(0);
    expect(results.exitCode).toBe(0);
    expect(results.manners?.rateLimited).toBeLessThan(results.requests / 3);
  }, 60_000);

  it('is never a refusal: a 429 where a 4xx is lawful leaves the case without a judgement', async () => {
    const limited = busy(429);
    const results = await runAgainst(
      (request, response, number) => request.method === 'DELETE' && limited(request, response, number),
      { filters: ['org/getOrg/method/DELETE/**'], profile: 'guarded', config: { maxWaitMs: 0 } },
    );
    expect(results.summary.failed).toBe(0);
    expect(results.summary.inconclusive).toBeGreaterThan(0);
    expect(results.exitCode).toBe(4);
  });

  it('503 without Retry-After stays the violation that it is', async () => {
    const broken = busy(503);
    const results = await runAgainst(
      (request, response, number) => isGetOrg(request) && broken(request, response, number),
    );
    expect(results.exitCode).toBe(1);
  });

  it('a write that got 503 is not sent again', async () => {
    const limited = busy(503, { 'retry-after': '0' });
    await runAgainst(
      (request, response, number) => request.method === 'POST' && limited(request, response, number),
      { filters: ['mcp-servers/createMcpServer/access/editor'], profile: 'full' },
    );
    expect(front()?.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(retryAfterMs({ 'retry-after': text }, now)).toBe(expected);
  });
});

describe('the footprint', () => {
  it('is not exceeded: the run ends before it sends more than it promised', async () => {
    const results = await runAgainst(() => false, {
      filters: ['workflows/createWorkflow/validation/**'],
      profile: 'guarded',
      promise: { requests: { create: 3, update: 0, archive: 0, dispatch: 0, undocumented: 0 }, stays: {} },
    });
    // Of those that were begun together, none goes out once the next one would be too many.
    expect(front()?.seen.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(3);
    expect(results.exitCode).toBe(5);
    expect(results.suiteFaults[0]?.message).toMatch(
      /more than the 3 requests of effect create that it promised/,
    );
  });

  it('is kept and balanced line by line, and what the run made is gone', async () => {
    const results = await runAgainst(() => false, { filters: ['workflows/**/access/**'], profile: 'full' });
    expect(results.exitCode).toBe(0);
    const creates = results.footprint?.find(({ of }) => of === 'create');
    expect(creates?.actual).toBeGreaterThan(0);
    for (const { actual, promised } of results.footprint ?? []) expect(actual).toBeLessThanOrEqual(promised);
    expect(results.leftovers.every(({ resource }) => resource !== 'workflow')).toBe(true);
  });
});
