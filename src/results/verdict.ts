/** The one place that turns outcomes into a verdict and an exit code, for every command and every report. */
import type { CaseResult, CaseStatus, Finding, Summary, SuiteFault, Verdict } from './types.ts';

export const exitCodes = {
  conformant: 0,
  violations: 1,
  usage: 2,
  unreachable: 3,
  inconclusive: 4,
  suiteFault: 5,
  interrupted: 130,
} as const;

/** What each exit code means, for help texts and the README. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  [exitCodes.conformant]: 'conformant; advisories are allowed',
  [exitCodes.violations]: 'the target breaks the contract',
  [exitCodes.usage]: 'a flag, key, matrix or schema is wrong; nothing was judged',
  [exitCodes.unreachable]: 'nothing answers at the target',
  [exitCodes.inconclusive]: 'no violation, but a case that was asked for could not be judged',
  [exitCodes.suiteFault]: 'the suite itself failed, which says nothing about the target',
  [exitCodes.interrupted]: 'interrupted',
};

export type CaseOutcome = Pick<CaseResult, 'status'> & {
  readonly findings: readonly Pick<Finding, 'level'>[];
};

export interface Outcomes {
  readonly cases: readonly CaseOutcome[];
  readonly suiteFaults: readonly SuiteFault[];
  readonly interrupted: boolean;
  /** Advisories count as violations. */
  readonly strict: boolean;
  /** Cases that could not be judged do not fail the run, so long as some case was judged. */
  readonly allowInconclusive: boolean;
}

export interface Conclusion {
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly exitCode: number;
}

/** Whether a finding fails its case: a `must` always does, a `should` where the run is strict. */
export function breaks(finding: Pick<Finding, 'level'>, strict: boolean): boolean {
  return finding.level === 'must' || strict;
}

/**
 * The status of a case that was sent and judged. A case with advisories alone has passed.
 */
export function judgedStatus(
  findings: readonly Pick<Finding, 'level'>[],
  strict: boolean,
): Extract<CaseStatus, 'passed' | 'failed'> {
  return findings.some((finding) => breaks(finding, strict)) ? 'failed' : 'passed';
}

/**
 * Verdict, counts and exit code of a run. An interrupted run is 130 whatever it found; a fault of the suite is 5
 * and wins over the rest; then a violation is 1, a case that could not be judged 4, and 0 is what remains.
 * A run that judged no case is never 0.
 */
export function conclude(outcomes: Outcomes): Conclusion {
  const summary = summarize(outcomes);
  const verdict = verdictOf(summary, outcomes);
  return { verdict, summary, exitCode: exitCodeOf(verdict, summary, outcomes) };
}

function summarize({ cases, strict }: Outcomes): Summary {
  const counts: Record<CaseStatus, number> = { passed: 0, failed: 0, skipped: 0, inconclusive: 0 };
  let advisories = 0;
  for (const { status, findings } of cases) {
    // A breaking finding fails its case whatever status it was given: a count can only err to the red side.
    const failed = judgedStatus(findings, strict) === 'failed';
    counts[failed ? 'failed' : status] += 1;
    advisories += findings.filter(({ level }) => level === 'should').length;
  }
  return { total: cases.length, ...counts, advisories };
}

function verdictOf(summary: Summary, { interrupted, suiteFaults }: Outcomes): Verdict {
  if (interrupted) return 'interrupted';
  if (summary.failed > 0) return 'violations';
  const judged = summary.passed > 0;
  return judged && summary.inconclusive === 0 && suiteFaults.length === 0 ? 'conformant' : 'inconclusive';
}

function exitCodeOf(verdict: Verdict, summary: Summary, outcomes: Outcomes): number {
  if (verdict === 'interrupted') return exitCodes.interrupted;
  if (outcomes.suiteFaults.length > 0) return exitCodes.suiteFault;
  if (verdict === 'inconclusive' && outcomes.allowInconclusive && summary.passed > 0)
    return exitCodes.conformant;
  return exitCodes[verdict];
}
