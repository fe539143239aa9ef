/** Putting a case together: its id, its level and its reference follow from what it is about. */
import type { Contract, Effect, Operation } from '../contract/types.ts';
import type { Cause } from '../oracle/answer.ts';
import { situationOf, type SituationHints } from './situation-of.ts';
import type { Case, Family, JsonValue, Profile, Proof, RequestPlan } from './types.ts';

export interface PlanContext {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly seed: number;
}

/** What a case is about: an operation of REST, or of another protocol. */
export type Subject = Pick<Operation, 'id' | 'surface' | 'level' | 'reference'>;

interface CaseFields {
  readonly operation: Subject;
  readonly family: Family;
  /** What comes behind the family in the id. */
  readonly what: string;
  readonly title: string;
  readonly credential: string;
  readonly profile: Profile;
  /** Ids of the facts that the case tests, the one that a wrong answer breaks first. */
  readonly facts: readonly string[];
  readonly keys: readonly string[];
  readonly says: string;
}

export interface ExchangeFields extends CaseFields {
  readonly operation: Operation;
  readonly request: RequestPlan;
  /** What cannot be read off the request: what the case broke on purpose, or leaves open. */
  readonly hints?: SituationHints;
  /** What the answer is to prove; absent for a case that asks for no more than a lawful answer. */
  readonly about?: Cause;
  readonly control?: 'same-request' | 'surface-read';
  readonly proof?: Proof;
  /** Set where each such case needs something made for itself alone. */
  readonly ownSlot?: boolean;
}

export interface ScenarioFields extends CaseFields {
  readonly scenario: string;
  readonly request?: RequestPlan;
  readonly hints?: SituationHints;
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly steps: readonly string[];
  readonly footprint?: Case['footprint'];
}

/** True where the matrix states the fact: a family is planned only where there is something to test. */
export function states(contract: Contract, fact: string): boolean {
  return contract.facts[fact] !== undefined;
}

function base(contract: Contract, fields: CaseFields): Omit<Case, 'check' | 'footprint'> {
  const { operation, family, what } = fields;
  const fact = contract.facts[fields.facts[0] ?? ''];
  return {
    id: `${operation.surface}/${operation.id}/${family}/${what}`,
    title: fields.title,
    family,
    surface: operation.surface,
    operation: operation.id,
    credential: fields.credential,
    level: fact?.level === 'should' ? 'should' : operation.level,
    reference: fact?.reference ?? operation.reference,
    facts: fields.facts,
    profile: fields.profile,
    keys: [...new Set(fields.keys)],
  };
}

/** A case of one request and the answers that are lawful for it. */
export function exchangeCase(contract: Contract, fields: ExchangeFields): Case {
  const { request, hints, about, says, control, proof, operation, ownSlot } = fields;
  const made = holdsMade(request);
  const start = base(contract, fields);
  const slot = ownSlot === true ? start.id : `${operation.id}/${fields.family}`;
  return {
    ...start,
    footprint: footprintOf(operation, request, made),
    check: {
      kind: 'exchange',
      request,
      situation: situationOf(contract, request, hints),
      ...(about === undefined ? {} : { about }),
      says,
      ...(control === undefined ? {} : { control }),
      ...(proof === undefined ? {} : { proof }),
      ...(made ? { slot } : {}),
    },
  };
}

/** A case of several steps, carried out by the scenario of that name. */
export function scenarioCase(contract: Contract, fields: ScenarioFields): Case {
  const { scenario, parameters, steps, says, request, hints, footprint = {} } = fields;
  return {
    ...base(contract, fields),
    footprint,
    check: {
      kind: 'scenario',
      scenario,
      parameters,
      steps,
      says,
      ...(request === undefined ? {} : { request, situation: situationOf(contract, request, hints) }),
    },
  };
}

function holdsMade(request: RequestPlan): boolean {
  return JSON.stringify([request.pathValues, request.body ?? null]).includes('{{made:');
}

function footprintOf(operation: Operation, request: RequestPlan, made: boolean): Case['footprint'] {
  const footprint: Partial<Record<Exclude<Effect, 'read'>, number>> = {};
  if (operation.effect !== 'read') footprint[operation.effect] = 1;
  if (request.method !== operation.method) return made ? { create: 1, archive: 1 } : {};
  if (made) {
    footprint.create = (footprint.create ?? 0) + 1;
    footprint.archive = (footprint.archive ?? 0) + 1;
  }
  return footprint;
}
