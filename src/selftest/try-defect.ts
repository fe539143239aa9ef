/** A defect tried in several profiles: first in `full`, then with what found it there, as far as the others send it. */
import type { Contract } from '../contract/types.ts';
import type { Case, Profile } from '../plan/types.ts';
import type { CaseResult } from '../results/types.ts';
import { focusedPlan } from './focus.ts';
import { judgeDefect, proves } from './judge.ts';
import { plainDialect } from './points.ts';
import { spread } from './spread.ts';
import { carryOutTrial, defectLimits, promptLimits, type Deployment, type TrialLimits } from './trial.ts';
import type { Defect, DefectOutcome, On, Setup } from './types.ts';
import { findingCases, unseenBecause } from './unseen.ts';

/** What the trials of a defect are carried out with. */
export interface DefectBench {
  readonly contract: Contract;
  /** What a profile sends. */
  readonly planOf: (profile: Profile) => readonly Case[];
  /** Starts the deployment that has the defect. */
  readonly start: () => Promise<Deployment>;
  /** How many cases it is tried with in `full` beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
}

/** The most of the cases that found it in `full` that are tried first in another profile. */
const mostFinding = 40;
/** How many cases it is tried with in the other profiles beyond those of its fact. */
const lesserSample = 40;
/** A plan of so few cases is sent as it is. */
const fewCases = 60;

/**
 * What comes of the defect in each of the profiles. The whole plan of a profile would take seconds: the defect is tried
 * with what should find it; where that is sent and stays green, with the whole plan after all.
 */
export async function tryDefect(
  defect: Defect,
  on: On,
  profiles: readonly Profile[],
  bench: DefectBench,
): Promise<readonly DefectOutcome[]> {
  const found = await tryInFull(defect, on, bench);
  const outcomes: DefectOutcome[] = [];
  for (const profile of profiles) {
    const outcome = profile === 'full' ? found : await tryInLesser(found, { ...on, profile }, bench);
    const unseen =
      outcome.fate === 'caught'
        ? {}
        : { unseen: unseenBecause(outcome, found, bench.planOf(profile), bench.planOf('full')) };
    outcomes.push({ ...outcome, ...unseen });
  }
  return outcomes;
}

/** With all that the profile `full` sends, or the part of it that the defect is about: everything that turns red counts. */
async function tryInFull(defect: Defect, on: On, bench: DefectBench): Promise<DefectOutcome> {
  const all = bench.planOf('full');
  const { sampleSize } = bench;
  const cases =
    sampleSize === undefined ? all : focusedPlan(all, defect, { sampleSize, families: ['access'] });
  return carryOut(defect, { ...on, profile: 'full' }, cases, bench);
}

async function tryInLesser(found: DefectOutcome, setup: Setup, bench: DefectBench): Promise<DefectOutcome> {
  const { defect } = found;
  const sent = bench.planOf(setup.profile);
  if (sent.length <= fewCases) return carryOut(defect, setup, sent, bench);
  const likely = findingCases(found, sent, bench.planOf('full'));
  const isEnough = (result: CaseResult): boolean => proves(result, defect);
  if (likely.length > 0) {
    const first = spread(likely, mostFinding, defect.id, byOperation);
    const outcome = await carryOut(defect, setup, first, bench, isEnough);
    if (outcome.fate === 'caught') return outcome;
  }
  // The cells of roles are judged by all their cases together.
  const focused = focusedPlan(sent, defect, { sampleSize: lesserSample, families: ['access', 'denied'] });
  const outcome = await carryOut(defect, setup, focused, bench, isEnough);
  return outcome.fate === 'caught' || likely.length === 0
    ? outcome
    : carryOut(defect, setup, sent, bench, isEnough);
}

/** The plain dialect shows what was written at once, and a colleague has it lag. */
export function limitsOn({ dialect, colleague }: On): TrialLimits {
  return dialect === plainDialect && colleague === undefined ? promptLimits : defectLimits;
}

const byOperation = { idOf: ({ id }: Case) => id, groupOf: ({ operation }: Case) => operation };

async function carryOut(
  defect: Defect,
  setup: Setup,
  cases: readonly Case[],
  { contract, start }: DefectBench,
  isEnough?: (result: CaseResult) => boolean,
): Promise<DefectOutcome> {
  const trial = await carryOutTrial({
    contract,
    profile: setup.profile,
    cases,
    start,
    limits: limitsOn(setup),
    strict: defect.level === 'should',
    ...(isEnough === undefined ? {} : { isEnough }),
  });
  return judgeDefect(defect, setup, cases, trial);
}
