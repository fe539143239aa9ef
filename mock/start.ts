import { loadContract } from '../src/contract/load.ts';
import type { Contract } from '../src/contract/types.ts';
import type { Tenant } from './data/model.ts';
import { createRandom } from './data/random.ts';

import { findDefect } from './defects/index.ts';
import type { Deployment } from './deployment/deployment.ts';
import { createRequestValidators } from './deployment/request-validators.ts';
import { findDialect } from './dialects/index.ts';
import { documentOf } from './document.ts';
import { createColleague, employ } from './colleague/colleague.ts';
import { createIds } from './data/ids.ts';
import { shapesOf } from './shapes/shapes.ts';
import { createKeyRing } from './keys/key-ring.ts';
import { mintKeys } from './keys/mint-keys.ts';
import { createApp } from './server/app.ts';
import { listen, portOf, stop, type Fetch } from './server/listen.ts';
import { seedTenants, type Tenants } from './data/seed-tenants.ts';

export interface MockOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /**
   * The point of the space of axes: the name of a dialect, `seed:N` for a random one, `axis=value`, or several of
   * them between commas; default: the plain one.
   */
  readonly dialect?: string;
  /** Id of the one defect that is active; default: none. */
  readonly defect?: string;
  /** The same seed gives the same data; default: 1. */
  readonly seed?: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: () => number;
  /** How many things a second another user does meanwhile; default: there is none. */
  readonly colleague?: number;
  /** How long each answer waits, beyond what the dialect takes. */
  readonly latencyMs?: number;
}

export interface Mock {
  readonly baseUrl: string;
  /** By the id of the credential in the contract. */
  readonly keys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts a deployment of the Armature API on the loopback interface.
 *
 * @throws Error for a dialect or a defect that there is not, and for an address that cannot be had.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', seed = 1, now = Date.now, latencyMs = 0 } = options;
  const dialect = findDialect(options.dialect ?? 'plain');
  const hooks = options.defect === undefined ? {} : findDefect(options.defect).hooks();
  const contract = await ownContract();
  const ids = createIds(dialect.ids);
  const tenants = seedTenants({ contract, dialect, ids, seed, now });
  const random = createRandom(seed);
  const ring = createKeyRing(contract.api.keyPrefix ?? 'key');
  const keys = mintKeys(contract, tenants, { dialect, ids, ring, random });

  // The document names the address of the deployment, which is known only once the server listens.
  let fetch: Fetch | undefined;
  const server = await listen((request, bindings) => whenReady(fetch)(request, bindings), host, port);
  const baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}${dialect.base.mount}${contract.api.basePath}`;
  const deployment: Deployment = {
    contract,
    dialect,
    now,
    random,
    ids,
    newId: (kind) => ids.make(kind, random),
    shapes: shapesOf(dialect),
    keys: ring,
    tenants: byOrganization(tenants),
    validators: createRequestValidators(contract),
    document: documentOf(contract, dialect, baseUrl),
    hooks,
  };
  const app = createApp(deployment, latencyMs);
  fetch = (request, bindings) => app.fetch(request, bindings);
  const atWork = colleagueAt(options.colleague, deployment, tenants, seed);
  return {
    baseUrl,
    keys,
    close: () => {
      atWork?.stop();
      return stop(server);
    },
  };
}

function colleagueAt(
  rate: number | undefined,
  deployment: Deployment,
  { main, other }: Tenants,
  seed: number,
): ReturnType<typeof employ> | undefined {
  return rate === undefined ? undefined : employ(createColleague(deployment, [main, other], seed), rate);
}

/** The contract of this package does not change while it runs: it is read once. */
let contractOnce: Promise<Contract> | undefined;

function ownContract(): Promise<Contract> {
  contractOnce ??= loadContract();
  return contractOnce;
}

function whenReady(fetch: Fetch | undefined): Fetch {
  if (fetch === undefined) throw new Error('The mock is not ready yet.');
  return fetch;
}

function byOrganization(tenants: Tenants): ReadonlyMap<string, Tenant> {
  return new Map(Object.values(tenants).map((tenant: Tenant) => [tenant.organization.id, tenant]));
}
