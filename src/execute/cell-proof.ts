/** What the answer to a case says of its cell: the operation and the role whose key was shown. Pure. */
import { memberAt } from '../check/members.ts';
import { describeOutcome, isSuccess, type Outcome } from '../check/answer.ts';
import type { Contract, Operation } from '../contract/types.ts';
import type { Case } from '../plan/types.ts';
import type { CellProof } from '../results/types.ts';

/** The cell that a case is about, before any answer came; undefined where it is about none. */
export function cellOf(contract: Contract, operation: Operation, planned: Case): CellProof | undefined {
  if (planned.family !== 'access' && planned.family !== 'denied') return undefined;
  const role = contract.credentials[planned.credential]?.role;
  if (role === undefined || operation.keyless) return undefined;
  const decision = operation.roles[role] ?? 'denied';
  return { role, decision, standing: 'not-proven', because: 'no answer came that could be judged' };
}

/** The same cell, once the answer came: only a success proves that a role may, only the role's refusal that it may not. */
export function cellAnswered(contract: Contract, cell: CellProof, outcome: Outcome): CellProof {
  const { role, decision } = cell;
  const proven = decision === 'allowed' ? isSuccess(outcome) : isRefusalForRole(contract, outcome);
  if (proven) return { role, decision, standing: 'proven' };
  return {
    role,
    decision,
    standing: 'not-proven',
    because: `${describeOutcome(outcome)} has another reason`,
  };
}

function isRefusalForRole({ errors }: Contract, outcome: Outcome): boolean {
  const refusal = errors.forbidden_role;
  if (refusal === undefined || outcome.kind !== 'answered' || outcome.status !== refusal.status) return false;
  const code = outcome.body.kind === 'json' ? memberAt(outcome.body.value, 'error.code') : undefined;
  return refusal.code === undefined || code === refusal.code;
}
