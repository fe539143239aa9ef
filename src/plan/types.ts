/** A case as plain data: what is sent, what is lawful to come back, and what the case proves. */
import type { Effect, Level, Profile } from '../contract/types.ts';
import type { Cause } from '../oracle/answer.ts';
import type { Situation } from '../oracle/situation.ts';

export type { Profile };
/** From least to most. */
export const profiles = ['smoke', 'read', 'guarded', 'full'] as const satisfies readonly Profile[];

export const families = [
  'access',
  'denied',
  'authentication',
  'identity',
  'role-source',
  'not-found',
  'isolation',
  'feature',
  'validation',
  'method',
  'lifecycle',
  'dispatch',
  'query',
  'consistency',
  'concurrency',
  'robustness',
  'document',
  'hygiene',
] as const;
export type Family = (typeof families)[number];

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * How a request shows its credential: the id of a credential of the matrix (or `none`), and the form in which
 * its key is shown (`bearer` is the documented one; see credential-forms.ts for the others).
 */
export interface Presented {
  readonly credential: string;
  readonly form: string;
}

export type BodyPlan =
  | {
      readonly kind: 'json';
      readonly value: JsonValue;
      /** Absent for application/json. */ readonly contentType?: string;
    }
  /** Bytes that are sent as they stand, such as malformed JSON. */
  | { readonly kind: 'text'; readonly text: string; readonly contentType: string };

/**
 * A request before its ids and secrets are known. Texts may hold tokens that the run fills in:
 * `{{marker}}` (a name of this request's own), `{{listed:R}}` (the id of a resource that is there),
 * `{{made:R}}` (the id of one that the run made), `{{unknown:R}}` (an id of the same form that nothing has) and
 * `{{foreign:R}}` (the id of one of another organization).
 */
export interface RequestPlan {
  readonly operation: string;
  readonly method: string;
  /** Path template below the base path. */
  readonly path: string;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly presented: Presented;
  readonly body?: BodyPlan;
}

/** What a refused write must not have done; see execute/proofs. */
export type Proof =
  | { readonly kind: 'not-created'; readonly resource: string }
  /** `recordOnly`: whether it is still listed is not looked at, since what was refused could not unlist it. */
  | { readonly kind: 'unchanged'; readonly resource: string; readonly recordOnly?: true }
  | { readonly kind: 'not-dispatched'; readonly resource: string };

export type Check =
  | {
      readonly kind: 'exchange';
      readonly request: RequestPlan;
      /** What the oracle tells the lawful answers from. */
      readonly situation: Situation;
      /** What the case is about: an answer that anything else explains as well proves nothing of it. */
      readonly about?: Cause;
      /** The fact in words: what the contract says of this answer. */
      readonly says: string;
      /**
       * A refusal counts only when an allowed credential gets the documented success. `same-request`: from the
       * same operation; `surface-read`: from a read of the same surface.
       */
      readonly control?: 'same-request' | 'surface-read';
      readonly proof?: Proof;
      /**
       * The name under which the case keeps what it needs made. Cases of one slot share it and run one after the
       * other; absent where nothing has to be made.
       */
      readonly slot?: string;
    }
  | {
      readonly kind: 'scenario';
      /** The name of the scenario that carries it out. */
      readonly scenario: string;
      /** A request that its steps send, where they send one of the plan's, and the situation that it is in. */
      readonly request?: RequestPlan;
      readonly situation?: Situation;
      readonly parameters: Readonly<Record<string, JsonValue>>;
      /** What it does, a line a step, for people. */
      readonly steps: readonly string[];
      readonly says: string;
    };

export interface Case {
  /** Stable, path-like: surface/operation/family/what. The filter, the baseline key and the link. */
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly surface: string;
  readonly operation: string;
  /** The id of a credential, or a word such as `none`, `all`. */
  readonly credential: string;
  readonly level: Level;
  /** Id of a reference of the matrix. */
  readonly reference: string;
  /** Ids of the facts that the case tests. */
  readonly facts: readonly string[];
  /** The least profile that sends the case. */
  readonly profile: Profile;
  /** Ids of the credentials whose keys the case cannot do without. */
  readonly keys: readonly string[];
  /** How many requests of each effect the case sends at most, its fixtures included; reads are not counted. */
  readonly footprint: Readonly<Partial<Record<Exclude<Effect, 'read'>, number>>>;
  readonly check: Check;
}
