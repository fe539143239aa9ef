/** The one place that turns outcomes into a verdict and an exit code, for every command and every report. */
import type { CaseResult, CaseStatus, Finding, Standing, Summary, SuiteFault, Verdict } from './types.ts';

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
  [exitCodes.violations]: 'the target breaks the contract, or an entry of the known failures has to go',
  [exitCodes.usage]: 'a flag, key, matrix or schema is wrong; nothing was judged',
  [exitCodes.unreachable]: 'nothing answers at the target, or nothing does any more',
  [exitCodes.inconclusive]:
    'no violation, but a case could not be judged, a cell was tried and not proven, or a claimed level was not shown in full',
  [exitCodes.suiteFault]: 'the suite itself failed, which says nothing about the target',
  [exitCodes.interrupted]: 'interrupted',
};

export type CaseOutcome = Pick<CaseResult, 'status' | 'cell' | 'provesNothing'> & {
  readonly findings: readonly Pick<Finding, 'level' | 'known'>[];
};

export interface Outcomes {
  readonly cases: readonly CaseOutcome[];
  readonly suiteFaults: readonly SuiteFault[];
  readonly interrupted: boolean;
  /** The target stopped answering before the run was through. */
  readonly unreachable?: boolean;
  /** How many entries of the known failures have to go. */
  readonly outdated?: number;
  /** How many levels of conformance the run claims without having shown them in full. */
  readonly unshown?: number;
  /** How many cells were tried and not proven, but for those that are accepted as such. */
  readonly unproven?: number;
  /** Advisories count as violations. */
  readonly strict: boolean;
  /** Neither cases that could not be judged nor cells that were not proven fail the run, so long as some case was judged. */
  readonly allowInconclusive: boolean;
}

export interface Conclusion {
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly exitCode: number;
}

/** Whether a finding fails its case: a `must` does, a `should` where the run is strict, one that is known never. */
export function breaks(finding: Pick<Finding, 'level' | 'known'>, strict: boolean): boolean {
  return finding.known === undefined && (finding.level === 'must' || strict);
}

/**
 * The status of a case that was sent and judged. A case with advisories alone has passed.
 */
export function judgedStatus(
  findings: readonly Pick<Finding, 'level' | 'known'>[],
  strict: boolean,
): Extract<CaseStatus, 'passed' | 'failed'> {
  return findings.some((finding) => breaks(finding, strict)) ? 'failed' : 'passed';
}

/**
 * Verdict, counts and exit code of a run. An interrupted run is 130 whatever it found; a fault of the suite is 5
 * and wins over the rest; a target that stopped answering is 3; then a violation is 1, a case that could not be judged or a cell that was tried and not proven 4, and 0 is what remains.
 * A run that judged no case is never 0.
 */
export function conclude(outcomes: Outcomes): Conclusion {
  const summary = summarize(outcomes);
  const verdict = verdictOf(summary, outcomes);
  return { verdict, summary, exitCode: exitCodeOf(verdict, summary, outcomes) };
}

/**
 * How much of a set of cases was seen to hold.
 * @param open cells that the cases tried without proving them, and cases that are missing: with any, it is not in full
 */
export function standingOf({ total, passed, failed, known = 0 }: Summary, open: number): Standing {
  if (failed > 0) return 'broken';
  if (passed + known === 0) return 'not-judged';
  return passed === total && open === 0 ? 'full' : 'partial';
}

/** Counts cases by their status. A case whose findings break the contract has failed whatever status it was given. */
export function summarize({ cases, strict }: Pick<Outcomes, 'cases' | 'strict'>): Summary {
  const counts: Record<CaseStatus, number> = { passed: 0, failed: 0, skipped: 0, inconclusive: 0 };
  let advisories = 0;
  let known = 0;
  let provesNothing = 0;
  for (const one of cases) {
    const { status, findings } = one;
    // A breaking finding fails its case whatever status it was given: a count can only err to the red side.
    const failed = judgedStatus(findings, strict) === 'failed';
    if (failed) counts.failed += 1;
    else if (findings.some((finding) => finding.known !== undefined)) known += 1;
    else {
      counts[status] += 1;
      if (showsNothing(one)) provesNothing += 1;
    }
    advisories += findings.filter(
      (finding) => finding.level === 'should' && finding.known === undefined,
    ).length;
  }
  return {
    total: cases.length,
    ...counts,
    ...(provesNothing > 0 ? { provesNothing } : {}),
    ...(known > 0 ? { known } : {}),
    advisories,
  };
}

/** Whether a case passed with a lawful answer that something else explains as well. */
export function showsNothing({
  status,
  cell,
  provesNothing,
}: Pick<CaseResult, 'status' | 'cell' | 'provesNothing'>): boolean {
  return status === 'passed' && (cell?.standing === 'not-proven' || provesNothing !== undefined);
}

function verdictOf(summary: Summary, outcomes: Outcomes): Verdict {
  const { interrupted, unreachable, outdated = 0, unshown = 0, unproven = 0, suiteFaults } = outcomes;
  if (interrupted) return 'interrupted';
  if (unreachable === true) return 'unreachable';
  if (summary.failed > 0) return 'violations';
  if (outdated > 0 && suiteFaults.length === 0) return 'outdated';
  const judged = summary.passed > 0 || (summary.known ?? 0) > 0;
  const whole = summary.inconclusive === 0 && suiteFaults.length === 0 && unshown === 0 && unproven === 0;
  return judged && whole ? 'conformant' : 'inconclusive';
}

function exitCodeOf(verdict: Verdict, summary: Summary, outcomes: Outcomes): number {
  if (verdict === 'interrupted') return exitCodes.interrupted;
  if (outcomes.suiteFaults.length > 0) return exitCodes.suiteFault;
  if (verdict === 'inconclusive' && outcomes.allowInconclusive && summary.passed + (summary.known ?? 0) > 0)
    return exitCodes.conformant;
  return verdict === 'outdated' ? exitCodes.violations : exitCodes[verdict];
}
