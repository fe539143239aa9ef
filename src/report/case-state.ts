/** How a case is told in every report: what it came to, its findings and what its answer proves taken together. */
import type { CaseResult } from '../results/types.ts';
import { judgedStatus } from '../results/verdict.ts';

export type CaseState =
  'violations' | 'known' | 'inconclusive' | 'advisories' | 'proves-nothing' | 'passed' | 'skipped';

/** The state of a case. */
export function stateOf(
  { status, findings, cell }: Pick<CaseResult, 'status' | 'findings' | 'cell'>,
  strict: boolean,
): CaseState {
  if (judgedStatus(findings, strict) === 'failed') return 'violations';
  if (findings.some(({ known }) => known !== undefined)) return 'known';
  if (status === 'failed') return 'violations';
  if (status === 'skipped' || status === 'inconclusive') return status;
  if (findings.length > 0) return 'advisories';
  return cell?.standing === 'not-proven' ? 'proves-nothing' : 'passed';
}

/** What there is to say of a case that passed and proves nothing; undefined of any other. */
export function provesNothing({ status, cell }: Pick<CaseResult, 'status' | 'cell'>): string | undefined {
  if (status !== 'passed' || cell?.standing !== 'not-proven') return undefined;
  const right = cell.decision === 'allowed' ? 'may' : 'may not';
  return `lawful, but it proves nothing of whether ${cell.role} ${right}: ${cell.because ?? 'something else explains the answer as well'}`;
}
