/** Trials of the tests: within the test's own thread, on deployments that are read as TypeScript. */
import { loadContract } from '../../src/contract/load.ts';
import type { Case, Profile } from '../../src/plan/types.ts';
import type { CaseResult } from '../../src/results/types.ts';
import { plansOf } from '../../src/selftest/bench.ts';
import { judgeDialect } from '../../src/selftest/judge.ts';
import { spread } from '../../src/selftest/spread.ts';
import { carryOutTrial, defectLimits, dialectLimits, type Deployment } from '../../src/selftest/trial.ts';
import { tryDefect } from '../../src/selftest/try-defect.ts';
import type { Defect, DefectOutcome, DialectOutcome, Setup } from '../../src/selftest/types.ts';

export const contract = await loadContract();
export const planOf = plansOf(contract);
export const cases = planOf('full');

/** The whole plan for each dialect takes minutes: it is carried out where it is asked for. */
export const wholePlans: boolean = process.env['DIALECT_PLAN'] === 'whole';
const sampleOf = { quick: 320, slow: 200 } as const;

/** A part of the plan with every operation and family in it, another for each dialect: together they are the whole. */
function partFor({ dialect, profile }: Setup, count: number): readonly Case[] {
  const plan = planOf(profile);
  const chosen = new Set(
    spread(plan, count, dialect, {
      idOf: ({ id }) => id,
      groupOf: ({ operation, family }) => `${operation}/${family}`,
    }),
  );
  return plan.filter((one) => chosen.has(one));
}

/** What a conformant deployment is accused of; `slow` where its answers take their time. */
export async function tryDialect(
  setup: Setup,
  start: () => Promise<Deployment>,
  slow: boolean,
): Promise<DialectOutcome> {
  const { profile } = setup;
  const plan = wholePlans ? planOf(profile) : partFor(setup, slow ? sampleOf.slow : sampleOf.quick);
  return judgeDialect(
    setup,
    await carryOutTrial({ contract, profile, cases: plan, start, limits: dialectLimits }),
  );
}

const isRed = ({ status }: CaseResult): boolean => status === 'failed';

/** How a run on a defect ends in a profile, with the whole plan where it takes that much to find a violation. */
export async function endWith(
  profile: Profile,
  start: () => Promise<Deployment>,
): Promise<{ readonly exitCode: number; readonly faults: readonly string[] }> {
  const { exitCode, faults } = await carryOutTrial({
    contract,
    profile,
    cases: planOf(profile),
    start,
    limits: { ...defectLimits, wholeMs: dialectLimits.wholeMs },
    isEnough: isRed,
  });
  return { exitCode, faults };
}

/** What comes of a defect in each profile, on the plain dialect, with `sampleSize` cases beyond those of its fact. */
export function tryPlainDefect(
  defect: Defect,
  profiles: readonly Profile[],
  start: () => Promise<Deployment>,
  sampleSize: number,
): Promise<readonly DefectOutcome[]> {
  return tryDefect(defect, { dialect: 'plain' }, profiles, { contract, planOf, start, sampleSize });
}
