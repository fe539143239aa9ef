import { faker } from '@faker-js/faker/locale/en';
import type { Choices } from '../axes/index.ts';
import type { Ids } from './ids.ts';
import { Kept } from './kept.ts';
import type { Organization, Tenant } from './model.ts';
import { createRandom, type Random } from './random.ts';
import { seedInsights } from './seed-insights.ts';
import { seedRuns } from './seed-runs.ts';
import { seedSources } from './seed-sources.ts';
import { seedWorkflows } from './seed-workflows.ts';

/** What the data of a deployment depends on, beside the seed. */
export interface SeedOptions {
  readonly seed: number;
  /** Milliseconds since the epoch: the data lies in the 30 days before. */
  readonly now: number;
  readonly ids: Ids;
  /** The clock, in milliseconds since the epoch. */
  readonly clock: () => number;
  readonly paused: Choices['workflows']['paused'];
  readonly schedules: Choices['input']['schedules'];
  /** Whether lists show what was there a while ago. */
  readonly remembers: boolean;
  /** Every status that a run can end in. */
  readonly terminalStatuses: readonly string[];
}

/** What each part of the data is drawn with. */
export interface Seeding extends SeedOptions {
  readonly random: Random;
}

/**
 * Makes the data of one organization; the same options give the same data.
 * The generator of names is one for the whole process, so it is seeded anew and used in one go.
 */
export function seedTenant(options: SeedOptions, features: readonly string[]): Tenant {
  faker.seed(options.seed);
  const seeding: Seeding = { ...options, random: createRandom(options.seed) };
  const tenant: Tenant = {
    organization: makeOrganization(seeding, features),
    sources: new Kept(options.clock),
    workflows: new Kept(options.clock),
    runs: new Kept(options.clock),
    topics: new Kept(options.clock),
    searches: new Kept(options.clock),
    sessions: new Kept(options.clock),
    idempotency: new Map(),
    reasons: new Map(),
    unlisted: new Set(),
  };
  seedSources(tenant, seeding);
  seedWorkflows(tenant, seeding);
  seedRuns(tenant, seeding);
  seedInsights(tenant, seeding);
  for (const kept of options.remembers ? Object.values(tenant) : []) {
    if (kept instanceof Kept) kept.settle();
  }
  return tenant;
}

function makeOrganization({ ids, random }: Seeding, features: readonly string[]): Organization {
  const name = faker.company.name();
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { id: ids.make('org', random), slug, name, features: new Set(features) };
}
