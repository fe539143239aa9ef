import type { Contract } from '../../src/contract/types.ts';
import type { IdKind, Ids } from '../data/ids.ts';
import type { Tenant } from '../data/model.ts';
import type { Random } from '../data/random.ts';
import type { Hooks } from '../defects/defect.ts';
import type { Dialect, Shape } from '../dialects/dialect.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { RequestValidators } from './request-validators.ts';

/** A running deployment of the API, apart from the server that carries it. */
export interface Deployment {
  readonly contract: Contract;
  readonly dialect: Dialect;
  /** How answers are laid out, by operation id. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly ids: Ids;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: Random;
  readonly newId: (kind: IdKind) => string;
  readonly keys: KeyRing;
  /** By the id of the organization. */
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly validators: RequestValidators;
  /** The OpenAPI document. */
  readonly document: unknown;
  /** Where the seeded defect takes hold; empty in a deployment without one. */
  readonly hooks: Hooks;
}
