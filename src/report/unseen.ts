import type { Results } from '../results/types.ts';

/** What stands above those operations. */
export const unansweredTitle = 'Operations that were not asked, or gave no answer';

export interface Unseen {
  /** Operation, status and code of documented answers that no request got, of operations that were asked. */
  readonly answers: readonly string[];
  /** The operations that answered nothing at all, mostly because they were not asked. */
  readonly operations: readonly string[];
}

/** What is documented and was never seen, of the operations that were asked for. */
export function unseenOf({ coverage, operations, cases }: Results): Unseen {
  const asked = new Set(cases.flatMap(({ unasked, operation }) => (unasked === true ? [] : [operation])));
  const silent = operations.filter(({ answers }) => answers.length === 0).map(({ operation }) => operation);
  return {
    answers: coverage.unseen
      .filter(({ operation }) => asked.has(operation) && !silent.includes(operation))
      .map(({ operation, status, code }) => `${operation} ${status}${code === undefined ? '' : ` ${code}`}`),
    operations: silent.filter((operation) => asked.has(operation)),
  };
}
