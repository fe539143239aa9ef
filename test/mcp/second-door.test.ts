/** The second door from outside: what a run says of it, in its lines and in its results. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { loadContract } from '../../src/contract/load.ts';
import { plansOf } from '../../src/selftest/bench.ts';
import { carryOutTrial, dialectLimits, type Trial } from '../../src/selftest/trial.ts';

const contract = await loadContract();
const planOf = plansOf(contract);

/** The cases of the second door but for the many forms of keys, on a deployment. */
function tryOn(options: Parameters<typeof startMock>[0], filter = ''): Promise<Trial> {
  const cases = planOf('full').filter(
    ({ id, surface, family }) =>
      surface === 'mcp' && id.includes(filter) && (family !== 'authentication' || id.includes('/none/')),
  );
  return carryOutTrial({
    contract,
    profile: 'full',
    cases,
    limits: dialectLimits,
    start: () => startMock(options),
  });
}

describe('a lawful deployment', () => {
  it.each([
    'plain',
    'mcp.sessions=given,mcp.answers=events,mcp.refusal=is-error,mcp.failure=is-error',
    'mcp.sessions=given,mcp.sessionBinding=own-key,mcp.toolList=filtered,mcp.refusal=http-403',
    'mcp.eras=modern,mcp.listPages=three,mcp.order=arguments,mcp.runArgument=run_id',
    'data-envelope',
  ])(
    '%s is told nothing',
    async (dialect) => {
      const { exitCode, cases, faults, open } = await tryOn({ dialect });
      const told = cases.filter(({ status }) => status === 'failed' || status === 'inconclusive');
      expect({ exitCode, faults, open, told: told.map(({ id, reason }) => `${id} ${reason ?? ''}`) }).toEqual(
        {
          exitCode: 0,
          faults: [],
          open: [],
          told: [],
        },
      );
    },
    60_000,
  );

  it('without the endpoint has every case skipped with the reason', async () => {
    const { cases } = await tryOn({ dialect: 'mcp.endpoint=absent' });
    expect(new Set(cases.map(({ status }) => status))).toEqual(new Set(['skipped']));
    expect(cases[0]?.reason).toMatch(/there is no MCP endpoint at .*\/api\/mcp/);
  }, 60_000);
});

describe('a broken deployment', () => {
  it.each([
    ['mcp-role-viewer-may-run_workflow_now', 'mcp/run_workflow_now/denied/viewer'],
    ['mcp-role-admin-refused-search_runs', 'mcp/search_runs/access/admin'],
    ['mcp-refused-and-done-apply_workflow_change', 'mcp/apply_workflow_change/denied/viewer'],
    ['mcp-auth-open-tools-call', 'mcp/endpoint/authentication/none/tools-call'],
  ])(
    '%s is caught by %s',
    async (defect, id) => {
      const { cases } = await tryOn({ defect }, id);
      expect(cases.map((one) => [one.id, one.status])).toEqual([[id, 'failed']]);
    },
    60_000,
  );
});
