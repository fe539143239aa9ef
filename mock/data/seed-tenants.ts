import type { Contract } from '../../src/contract/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Tenant } from './model.ts';
import { seedTenant } from './seed.ts';

/** The three organizations of a mock: the one under test, one without optional features, and a stranger. */
export interface Tenants {
  readonly main: Tenant;
  readonly withoutFeatures: Tenant;
  readonly other: Tenant;
}

/** Makes the data of the three organizations, each from a seed of its own. */
export function seedTenants(contract: Contract, dialect: Dialect, seed: number, now: number): Tenants {
  const documented = contract.resources['run']?.states?.terminal ?? [];
  const terminalStatuses = [...documented, ...dialect.runs.extraTerminal];
  const features = Object.keys(contract.features);
  const options = { now, ids: dialect.ids, terminalStatuses };
  return {
    main: seedTenant({ ...options, seed: seed * 3 }, features),
    withoutFeatures: seedTenant({ ...options, seed: seed * 3 + 1 }, []),
    other: seedTenant(
      { ...options, seed: seed * 3 + 2 },
      dialect.otherTenantFeatures === 'all' ? features : [],
    ),
  };
}
