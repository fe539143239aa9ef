/** From what the cases came to, to the results: known failures are marked, then the verdict is drawn. Pure. */
import { cellsOf, openCells } from './cells.ts';
import { coverageOf } from './coverage.ts';
import { acceptCells } from './known-cells.ts';
import { excuseKnown, type KnownFailure } from './known-failures.ts';
import { levelStandings, unshownClaims } from './levels.ts';
import type { CaseResult, LevelFacts, LevelStanding, Results } from './types.ts';
import { conclude, judgedStatus, type Conclusion } from './verdict.ts';

export type Unjudged = Omit<
  Results,
  'verdict' | 'summary' | 'exitCode' | 'outdatedKnownFailures' | 'levels'
> & {
  readonly levels: readonly LevelFacts[];
};

/** How a run ended before its time. */
export interface EarlyEnd {
  readonly interrupted: boolean;
  /** The target stopped answering. */
  readonly unreachable: boolean;
}

/** The results with verdict, counts and exit code. */
export function judge(run: Unjudged, early: EarlyEnd, entries: readonly KnownFailure[]): Results {
  const today = run.startedAt.slice(0, 10);
  const excused = excuseKnown(run.cases, entries, run.strict, today, run.shard !== undefined);
  const accepted = acceptCells({ ...run, cases: excused.cases }, entries, today);
  const { cases } = accepted;
  const outdated = [...excused.outdated, ...accepted.outdated];
  return {
    ...run,
    cases,
    ...drawn({ ...run, cases }, early, outdated.length),
    ...(outdated.length === 0 ? {} : { outdatedKnownFailures: outdated }),
  };
}

/** The same results, judged by other entries. */
export function judgeAgain(results: Results, entries: readonly KnownFailure[]): Results {
  const {
    verdict,
    summary: _summary,
    exitCode: _exitCode,
    outdatedKnownFailures: _outdated,
    ...rest
  } = results;
  const cases = results.cases.map(unmarked);
  return judge({ ...rest, cases }, earlyEnd(verdict), entries);
}

/** What follows from the cases of results, whatever the results themselves say. */
export function drawnFrom(results: Results): Conclusion & { readonly levels: readonly LevelStanding[] } {
  return drawn(results, earlyEnd(results.verdict), results.outdatedKnownFailures?.length ?? 0);
}

/**
 * The results as their cases make them, whatever the file that they were read from says: a case whose findings break
 * the contract has failed, and verdict, counts, exit code, levels and coverage follow from the cases.
 */
export function redrawn(results: Results): Results {
  const cases = results.cases.map((one): CaseResult =>
    one.status !== 'failed' && judgedStatus(one.findings, results.strict) === 'failed'
      ? { ...one, status: 'failed' }
      : one,
  );
  const redone = { ...results, cases, coverage: coverageOf(cases, results.operations) };
  return { ...redone, ...drawnFrom(redone) };
}

function earlyEnd(verdict: Results['verdict']): EarlyEnd {
  return { interrupted: verdict === 'interrupted', unreachable: verdict === 'unreachable' };
}

function drawn(
  run: Unjudged,
  early: EarlyEnd,
  outdated: number,
): Conclusion & { readonly levels: readonly LevelStanding[] } {
  const { cases, suiteFaults, strict, allowInconclusive } = run;
  const cells = cellsOf(run);
  const levels = levelStandings(run.levels, cases, strict, cells);
  // A claim is that of all shards together: only the merge can tell.
  const unshown = run.shard === undefined ? unshownClaims(levels) : 0;
  const unproven = openCells(run).length;
  return {
    ...conclude({ cases, suiteFaults, ...early, outdated, unshown, unproven, strict, allowInconclusive }),
    levels,
  };
}

/** A case as it was before any of its findings, or its cell, was known. */
export function unmarked(one: CaseResult): CaseResult {
  const findings = one.findings.map(({ known: _known, ...finding }) => finding);
  if (one.cell === undefined) return { ...one, findings };
  const { known: _known, ...cell } = one.cell;
  return { ...one, findings, cell };
}
