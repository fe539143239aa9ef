import type { Contract, Credential } from '../../src/contract/types.ts';
import type { Random } from '../data/random.ts';
import type { Tenant } from '../data/model.ts';
import type { Tenants } from '../data/seed-tenants.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { KeyRing } from './key-ring.ts';
import { mintKey } from './mint.ts';

/**
 * Makes a key for each credential of the contract and adds it to the ring.
 * Gives the keys by credential id. Key ids depend on the seed alone, secrets never do.
 */
export function mintKeys(
  contract: Contract,
  tenants: Tenants,
  dialect: Dialect,
  ring: KeyRing,
  random: Random,
): Readonly<Record<string, string>> {
  const highest = contract.roles.at(-1) ?? '';
  const minted = Object.values(contract.credentials).map((credential) => {
    const id = dialect.ids.make('key', random);
    const keyId = dialect.authentication.keyIdOf(id);
    const { key, record } = mintKey(contract.api.keyPrefix ?? 'key', keyId, {
      id,
      name: `${credential.id} key`,
      organizationId: tenantOf(credential, tenants).organization.id,
      role: credential.role ?? highest,
      userProfileId: random.chance(0.8) ? dialect.ids.make('usr', random) : null,
      email: random.chance(0.8) ? `${credential.id.toLowerCase()}@example.com` : null,
      revoked: credential.kind === 'revoked',
    });
    ring.add(keyId, record);
    return [credential.id, key] as const;
  });
  return Object.fromEntries(minted);
}

function tenantOf({ kind }: Credential, tenants: Tenants): Tenant {
  switch (kind) {
    case 'role':
    case 'revoked':
      return tenants.main;
    case 'feature-disabled':
      return tenants.withoutFeatures;
    case 'other-org':
      return tenants.other;
  }
}
