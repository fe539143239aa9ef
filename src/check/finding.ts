/** Making findings: one broken expectation with its level, its words and its reference. */
import type { Contract, Fact } from '../contract/types.ts';
import type { Finding } from '../results/types.ts';

/** What a finding can say is broken. */
export const findingCodes = [
  'status',
  'error-code',
  'schema',
  'not-json',
  'content-type',
  'header',
  'unanswered',
  'server-error',
  'gateway',
  'secret-echo',
  'slow',
  'identity',
  'effect',
  'id',
  'missing',
  'disagreement',
  'unstable',
  'filter',
  'page',
  'leak',
  'text',
  'state',
  'document',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export type FindingDetail = Omit<Finding, 'level' | 'code' | 'message' | 'reference' | 'fact'>;

/**
 * A finding against a fact of the matrix: its level and its reference are the fact's. Where the matrix does not
 * state the fact, the finding is a must without a page.
 */
export function findingAgainst(
  contract: Contract,
  factId: string,
  code: FindingCode,
  message: string,
  detail: FindingDetail = {},
): Finding {
  const fact: Fact | undefined = contract.facts[factId];
  return {
    level: fact?.level ?? 'must',
    code,
    message,
    ...detail,
    reference: referenceText(contract, fact?.reference),
    fact: factId,
  };
}

/** The text of a reference of the matrix, by its id. */
export function referenceText(contract: Contract, reference: string | undefined): string {
  return reference === undefined ? contract.api.title : (contract.references[reference] ?? reference);
}
