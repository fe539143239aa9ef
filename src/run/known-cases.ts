import { ContractError, type Problem } from '../contract/problem.ts';
import type { Contract } from '../contract/types.ts';
import { didYouMean } from '../nearest.ts';
import type { Case } from '../plan/types.ts';
import { cellName } from '../results/cells.ts';
import { isKnownCell, speaksOf, type KnownFailure } from '../results/known-failures.ts';

/**
 * Refuses entries that speak of no case of the plan and of no cell of the contract. Throws ContractError with their
 * lines and the nearest names.
 */
export function requireKnownCases(
  entries: readonly KnownFailure[],
  cases: readonly Pick<Case, 'id'>[],
  contract: Pick<Contract, 'operations' | 'roles' | 'mcp'>,
): void {
  const ids = cases.map(({ id }) => id);
  const keyed = contract.operations.filter(({ keyless }) => !keyless);
  const cells = [...keyed, ...(contract.mcp?.operations ?? [])].flatMap(({ id }) =>
    contract.roles.map((role) => cellName({ operation: id, role })),
  );
  const problems = entries.flatMap((entry): Problem[] => {
    const [what, pattern, names] = isKnownCell(entry)
      ? ['cell', entry.cell, cells]
      : ['case', entry.case, ids];
    if (names.some(speaksOf(entry))) return [];
    const hint = didYouMean(pattern, names, 1);
    return [
      {
        severity: 'error',
        code: 'known-failure-unmatched',
        message: `"${pattern}" matches no ${what}: delete the entry. ${hint}`.trim(),
        ...entry.position,
      },
    ];
  });
  if (problems.length > 0) throw new ContractError(problems);
}
