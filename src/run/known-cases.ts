import { ContractError, type Problem } from '../contract/problem.ts';
import { didYouMean } from '../nearest.ts';
import type { Case } from '../plan/types.ts';
import { speaksOf, type KnownFailure } from '../results/known-failures.ts';

/** Refuses entries that speak of no case of the plan. Throws ContractError with their lines and the nearest ids. */
export function requireKnownCases(
  entries: readonly KnownFailure[],
  cases: readonly Pick<Case, 'id'>[],
): void {
  const problems = entries.flatMap((entry): Problem[] => {
    const matches = speaksOf(entry);
    if (cases.some(({ id }) => matches(id))) return [];
    const hint = didYouMean(
      entry.case,
      cases.map(({ id }) => id),
      1,
    );
    return [
      {
        severity: 'error',
        code: 'known-failure-unmatched',
        message: `"${entry.case}" matches no case: delete the entry. ${hint}`.trim(),
        ...entry.position,
      },
    ];
  });
  if (problems.length > 0) throw new ContractError(problems);
}
