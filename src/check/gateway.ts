/** Answers that are not the API's: what a gateway in front of it says in its place. */
import type { Contract } from '../contract/types.ts';
import type { Finding } from '../results/types.ts';
import { describeOutcome, type Outcome } from './answer.ts';
import { findingAgainst } from './finding.ts';
import type { Validate } from './schema.ts';

/** What a gateway says that gets no answer from the API, or none in time (RFC 9110, sections 15.6.3 to 15.6.5). */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * True where a gateway may have answered in the API's place: a 502, 503 or 504 without the API's error body, or a 403
 * that is no JSON. It says nothing of the API as long as it does not come again.
 */
export function isGateways(
  { errorSchema }: Pick<Contract, 'errorSchema'>,
  validate: Validate,
  outcome: Outcome,
): boolean {
  if (outcome.kind !== 'answered') return false;
  if (outcome.status === 403) return outcome.body.kind === 'broken';
  if (!gatewayStatuses.has(outcome.status)) return false;
  return outcome.body.kind !== 'json' || validate(errorSchema, outcome.body.value).length > 0;
}

/** The finding of an answer in the API's place that did not come again, or that could not be asked for again. */
export function gatewayFinding(contract: Contract, outcome: Outcome): Finding {
  const message = 'A gateway answered in place of the API.';
  const detail = { expected: 'an answer of the API', actual: describeOutcome(outcome) };
  // Whatever a matrix says: of a gateway's answer nobody can be accused.
  return { ...findingAgainst(contract, 'api-answers', 'gateway', message, detail), level: 'should' };
}

/**
 * True where an outcome says nothing of what was asked for: no answer, a 5xx, or 429. Nothing is concluded from it: not
 * that a thing is gone or has changed, nor that it is as it was.
 */
export function saysNothing(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' || outcome.status >= 500 || outcome.status === 429;
}
