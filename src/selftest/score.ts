/** The score of a self-test, and the one rule for its exit code. Pure. */
import type { SuiteScore } from '../report/statement.ts';
import { exitCodes } from '../results/verdict.ts';
import type { DefectOutcome, DialectOutcome, Score, Surprise } from './types.ts';

/** Counts what the trials came to. */
export function scoreOf(
  dialects: readonly DialectOutcome[],
  defects: readonly DefectOutcome[],
  surprises: readonly Surprise[],
): Score {
  const survivors = defects.filter(({ fate }) => fate === 'survived').map(({ defect }) => defect.id);
  return {
    dialects: dialects.length,
    falseAlarms: dialects.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0),
    defects: defects.length,
    killed: defects.length - survivors.length,
    survivors,
    surprises: surprises.length,
    faults: [...dialects, ...defects].reduce((sum, { faults }) => sum + faults.length, 0),
  };
}

/** What a statement says of the suite. */
export function suiteScoreOf({ dialects, falseAlarms, defects, killed }: Score): SuiteScore {
  return { defects, caught: killed, dialects, falseAlarms };
}

/** 0 only where every defect was found, no dialect accused, nothing unforeseen turned red and the suite never failed. */
export function exitCodeOf({ dialects, defects, falseAlarms, survivors, surprises, faults }: Score): number {
  if (faults > 0) return exitCodes.suiteFault;
  const proven = dialects + defects > 0 && falseAlarms === 0 && survivors.length === 0 && surprises === 0;
  return proven ? exitCodes.conformant : exitCodes.violations;
}
