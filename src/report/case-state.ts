/** How a case is told in every report: what it came to, its findings and what its answer proves taken together. */
import type { CaseResult } from '../results/types.ts';
import { judgedStatus, showsNothing } from '../results/verdict.ts';

export type CaseState =
  'violations' | 'known' | 'inconclusive' | 'advisories' | 'proves-nothing' | 'passed' | 'skipped';

/** The state of a case. */
export function stateOf(
  one: Pick<CaseResult, 'status' | 'findings' | 'cell' | 'provesNothing'>,
  strict: boolean,
): CaseState {
  const { status, findings } = one;
  if (judgedStatus(findings, strict) === 'failed') return 'violations';
  if (findings.some(({ known }) => known !== undefined)) return 'known';
  if (status === 'failed') return 'violations';
  if (status === 'skipped' || status === 'inconclusive') return status;
  if (findings.length > 0) return 'advisories';
  return showsNothing(one) ? 'proves-nothing' : 'passed';
}

/** What there is to say of a case that passed and proves nothing; undefined of any other. */
export function nothingWords(one: Pick<CaseResult, 'status' | 'cell' | 'provesNothing'>): string | undefined {
  if (!showsNothing(one)) return undefined;
  const { cell, provesNothing } = one;
  if (cell?.standing !== 'not-proven') return `lawful, but it proves nothing: ${provesNothing ?? ''}`;
  const right = cell.decision === 'allowed' ? 'may' : 'may not';
  return `lawful, but it proves nothing of whether ${cell.role} ${right}: ${cell.because ?? 'something else explains the answer as well'}`;
}
