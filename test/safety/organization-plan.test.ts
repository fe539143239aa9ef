import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Results } from '../../src/results/types.ts';
import { frontRuns } from './front-run.ts';
import { caseOf } from './small-run.ts';

const { front, runAgainst } = frontRuns();

const reason =
  /^every write of every role is refused alike, with 40[23] plan_limit: the organization's plan\?$/;

function refuse(response: ServerResponse, status: number, code = 'plan_limit'): true {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code, message: 'Upgrade.' } }));
  return true;
}

/** Whether a request is a write with the key of one of the roles. */
function isWriteOf({ method = '', headers }: IncomingMessage, ...roles: readonly string[]): boolean {
  const keys = roles.map((role) => `Bearer ${front()?.keys[role] ?? ''}`);
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && keys.includes(headers.authorization ?? '');
}

const reasonsOf = ({ cases }: Results): readonly string[] => [
  ...new Set(cases.flatMap(({ status, reason: why }) => (status === 'inconclusive' ? [why ?? ''] : []))),
];

const writers = ['editor', 'admin', 'owner'] as const;

describe('an organization whose plan allows no writes', () => {
  it.each([
    { status: 402, roles: ['viewer', ...writers], profile: 'full' as const },
    { status: 402, roles: ['viewer', ...writers], profile: 'guarded' as const },
    { status: 403, roles: [...writers], profile: 'full' as const },
    { status: 403, roles: [...writers], profile: 'guarded' as const },
  ])(
    'is in violation of nothing, and is told once: $status, profile $profile',
    async ({ status, roles, profile }) => {
      const results = await runAgainst(
        (request, response) => isWriteOf(request, ...roles) && refuse(response, status),
        { filters: ['workflows/**', 'insights/updateTopic/**', '!**/authentication/**'], profile },
      );
      expect(results.summary.failed).toBe(0);
      expect(results).toMatchObject({ verdict: 'inconclusive', exitCode: 4 });
      const [told, ...others] = reasonsOf(results);
      expect(others).toEqual([]);
      expect(told).toMatch(reason);
    },
    60_000,
  );
});

describe('a target that refuses writes against the contract', () => {
  it('to one role alone is in violation', async () => {
    const results = await runAgainst(
      (request, response) => isWriteOf(request, 'editor') && refuse(response, 402),
      { filters: ['workflows/createWorkflow/access/**'], profile: 'full' },
    );
    expect(caseOf(results, 'workflows/createWorkflow/access/editor').status).toBe('failed');
    expect(caseOf(results, 'workflows/createWorkflow/access/admin').status).toBe('passed');
  });

  it('of one operation alone is in violation', async () => {
    const results = await runAgainst(
      (request, response) =>
        request.url?.endsWith('/workflows') === true &&
        isWriteOf(request, ...writers) &&
        refuse(response, 402),
      { filters: ['workflows/createWorkflow/access/**'], profile: 'full' },
    );
    expect(results.exitCode).toBe(1);
  });

  it.each(['guarded', 'full'] as const)(
    'with another code than the documented one, to who may not write, is in violation: %s',
    async (profile) => {
      const results = await runAgainst(
        (request, response) => isWriteOf(request, 'viewer') && refuse(response, 403),
        { filters: ['workflows/createWorkflow/denied/viewer'], profile },
      );
      expect(results.exitCode).toBe(1);
    },
  );
});
