/** Answers of what stands in front of the API (a proxy, a load balancer, a firewall), told from those of the API. Pure. */
import type { Contract } from '../contract/types.ts';
import type { Finding } from '../results/types.ts';
import { describeOutcome, type Answered, type Outcome } from './answer.ts';
import { findingAgainst } from './finding.ts';
import type { Validate } from './schema.ts';

/** How something in front answered in place of the API: it let the request not through, or got nothing from behind it. */
export type GatewayAnswer = 'refused' | 'failed';

/** What such things refuse with; the API has the first and the third of them too, in JSON. */
const refusals: ReadonlySet<number> = new Set([403, 407, 429, 511]);

/** True where a body is a page for people to read, where the API speaks JSON. */
export function isPage({ headers, body, text }: Answered): boolean {
  if (body.kind === 'json' || body.kind === 'empty') return false;
  return (
    /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '') ||
    /^\s*<(?:!doctype|html|head|body|h1|title|\?xml)/i.test(text)
  );
}

/**
 * Tells an answer that is not the API's: a refusal that is a page, or a 502, 503 or 504 (or one of the statuses that
 * a content network adds to them) without the API's error body. Undefined for any other answer, and for none.
 * @param isError whether a JSON value has the form of the API's errors
 */
export function gatewayAnswer(
  outcome: Outcome,
  isError: (value: unknown) => boolean,
): GatewayAnswer | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { status, body } = outcome;
  if (refusals.has(status)) return isPage(outcome) ? 'refused' : undefined;
  const failed = (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
  return failed && !(body.kind === 'json' && isError(body.value)) ? 'failed' : undefined;
}

/** The status of an answer and what kind of body it has, in a few words. */
export function describeAnswered({ status, headers, body }: Answered): string {
  if (body.kind === 'empty') return `${status} without a body`;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return `${status} with ${/^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim().toLowerCase() : 'a body of no type'}`;
}

/** True where something in front may have answered in the API's place: it says nothing of the API unless it comes again. */
export function isGateways(
  { errorSchema }: Pick<Contract, 'errorSchema'>,
  validate: Validate,
  outcome: Outcome,
): boolean {
  return gatewayAnswer(outcome, (value) => validate(errorSchema, value).length === 0) !== undefined;
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
