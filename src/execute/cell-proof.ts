/** What the answer to a case says of its cell: the operation and the role whose key was shown. Pure. */
import { describeOutcome, type Outcome } from '../check/answer.ts';
import { receivedOf } from '../check/expectation.ts';
import type { Contract } from '../contract/types.ts';
import type { LawfulAnswer } from '../oracle/answer.ts';
import { proofIn, type AnswerProof } from '../oracle/proof.ts';
import type { Check } from '../plan/types.ts';
import type { CellProof } from '../results/types.ts';

type ExchangeCheck = Extract<Check, { kind: 'exchange' }>;

/** The cell that a case is about, before any answer came; undefined where it is about none. */
export function cellOf(contract: Contract, { situation, about }: ExchangeCheck): CellProof | undefined {
  if (about !== 'allowed' && about !== 'role') return undefined;
  const operation = contract.operations.find(({ id }) => id === situation.operation);
  if (situation.asker.kind !== 'role' || operation === undefined || operation.keyless) return undefined;
  const { role } = situation.asker;
  const decision = operation.roles[role] ?? 'denied';
  return { role, decision, standing: 'not-proven', because: 'no answer came that could be judged' };
}

/** The same cell, once the answer came. */
export function cellAnswered({ role, decision }: CellProof, proof: AnswerProof): CellProof {
  return proof.kind === 'proven'
    ? { role, decision, standing: 'proven' }
    : { role, decision, standing: 'not-proven', because: proof.because };
}

/** Whether an answer shows what its case is about; undefined where the case asks for no more than a lawful one. */
export function proofOfAnswer(
  contract: Contract,
  { about }: ExchangeCheck,
  lawful: readonly LawfulAnswer[],
  outcome: Outcome,
): AnswerProof | undefined {
  if (about === undefined) return undefined;
  if (outcome.kind === 'unanswered')
    return { kind: 'explained-otherwise', because: describeOutcome(outcome) };
  return proofIn(contract, lawful, about, receivedOf(outcome));
}
