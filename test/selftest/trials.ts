/** Trials of the tests: within the test's own thread, on deployments that are read as TypeScript. */
import { loadContract } from '../../src/contract/load.ts';
import { planCases } from '../../src/plan/plan.ts';
import type { Case } from '../../src/plan/types.ts';
import type { CaseResult } from '../../src/results/types.ts';
import { focusedPlan } from '../../src/selftest/focus.ts';
import { judgeDefect, judgeDialect } from '../../src/selftest/judge.ts';
import { spread } from '../../src/selftest/spread.ts';
import { carryOutTrial, defectLimits, dialectLimits, type Deployment } from '../../src/selftest/trial.ts';
import type { Defect, DefectOutcome, DialectOutcome } from '../../src/selftest/types.ts';

export const contract = await loadContract();
export const cases = planCases(contract, { seed: 1 });

/** Few enough for a deployment that is slow to answer, with every operation and family among them. */
export const sampledPlan: readonly Case[] = sampledFrom(cases, 700);

function sampledFrom(all: readonly Case[], count: number): readonly Case[] {
  const chosen = new Set(
    spread(all, count, 'dialects', {
      idOf: ({ id }) => id,
      groupOf: ({ operation, family }) => `${operation}/${family}`,
    }),
  );
  return all.filter((one) => chosen.has(one));
}

/** What a conformant deployment is accused of. */
export async function tryDialect(
  dialect: string,
  start: () => Promise<Deployment>,
  plan: readonly Case[] = cases,
): Promise<DialectOutcome> {
  return judgeDialect(dialect, await carryOutTrial(contract, plan, start, dialectLimits));
}

const isRed = ({ status }: CaseResult): boolean => status === 'failed';

/** The first cases that a defect turns red, with the whole plan where it takes that much. */
export async function findDefect(
  start: () => Promise<Deployment>,
): Promise<{ readonly failed: readonly string[]; readonly faults: readonly string[] }> {
  const { results, faults } = await carryOutTrial(contract, cases, start, defectLimits, isRed);
  return { failed: results.filter(isRed).map(({ id }) => id), faults };
}

/** What a defect turns red, with `sampleSize` cases beyond those of its fact. */
export async function tryDefect(
  defect: Defect,
  start: () => Promise<Deployment>,
  sampleSize: number,
): Promise<DefectOutcome> {
  const plan = focusedPlan(cases, defect, sampleSize);
  return judgeDefect(defect, plan, await carryOutTrial(contract, plan, start, defectLimits));
}
