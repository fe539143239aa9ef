/** A count of what each operation answered to whom, over all requests of a run. */
import { jsonOf } from '../check/answer.ts';
import type { Contract, Operation } from '../contract/types.ts';
import type { AnswerCount } from '../results/types.ts';
import type { Sent } from './evidence.ts';

export interface AnswerTally {
  record(operation: Operation, sent: Sent): void;
  /** Counts an answer of another protocol than REST's. @param access what it says of the key's right to the operation */
  count(sent: Sent, access: AnswerCount['access']): void;
  /** By operation id; in the order in which the answers first came. */
  counts(): Readonly<Record<string, readonly AnswerCount[]>>;
}

/** A tally without an answer. Requests that nothing answered are not counted. */
export function createAnswerTally(contract: Contract): AnswerTally {
  const featureCodes = new Set(
    Object.values(contract.features).flatMap(({ error }) => contract.errors[error]?.code ?? []),
  );
  const refused = contract.errors['forbidden_role']?.status;
  const known = new Set(Object.values(contract.errors).flatMap(({ code }) => code ?? []));
  const tallies = new Map<
    string,
    Map<string, { count: number; readonly answer: Omit<AnswerCount, 'count'> }>
  >();
  const enter = (
    { outcome, credential, form }: Sent,
    operation: string,
    code: string | undefined,
    access: AnswerCount['access'],
  ): void => {
    if (outcome.kind !== 'answered') return;
    const answer = {
      credential,
      form: form === 'bearer' || form === 'none' ? form : 'other',
      status: outcome.status,
      // Only words of the contract: a target could put anything there.
      ...(code === undefined || !known.has(code) ? {} : { code }),
      ...(access === undefined ? {} : { access }),
    } as const;
    const tally = tallies.get(operation) ?? new Map<string, { count: number; answer: typeof answer }>();
    tallies.set(operation, tally);
    const key = [credential, answer.form, outcome.status, code, access].join(' ');
    const entry = tally.get(key) ?? { count: 0, answer };
    entry.count += 1;
    tally.set(key, entry);
  };
  return {
    record(operation, sent) {
      if (sent.outcome.kind !== 'answered') return;
      const code = errorCode(jsonOf(sent.outcome));
      enter(sent, operation.id, code, accessOf(sent.outcome.status, code, { refused, featureCodes }));
    },
    count: (sent, access) => enter(sent, sent.operation, undefined, access),
    counts: () =>
      Object.fromEntries(
        [...tallies].map(([operation, tally]) => [
          operation,
          [...tally.values()].map(({ answer, count }) => ({ ...answer, count })),
        ]),
      ),
  };
}

/**
 * What an answer says of the key's right to the operation: a success that it has it, the refusal of a role that it has not, unless
 * the organization lacks the feature. Any other answer can come before or after that decision.
 */
function accessOf(
  status: number,
  code: string | undefined,
  {
    refused,
    featureCodes,
  }: { readonly refused: number | undefined; readonly featureCodes: ReadonlySet<string> },
): AnswerCount['access'] {
  if (status >= 200 && status < 300) return 'allowed';
  if (status !== refused) return undefined;
  return code !== undefined && featureCodes.has(code) ? undefined : 'denied';
}

function errorCode(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
