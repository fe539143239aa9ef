import { describe, expect, it } from 'vitest';
import { frontRuns } from './front-run.ts';

const { runAgainst } = frontRuns();

describe('the id of a request', () => {
  it('tells the target nothing of the case, is never the same twice, and stands beside the case', async () => {
    const sent: { readonly id: string; readonly headers: string }[] = [];
    const results = await runAgainst(
      ({ headers }) => {
        sent.push({ id: String(headers['x-request-id']), headers: JSON.stringify(headers) });
        return false;
      },
      {
        profile: 'guarded',
        filters: ['org/getOrg/**', 'workflows/createWorkflow/denied/**'],
        config: { evidence: 'all' },
      },
    );
    expect(results.exitCode).toBe(0);
    const ids = sent.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { headers } of sent) {
      for (const { id, family } of results.cases.filter(({ status }) => status === 'passed')) {
        expect(headers).not.toContain(id);
        expect(headers).not.toContain(`/${family}/`);
      }
    }
    const kept = results.cases.flatMap(({ exchanges = [] }) => exchanges.map(({ requestId }) => requestId));
    expect(kept.length).toBeGreaterThan(20);
    expect(ids).toEqual(expect.arrayContaining(kept));
  }, 60_000);
});
