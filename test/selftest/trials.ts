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

/** The whole plan for each dialect takes minutes: it is carried out where it is asked for. */
const whole = process.env['DIALECT_PLAN'] === 'whole';
const sampleOf = { quick: 320, slow: 200 } as const;

/** A part of the plan with every operation and family in it, another for each dialect: together they are the whole. */
function partFor(dialect: string, count: number): readonly Case[] {
  const chosen = new Set(
    spread(cases, count, dialect, {
      idOf: ({ id }) => id,
      groupOf: ({ operation, family }) => `${operation}/${family}`,
    }),
  );
  return cases.filter((one) => chosen.has(one));
}

/** What a conformant deployment is accused of; `slow` where its answers take their time. */
export async function tryDialect(
  dialect: string,
  start: () => Promise<Deployment>,
  slow: boolean,
): Promise<DialectOutcome> {
  const plan = whole ? cases : partFor(dialect, slow ? sampleOf.slow : sampleOf.quick);
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
