import { knownFacts, type KnownFact } from './known-facts.ts';
import type { MatrixNode } from './matrix-node.ts';
import { nearMiss } from './near-miss.ts';
import type { Problem } from './problem.ts';

/** The errors that cases of a fact expect, by the ids that the matrix has to give them. */
const expectedErrors: readonly (readonly [error: string, facts: readonly KnownFact[]])[] = [
  [
    'unauthenticated',
    [
      'auth-required',
      'auth-bearer-only',
      'auth-whole-key',
      'auth-revoked',
      'auth-first',
      'auth-every-request',
    ],
  ],
  ['forbidden_role', ['role-enforced', 'role-of-key']],
  ['not_found', ['not-found', 'isolation']],
];

/** Facts whose cases expect an error that the matrix does not have. */
export function factErrorProblems(matrix: MatrixNode): Problem[] {
  const errors = matrix.member('errors').names();
  const facts = matrix.member('facts');
  return expectedErrors.flatMap(([error, needing]) =>
    facts
      .members()
      .filter(({ name }) => !errors.includes(error) && needing.some((fact) => fact === name))
      .map((fact) => {
        const message = `the cases of ${fact.name} expect the error ${error}, which the matrix does not have`;
        return fact.problem({ code: 'missing-error', message, expected: `${error} among the errors` }, 'key');
      }),
  );
}

/** Facts that are near to one that cases test: mistyped, they would silently go untested. */
export function factProblems(matrix: MatrixNode): Problem[] {
  const known: readonly string[] = knownFacts;
  const facts = matrix.member('facts');
  const free = known.filter((fact) => !facts.names().includes(fact));
  return facts.members().flatMap((fact) => {
    const suggestion = known.includes(fact.name) ? undefined : nearMiss(fact.name, free);
    if (suggestion === undefined) return [];
    const message = `no case tests the fact ${fact.name}`;
    return [fact.problem({ severity: 'warning', code: 'unknown-fact', message, suggestion }, 'key')];
  });
}
