/** For each fact of the contract: what tests it, and what proves that the test can fail. Pure. */
import type { Contract, Level } from '../contract/types.ts';
import type { Case } from '../plan/types.ts';
import type { Defect, DefectOutcome } from './types.ts';

export interface FactProof {
  readonly fact: string;
  readonly level: Level;
  readonly cases: number;
  /** One case that tests it. */
  readonly case?: string;
  /** The defects that break it. */
  readonly defects: readonly string[];
  /** Those of them that were found in this self-test. */
  readonly killed: readonly string[];
}

/** The ids of every fact of the contract with their level: those of the matrix, then the places of the operations. */
export function factsOf(contract: Contract): ReadonlyMap<string, Level> {
  const facts = new Map<string, Level>(Object.values(contract.facts).map(({ id, level }) => [id, level]));
  for (const { id, level, request, parameters } of contract.operations) {
    facts.set(`${id}/success`, level);
    facts.set(`${id}/roles`, level);
    if (request !== undefined) facts.set(`${id}/request`, level);
    for (const parameter of parameters) {
      // A parameter without values and filter is accepted; nothing is said of what it does.
      if (parameter.in === 'query' && (parameter.filter ?? parameter.values) !== undefined)
        facts.set(`${id}?${parameter.name}`, level);
    }
  }
  for (const { id, kind, level } of contract.mcp?.operations ?? []) {
    if (kind !== 'endpoint') facts.set(`${id}/roles`, level);
  }
  return facts;
}

/** The proofs of every fact, those without a case or a defect first. */
export function factProofs(
  contract: Contract,
  cases: readonly Case[],
  catalogue: readonly Defect[],
  outcomes: readonly DefectOutcome[],
): readonly FactProof[] {
  const killed = new Set(outcomes.filter(({ fate }) => fate === 'caught').map(({ defect }) => defect.id));
  const proofs = [...factsOf(contract)].map(([fact, level]): FactProof => {
    const testing = cases.filter(({ facts }) => facts.includes(fact));
    const defects = catalogue.filter((defect) => defect.fact === fact).map(({ id }) => id);
    return {
      fact,
      level,
      cases: testing.length,
      ...(testing[0] === undefined ? {} : { case: testing[0].id }),
      defects,
      killed: defects.filter((id) => killed.has(id)),
    };
  });
  return [...proofs.filter((proof) => !isProvable(proof)), ...proofs.filter(isProvable)];
}

/** Whether a fact has both a case that tests it and a defect that can prove the case. */
export function isProvable({ cases, defects }: FactProof): boolean {
  return cases > 0 && defects.length > 0;
}
