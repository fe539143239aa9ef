import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { inPhases } from '../../src/plan/phases.ts';
import { planCases } from '../../src/plan/plan.ts';
import type { Case } from '../../src/plan/types.ts';

let cases: readonly Case[];
beforeAll(async () => {
  cases = planCases(await loadContract(), { seed: 1, profile: 'full' });
});

/** Whether a case sends one request, to a topic that is listed. */
function aims({ check }: Case): boolean {
  return (
    check.kind === 'exchange' &&
    Object.values(check.request.pathValues).some((value) => value.startsWith('{{listed:topic'))
  );
}

describe('the order of a run', () => {
  it('holds every case once', () => {
    const ids = inPhases(cases).flatMap((phase) => phase.cases.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(cases.map(({ id }) => id).toSorted());
  });

  it('starts what takes several steps before what takes one, in each phase', () => {
    for (const { phase, cases: own } of inPhases(cases)) {
      const lastScenario = own.findLastIndex(({ check }) => check.kind === 'scenario');
      const between = own.slice(0, lastScenario).filter(({ check }) => check.kind === 'exchange');
      // What takes turns at a thing that no run can make waits for the others of its kind: it starts first of all.
      const others = between.filter(({ operation }) => operation !== 'updateTopic');
      expect({ phase, others: others.map(({ id }) => id) }).toEqual({ phase, others: [] });
    }
  });

  it('starts the writes that take turns at what is listed before the other writes', () => {
    const writes = inPhases(cases).find(({ phase }) => phase === 'write')?.cases ?? [];
    const last = writes.findLastIndex(aims);
    expect(writes.filter(aims).length).toBeGreaterThan(30);
    const earlier = writes.slice(0, last).filter((one) => one.check.kind === 'exchange' && !aims(one));
    expect(earlier.filter(({ check }) => check.kind === 'exchange' && check.slot !== undefined)).toEqual([]);
  });

  it('lets no more than 32 cases take turns at one made thing', () => {
    const turns = new Map<string, number>();
    for (const { check } of cases) {
      if (check.kind === 'exchange' && check.slot !== undefined)
        turns.set(check.slot, (turns.get(check.slot) ?? 0) + 1);
    }
    expect(Math.max(...turns.values())).toBeLessThanOrEqual(32);
    expect(Math.max(...turns.values())).toBeGreaterThan(20);
  });
});
