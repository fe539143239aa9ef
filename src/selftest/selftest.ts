/** The whole self-test: conformant deployments and broken ones in every profile, then what lies behind each mistake. */
import type { Profile } from '../plan/types.ts';
import { profiles } from '../plan/types.ts';
import type { FamiliesRecord } from './families-record.ts';
import { surprisesIn } from './families-record.ts';
import { lookBehind, type PointOf } from './look-behind.ts';
import { plainDialect } from './points.ts';
import { runErrands, type Errand, type WorkerReply, type WorkerSettings } from './pool.ts';
import { scoreOf, type Score } from './score.ts';
import type { Defect, DefectOutcome, DialectOutcome, Miss, On, Setup, Surprise } from './types.ts';

/** A defect, on what deployment, in which profiles. */
export interface DefectPlan {
  readonly defect: Defect;
  readonly on: On;
  readonly profiles: readonly Profile[];
}

export interface SelftestOptions {
  readonly dialects: readonly Setup[];
  readonly defects: readonly DefectPlan[];
  readonly pointOf: PointOf;
  /** The URL of the module that starts the mock. */
  readonly mockUrl: string;
  /** How many cases a defect is tried with in `full` beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
  /** What each defect is known to turn red on the plain point; undefined where nothing is to be held against it. */
  readonly record: FamiliesRecord | undefined;
  readonly onReply: (reply: WorkerReply, done: number, total: number) => void;
}

export interface SelftestResult {
  readonly dialects: readonly DialectOutcome[];
  /** In the order of the catalogue; of each defect in the order of the profiles. */
  readonly defects: readonly DefectOutcome[];
  /** Defects that are not found on a point that is not the plain one. */
  readonly misses: readonly Miss[];
  readonly surprises: readonly Surprise[];
  /** What went wrong in the suite itself beyond the trials' own. */
  readonly faults: readonly string[];
  readonly score: Score;
}

/** How many cases a defect is tried with in `full` beyond those of its fact and the `access` cases. */
export const defaultSampleSize = 160;

/** Carries out the trials, looks for what lies behind their mistakes, and counts what they came to. */
export async function runSelftest(options: SelftestOptions): Promise<SelftestResult> {
  const tried = await carryOutTrials(options);
  const place = new Map(options.defects.map(({ defect: { id } }, index) => [id, index]));
  const defects = tried.defects.toSorted(
    (a, b) =>
      (place.get(a.defect.id) ?? 0) - (place.get(b.defect.id) ?? 0) ||
      profiles.indexOf(a.profile) - profiles.indexOf(b.profile),
  );
  const { record } = options;
  const { dialects, misses, faults } = await lookBehind({
    dialects: tried.dialects,
    defects,
    pointOf: options.pointOf,
    settings: workerSettings(options),
    onReply: options.onReply,
  });
  const surprises = record === undefined ? [] : surprisesIn(defects.filter(isRecorded), record);
  const outcomes = { dialects, defects, misses, surprises, faults: [...tried.faults, ...faults] };
  return { ...outcomes, score: scoreOf(outcomes) };
}

/** Whether the record has what a defect turns red there: in a full run, on the plain dialect, which nobody else uses. */
export function isRecorded({ profile, dialect, colleague }: Setup): boolean {
  return profile === 'full' && dialect === plainDialect && colleague === undefined;
}

async function carryOutTrials(
  options: SelftestOptions,
): Promise<Pick<SelftestResult, 'dialects' | 'defects' | 'faults'>> {
  const dialects: DialectOutcome[] = [];
  const defects: DefectOutcome[] = [];
  const faults: string[] = [];
  const longestFirst = options.dialects.toSorted(
    (a, b) => profiles.indexOf(b.profile) - profiles.indexOf(a.profile),
  );
  const queue: Errand[] = [
    // The dialects first: they take longest, and none is to be left alone at the end.
    ...longestFirst.map((setup) => ({ kind: 'dialect', setup }) as const),
    ...options.defects.map((plan) => ({ kind: 'defect', ...plan }) as const),
  ];
  const total = queue.length;
  let done = 0;
  await runErrands(
    () => queue.shift(),
    workerSettings(options),
    (reply) => {
      if (reply.kind === 'dialect') dialects.push(reply.outcome);
      else if (reply.kind === 'defect') defects.push(...reply.outcomes);
      else if (reply.kind === 'fault') faults.push(reply.fault);
      done += 1;
      options.onReply(reply, done, total);
    },
  );
  return { dialects, defects, faults };
}

function workerSettings({ mockUrl, sampleSize }: SelftestOptions): WorkerSettings {
  return { mockUrl, sampleSize };
}
