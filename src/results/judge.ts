/** From what the cases came to, to the results: known failures are marked, then the verdict is drawn. Pure. */
import { excuseKnown, type KnownFailure } from './known-failures.ts';
import type { CaseResult, Results } from './types.ts';
import { conclude } from './verdict.ts';

export type Unjudged = Omit<Results, 'verdict' | 'summary' | 'exitCode' | 'outdatedKnownFailures'>;

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
  const { suiteFaults, strict, allowInconclusive } = run;
  const conclusion = conclude({
    cases,
    suiteFaults,
    ...early,
    outdated: outdated.length,
    strict,
    allowInconclusive,
  });
  return {
    ...run,
    cases,
    ...conclusion,
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
  const early = { interrupted: verdict === 'interrupted', unreachable: verdict === 'unreachable' };
  return judge({ ...rest, cases }, early, entries);
}

/** A case as it was before any of its findings was known. */
export function unmarked(one: CaseResult): CaseResult {
  return { ...one, findings: one.findings.map(({ known: _known, ...finding }) => finding) };
}
