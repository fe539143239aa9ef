import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { frontRuns, getOrg } from './front-run.ts';
import { isGetOrg } from './mischief.ts';
import { caseOf } from './small-run.ts';

const { front, runAgainst } = frontRuns();

/** Sends these bytes instead of an answer, then breaks the connection. */
function brokenAfter(response: ServerResponse, bytes: string): true {
  response.socket?.write(bytes, () => response.socket?.destroy());
  return true;
}

describe('a target that hangs', () => {
  it('ends the run, which says after which case; silence is no violation then', async () => {
    const results = await runAgainst((_request, _response, number) => number > 20, {
      filters: ['org/**'],
      config: { timeoutMs: 1_000 },
    });
    expect(results.exitCode).toBe(3);
    expect(results.verdict).toBe('unreachable');
    expect(results.ended).toMatch(/^the target stopped answering after org\//);
    expect(results.summary.failed).toBe(0);
    expect(results.summary.inconclusive).toBeGreaterThan(0);
  }, 30_000);

  it('is judged where only some requests hang', async () => {
    const results = await runAgainst((request) => isGetOrg(request), { config: { timeoutMs: 150 } });
    expect(results.exitCode).toBe(1);
    expect(caseOf(results, getOrg).findings[0]?.actual).toBe('timeout');
  });
});

describe('a target that goes away within a run', () => {
  it('is exit 3 also where nothing listens any more', async () => {
    const results = await runAgainst(
      (_request, response, number) => {
        if (number < 20) return false;
        front()?.vanish();
        response.destroy();
        return true;
      },
      { filters: ['org/**'] },
    );
    expect(results.exitCode).toBe(3);
    expect(results.summary.failed).toBe(0);
  });
});

describe('a connection that breaks', () => {
  it('before any byte of an answer: a read is repeated once, and says so', async () => {
    const results = await runAgainst((request, response, number) => {
      if (!isGetOrg(request) || number > 1) return false;
      response.destroy();
      return true;
    });
    const result = caseOf(results, getOrg);
    expect(result.status).toBe('passed');
    expect(result.notes?.join()).toMatch(/GET .*\/org: repeated on a new connection/);
    expect(results.manners?.repeated).toBe(1);
  });

  it('before any byte of an answer: a write is never repeated', async () => {
    const results = await runAgainst(
      (request, response) => {
        if (request.method !== 'POST') return false;
        response.destroy();
        return true;
      },
      { filters: ['workflows/createWorkflow/denied/viewer'], profile: 'guarded' },
    );
    expect(caseOf(results, 'workflows/createWorkflow/denied/viewer').status).toBe('failed');
    expect(front()?.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(results.manners?.repeated).toBe(0);
  });

  const stages: readonly (readonly [stage: string, bytes: string])[] = [
    ['within the status line', 'HTTP/1.1 20'],
    ['within the headers', 'HTTP/1.1 200 OK\r\ncontent-type: appl'],
    ['after the headers', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 300\r\n\r\n'],
    ['within the body', 'HTTP/1.1 200 OK\r\ncontent-length: 300\r\n\r\n{"organization":{"id":"'],
    ['within a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{"org'],
  ];
  it.each(stages)('%s, each time: a violation', async (_stage, bytes) => {
    const results = await runAgainst(
      (request, response) => isGetOrg(request) && brokenAfter(response, bytes),
      { filters: [getOrg, 'openapi/getOpenapi/document/valid'] },
    );
    const result = caseOf(results, getOrg);
    expect(result.findings.map(({ code }) => code)).toContain('unanswered');
    expect(['failed', 'inconclusive']).toContain(result.status);
    expect(results.suiteFaults).toEqual([]);
  });

  it('within the body, once: the right answer of a second try does not excuse it', async () => {
    const bytes = stages[3]?.[1] ?? '';
    const results = await runAgainst(
      (request, response, number) => isGetOrg(request) && number === 1 && brokenAfter(response, bytes),
    );
    const result = caseOf(results, getOrg);
    expect(result.status).toBe('failed');
    expect(result.findings[0]?.steadiness).toBe('flaky (1 of 2)');
    expect(results.exitCode).toBe(1);
  });
});

describe('an answer that is none', () => {
  const answers: readonly (readonly [what: string, bytes: string, actual: RegExp])[] = [
    ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', /unparsable/],
    ['headers without end', `HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(200_000)}\r\n\r\n`, /too-large/],
  ];
  it.each(answers)('%s is a finding', async (_what, bytes, actual) => {
    const results = await runAgainst(
      (request, response) => isGetOrg(request) && brokenAfter(response, bytes),
    );
    const result = caseOf(results, getOrg);
    expect(result.status).toBe('failed');
    expect(result.findings[0]?.actual).toMatch(actual);
  });

  it('an endless body is cut and told', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const results = await runAgainst((request, response) => {
      if (!isGetOrg(request)) return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
      return true;
    });
    const result = caseOf(results, getOrg);
    expect(result.findings[0]?.message).toMatch(/the body is longer than 16777216 bytes/);
    expect(JSON.stringify(result).length).toBeLessThan(50_000);
  });

  it('a body that drips is timed out as a whole', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const results = await runAgainst(
      (request, response) => {
        if (!isGetOrg(request)) return false;
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 20);
        timers.add(drip);
        response.on('close', () => clearInterval(drip));
        return true;
      },
      { filters: [getOrg], config: { timeoutMs: 300 } },
    );
    for (const timer of timers) clearInterval(timer);
    const result = caseOf(results, getOrg);
    expect(result.status).not.toBe('passed');
    expect(front()?.seen.length).toBeLessThan(8);
  });

  it('one answer that never ends is a wrong one: the target is there', async () => {
    const results = await runAgainst(
      (request, response) => {
        if (!isGetOrg(request)) return false;
        response.writeHead(200, { 'content-type': 'application/json' }).write('{');
        return true;
      },
      { config: { timeoutMs: 150 } },
    );
    expect(results.verdict).toBe('violations');
    expect(caseOf(results, getOrg).findings[0]?.actual).toBe('cut-off');
  });

  it('no answer that ever ends is the end of the run, with the reason; nothing is a violation then', async () => {
    const results = await runAgainst(
      (_request, response, number) => {
        if (number <= 20) return false;
        response.writeHead(200, { 'content-type': 'application/json' }).write('{');
        return true;
      },
      { filters: ['org/**'], config: { timeoutMs: 500 } },
    );
    expect(results.exitCode).toBe(3);
    expect(results.ended).toMatch(/stopped answering after org\/.*: the answer began, but .*within 500 ms/);
    expect(results.summary.failed).toBe(0);
  }, 60_000);
});
