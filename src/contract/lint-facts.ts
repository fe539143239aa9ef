import { knownFacts } from './known-facts.ts';
import type { MatrixNode } from './matrix-node.ts';
import { nearMiss } from './near-miss.ts';
import type { Problem } from './problem.ts';

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
