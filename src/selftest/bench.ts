/** Where trials are carried out: the plans of the profiles, and the deployments that are started for them. */
import type { Contract } from '../contract/types.ts';
import { phaseOf } from '../plan/phases.ts';
import { planCases } from '../plan/plan.ts';
import { everything, selectCases } from '../plan/select.ts';
import type { Case, Profile } from '../plan/types.ts';
import { hiddenBy, withCauses } from './because.ts';
import { judgeDefect, judgeDialect, missOf, proves } from './judge.ts';
import { dialectOf, plainDialect, type Point } from './points.ts';
import type { MockSource } from './pool.ts';
import { spread } from './spread.ts';
import { carryOutTrial, dialectLimits, trialSeed, type Deployment } from './trial.ts';
import { limitsOn, tryDefect, type DefectBench } from './try-defect.ts';
import type { Defect, DefectOutcome, DialectOutcome, Miss, On, Setup } from './types.ts';
import { findingCases } from './unseen.ts';

export interface Bench {
  readonly contract: Contract;
  /** What a run with every key sends in a profile. */
  readonly planOf: (profile: Profile) => readonly Case[];
  readonly startMock: MockSource['startMock'];
  /** How many cases a defect is tried with in `full` beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
}

/** The cases that a run with every key sends in a profile, planned once. */
export function plansOf(contract: Contract): Bench['planOf'] {
  const plans = new Map<Profile, readonly Case[]>();
  const plan = (profile: Profile): readonly Case[] => {
    const scope = { ...everything, profile, keys: Object.keys(contract.credentials) };
    return selectCases(planCases(contract, { seed: trialSeed, profile }), scope, contract).selected;
  };
  return (profile) => {
    const planned = plans.get(profile) ?? plan(profile);
    plans.set(profile, planned);
    return planned;
  };
}

/** A conformant deployment, with all that its profile sends. */
export async function tryDialect(bench: Bench, setup: Setup): Promise<DialectOutcome> {
  const { contract, planOf } = bench;
  const { profile } = setup;
  const start = starting(bench, setup);
  const cases = planOf(profile);
  return judgeDialect(setup, await carryOutTrial({ contract, profile, cases, start, limits: dialectLimits }));
}

/** What comes of a defect in each of the profiles. */
export function tryDefectOn(
  bench: Bench,
  defect: Defect,
  on: On,
  profiles: readonly Profile[],
): Promise<readonly DefectOutcome[]> {
  return tryDefect(defect, on, profiles, defectBench(bench, on, defect));
}

/** The outcome with the fewest choices of its point behind each alarm. @param known causes of others' alarms */
export async function findCauses(
  bench: Bench,
  outcome: DialectOutcome,
  point: Point,
  known: readonly Point[],
): Promise<DialectOutcome> {
  const { contract, planOf } = bench;
  const { profile } = outcome;
  const falseAlarms = await withCauses(outcome.falseAlarms, point, known, async (part, ids, kind) => {
    // An exit code that no case explains is that of all the cases together.
    const cases = kind === 'exit' ? planOf(profile) : withNeeded(planOf(profile), new Set(ids));
    const start = starting(bench, { ...outcome, dialect: dialectOf(part) });
    const trial = await carryOutTrial({ contract, profile, cases, start, limits: dialectLimits });
    if (kind === 'exit') return new Set(trial.exitCode === 0 ? [] : ids);
    const alarming = trial.cases.filter(({ id, status }) => status === kind && ids.includes(id));
    return new Set(alarming.map(({ id }) => id));
  });
  return { ...outcome, falseAlarms };
}

/** The accused cases; what looks back on the run is given something to look at. */
function withNeeded(plan: readonly Case[], accused: ReadonlySet<string>): readonly Case[] {
  const looksBack = plan.some((one) => accused.has(one.id) && phaseOf(one) === 'after');
  return plan.filter(({ id, family }) => accused.has(id) || (looksBack && family === 'access'));
}

/** The most cases that a hidden defect is looked for with. */
const mostFinding = 24;
const byFamily = { idOf: ({ id }: Case) => id, groupOf: ({ family }: Case) => family };

/** The fewest choices of a point with which the cases that find a defect on the plain point do not find it. */
export async function findHiding(bench: Bench, outcome: DefectOutcome, point: Point): Promise<Miss> {
  const { contract, planOf } = bench;
  const { defect, profile } = outcome;
  const on: Omit<On, 'dialect'> = outcome.colleague === undefined ? {} : { colleague: outcome.colleague };
  const [found] = await tryDefectOn(bench, defect, { ...on, dialect: plainDialect }, ['full']);
  const likely = found === undefined ? [] : findingCases(found, planOf(profile), planOf('full'));
  const cases = spread(likely, mostFinding, defect.id, byFamily);
  const because = await hiddenBy(point, async (part) => {
    const setup = { ...on, profile, dialect: dialectOf(part) };
    const trial = await carryOutTrial({
      contract,
      profile,
      cases,
      start: starting(bench, setup, defect),
      limits: limitsOn(setup),
      strict: defect.level === 'should',
      isEnough: (result) => proves(result, defect),
    });
    return judgeDefect(defect, setup, cases, trial).fate !== 'caught';
  });
  return { ...missOf(outcome), because };
}

function defectBench(bench: Bench, on: On, defect: Defect): DefectBench {
  const { contract, planOf, sampleSize } = bench;
  return { contract, planOf, sampleSize, start: starting(bench, on, defect) };
}

function starting(
  { startMock }: Bench,
  { dialect, colleague }: On,
  defect?: Defect,
): () => Promise<Deployment> {
  return () =>
    startMock({
      dialect,
      ...(colleague === undefined ? {} : { colleague }),
      ...(defect === undefined ? {} : { defect: defect.id }),
    });
}
