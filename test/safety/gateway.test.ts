import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { frontRuns, getOrg } from './front-run.ts';
import { isGetOrg } from './mischief.ts';
import { caseOf } from './small-run.ts';

const { front, runAgainst } = frontRuns();

const denied = 'workflows/createWorkflow/denied/viewer';

function page(response: ServerResponse, status: number): true {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Nope</title></html>');
  return true;
}

describe('a page where the API should answer', () => {
  it('is no refusal of a role, and no violation', async () => {
    const results = await runAgainst(
      (request, response) => request.method === 'POST' && page(response, 403),
      { filters: [denied], profile: 'guarded' },
    );
    const result = caseOf(results, denied);
    expect(result).toMatchObject({ status: 'inconclusive', findings: [] });
    expect(result.reason).toBe(
      'something in front of the API answered in its place: POST got 403 with text/html',
    );
    expect(results.exitCode).toBe(4);
    expect(front()?.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is asked for again where that is safe, and then left without a judgement', async () => {
    const results = await runAgainst((request, response) => isGetOrg(request) && page(response, 403));
    expect(caseOf(results, getOrg)).toMatchObject({ status: 'inconclusive', findings: [] });
    expect(results.manners?.repeated).toBeGreaterThan(0);
  });

  it('of the API itself stays the violation that it is', async () => {
    const results = await runAgainst((request, response) => isGetOrg(request) && page(response, 404));
    expect(results.exitCode).toBe(1);
  });
});

describe('a 502 without the error of the API', () => {
  it('that does not come again is an advisory, which is told', async () => {
    let first = true;
    const results = await runAgainst((request, response) => {
      if (!isGetOrg(request) || !first) return false;
      first = false;
      return page(response, 502);
    });
    const result = caseOf(results, getOrg);
    expect(result.status).toBe('passed');
    expect(result.findings).toMatchObject([
      { level: 'should', code: 'server-error', actual: '502 with text/html' },
    ]);
    expect(results.exitCode).toBe(0);
  });

  it('that comes again is a violation', async () => {
    const results = await runAgainst((request, response) => isGetOrg(request) && page(response, 502));
    expect(results.exitCode).toBe(1);
    expect(caseOf(results, getOrg).findings[0]).toMatchObject({ level: 'must', code: 'server-error' });
  });

  it('on a write proves nothing; on each of them in a row it is a violation', async () => {
    let posts = 0;
    const one = await runAgainst(
      (request, response) => request.method === 'POST' && posts++ === 0 && page(response, 502),
      { filters: ['workflows/createWorkflow/denied/**'], profile: 'guarded' },
    );
    expect(one.summary).toMatchObject({ failed: 0, inconclusive: 1 });
    expect(front()?.seen.filter(({ method }) => method === 'POST')).toHaveLength(posts);
    const all = await runAgainst((request, response) => request.method === 'POST' && page(response, 502), {
      filters: ['workflows/createWorkflow/{denied,authentication}/**'],
      profile: 'guarded',
    });
    expect(all.exitCode).toBe(1);
    expect(all.summary.inconclusive).toBeGreaterThanOrEqual(2);
  });

  it('in place of everything, from some request on, ends the run: nothing of it is the API', async () => {
    const results = await runAgainst((_request, response, number) => number > 40 && page(response, 502), {
      filters: ['org/**', 'workflows/listWorkflows/**'],
    });
    expect(results.summary.failed).toBe(0);
    expect(results.ended).toMatch(
      /^something in front of the API answered everything in its place after \S+\//,
    );
    expect(results).toMatchObject({ verdict: 'inconclusive', exitCode: 4 });
  }, 30_000);
});
