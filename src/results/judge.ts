/** From what the cases came to, to the results: known failures are marked, then the verdict is drawn. Pure. */
import { excuseKnown, type KnownFailure } from './known-failures.ts';
import { levelStandings, unshownClaims } from './levels.ts';
import type { CaseResult, LevelFacts, LevelStanding, Results } from './types.ts';
import { conclude, type Conclusion } from './verdict.ts';

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
  const { cases, outdated } = excuseKnown(
    run.cases,
    entries,
    run.strict,
    run.startedAt.slice(0, 10),
    run.shard !== undefined,
  );
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

function earlyEnd(verdict: Results['verdict']): EarlyEnd {
  return { interrupted: verdict === 'interrupted', unreachable: verdict === 'unreachable' };
}

function drawn(
  { cases, levels: facts, suiteFaults, strict, allowInconclusive, shard }: Unjudged,
  early: EarlyEnd,
  outdated: number,
): Conclusion & { readonly levels: readonly LevelStanding[] } {
  const levels = levelStandings(facts, cases, strict);
  // A claim is that of all shards together: only the merge can tell.
  const unshown = shard === undefined ? unshownClaims(levels) : 0;
  return {
    ...conclude({ cases, suiteFaults, ...early, outdated, unshown, strict, allowInconclusive }),
    levels,
  };
}

/** A case as it was before any of its findings was known. */
export function unmarked(one: CaseResult): CaseResult {
  return { ...one, findings: one.findings.map(({ known: _known, ...finding }) => finding) };
}
