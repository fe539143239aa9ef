/** The whole self-test: every dialect with the whole plan, every defect with its part of it. */
import type { FamiliesRecord } from './families-record.ts';
import { surprisesIn } from './families-record.ts';
import { runErrands, type Errand, type WorkerReply } from './pool.ts';
import { scoreOf } from './score.ts';
import type { Defect, DefectOutcome, DialectOutcome, Score, Surprise } from './types.ts';

export interface SelftestOptions {
  /** Ids. */
  readonly dialects: readonly string[];
  readonly defects: readonly Defect[];
  /** The URL of the module that starts the mock. */
  readonly mockUrl: string;
  /** How many cases a defect is tried with beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
  /** What each defect is known to turn red; undefined where nothing is to be held against it. */
  readonly record: FamiliesRecord | undefined;
  readonly onReply: (reply: WorkerReply, done: number, total: number) => void;
}

export interface SelftestResult {
  readonly dialects: readonly DialectOutcome[];
  /** In the order of the catalogue. */
  readonly defects: readonly DefectOutcome[];
  readonly surprises: readonly Surprise[];
  readonly score: Score;
}

/** How many cases a defect is tried with beyond those of its fact and the `access` cases. */
export const defaultSampleSize = 160;

/** Carries out the trials and counts what they came to. */
export async function runSelftest(options: SelftestOptions): Promise<SelftestResult> {
  const dialects: DialectOutcome[] = [];
  const defects: DefectOutcome[] = [];
  const errands: readonly Errand[] = [
    // The dialects first: they take longest, and none is to be left alone at the end.
    ...options.dialects.map((dialect) => ({ kind: 'dialect', dialect }) as const),
    ...options.defects.map((defect) => ({ kind: 'defect', defect }) as const),
  ];
  let done = 0;
  const { mockUrl, sampleSize } = options;
  await runErrands(errands, { mockUrl, sampleSize }, (reply) => {
    if (reply.kind === 'dialect') dialects.push(reply.outcome);
    else defects.push(reply.outcome);
    done += 1;
    options.onReply(reply, done, errands.length);
  });
  const place = new Map(options.defects.map(({ id }, index) => [id, index]));
  const ordered = defects.toSorted((a, b) => (place.get(a.defect.id) ?? 0) - (place.get(b.defect.id) ?? 0));
  const surprises = options.record === undefined ? [] : surprisesIn(ordered, options.record);
  return { dialects, defects: ordered, surprises, score: scoreOf(dialects, ordered, surprises) };
}
