/** What an answer that came proves: a fact only where nothing else in the situation explains the answer as well. Pure. */
import type { Operation } from '../contract/types.ts';
import { causeWords, type Cause, type LawfulAnswer, type Received } from './answer.ts';
import { successesAs, type OracleContract } from './lawful.ts';

/** Whether what came shows what it was asked for. */
export type AnswerProof =
  { readonly kind: 'proven' } | { readonly kind: 'explained-otherwise'; readonly because: string };

/**
 * Those of the lawful answers that an answer can be. One that carries a code which the contract gives a meaning is
 * what it says: no class of statuses covers it.
 */
export function matchingAnswers(
  { errors }: Pick<OracleContract, 'errors'>,
  lawful: readonly LawfulAnswer[],
  { status, code }: Received,
): readonly LawfulAnswer[] {
  const meant = Object.values(errors).some((error) => error.status === status && error.code === code);
  const exact = lawful.filter((answer) => answer.status === status);
  const named = exact.filter((answer) => code !== undefined && answer.code === code);
  const family = lawful.filter((answer) => isClassOf(answer, status));
  if (code !== undefined && meant) return named.length > 0 ? named : exact;
  // A success of its documented status is not looked at as one of another status.
  return [...exact, ...family.filter(({ breaks }) => breaks === undefined || exact.length === 0)];
}

function isClassOf({ status }: LawfulAnswer, received: number): boolean {
  return typeof status !== 'number' && Math.floor(received / 100) === Number(status[0]);
}

/** Whether a status is one of the successes of an operation, also where it is not quite as an RFC has it. */
export function isSuccessOf(
  contract: Pick<OracleContract, 'errors' | 'facts'>,
  operation: Operation,
  status: number,
): boolean {
  return matchingAnswers(contract, successesAs(contract, operation), { status }).length > 0;
}

/** Whether a status says that nothing is there under an id, or not any more. */
export function saysMissing({ errors }: Pick<OracleContract, 'errors'>, status: number): boolean {
  return status === errors['not_found']?.status || status === goneStatus;
}

/** RFC 9110, section 15.5.11: it was there, and is not any more. */
const goneStatus = 410;

/** Whether an answer proves what the request was about. An answer that is not lawful proves nothing. */
export function proofIn(
  contract: Pick<OracleContract, 'errors'>,
  lawful: readonly LawfulAnswer[],
  about: Cause,
  received: Received,
): AnswerProof {
  const explained = new Set(
    matchingAnswers(contract, lawful, received).flatMap(({ because }) => [...because]),
  );
  const others = [...explained].filter((cause) => cause !== about);
  if (explained.has(about) && others.length === 0) return { kind: 'proven' };
  const words = others.map((cause) => causeWords[cause]).join(', and by ');
  const told = received.code === undefined ? `${received.status}` : `${received.status} ${received.code}`;
  return {
    kind: 'explained-otherwise',
    because: words === '' ? `${told} is not lawful here` : `${told} is also explained by ${words}`,
  };
}
