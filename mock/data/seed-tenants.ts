import type { Contract } from '../../src/contract/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Ids } from './ids.ts';
import type { Tenant } from './model.ts';
import { seedTenant } from './seed.ts';

/** The three organizations of a mock: the one under test, one without optional features, and a stranger. */
export interface Tenants {
  readonly main: Tenant;
  readonly withoutFeatures: Tenant;
  readonly other: Tenant;
}

/** What the data of all organizations depends on. */
export interface Seeds {
  readonly contract: Contract;
  readonly dialect: Dialect;
  readonly ids: Ids;
  readonly seed: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes the data of the three organizations, each from a seed of its own. */
export function seedTenants({ contract, dialect, ids, seed, now }: Seeds): Tenants {
  const documented = contract.resources['run']?.states?.terminal ?? [];
  const terminalStatuses = [...documented, ...dialect.runs.otherEnds];
  const features = Object.keys(contract.features);
  const options = {
    now: now(),
    clock: now,
    ids,
    terminalStatuses,
    paused: dialect.workflows.paused,
    schedules: dialect.input.schedules,
    remembers: dialect.lists.lagMs > 0,
  };
  return {
    main: seedTenant({ ...options, seed: seed * 3 }, features),
    withoutFeatures: seedTenant({ ...options, seed: seed * 3 + 1 }, []),
    other: seedTenant(
      { ...options, seed: seed * 3 + 2 },
      dialect.tenants.otherFeatures === 'all' ? features : [],
    ),
  };
}
