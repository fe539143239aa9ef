import type { Contract, Credential } from '../../src/contract/types.ts';
import type { Ids } from '../data/ids.ts';
import type { Random } from '../data/random.ts';
import type { Tenant } from '../data/model.ts';
import type { Tenants } from '../data/seed-tenants.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { KeyRing } from './key-ring.ts';
import { mintKey } from './mint.ts';

/** What keys are made of, and where they are kept. */
export interface Mint {
  readonly dialect: Dialect;
  readonly ids: Ids;
  readonly ring: KeyRing;
  readonly random: Random;
}

/**
 * Makes a key for each credential of the contract and adds it to the ring.
 * Gives the keys by credential id. Key ids depend on the seed alone, secrets never do.
 */
export function mintKeys(
  contract: Contract,
  tenants: Tenants,
  { dialect, ids, ring, random }: Mint,
): Readonly<Record<string, string>> {
  const highest = contract.roles.at(-1) ?? '';
  const minted = Object.values(contract.credentials).map((credential) => {
    const id = ids.make('key', random);
    const keyId = keyIdOf(id, dialect.authentication.keyId);
    const { key, record } = mintKey(contract.api.keyPrefix ?? 'key', keyId, {
      id,
      name: `${credential.id} key`,
      organizationId: tenantOf(credential, tenants).organization.id,
      role: credential.role ?? roleOf(credential, dialect) ?? highest,
      userProfileId: isKnown(dialect, random) ? ids.make('usr', random) : null,
      email: isKnown(dialect, random) ? `${credential.id.toLowerCase()}@example.com` : null,
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

/** The role of a credential that the contract gives none; undefined where any will do. */
function roleOf({ kind }: Credential, { tenants }: Dialect): string | undefined {
  if (kind === 'other-org') return tenants.otherRole;
  return kind === 'feature-disabled' ? tenants.featurelessRole : undefined;
}

function isKnown({ tenants }: Dialect, random: Random): boolean {
  const drawn = random.chance(0.8);
  return tenants.actorNulls === 'some' ? drawn : tenants.actorNulls === 'none';
}

/** A key is sent as a token, which not every mark may stand in. */
function keyIdOf(apiKeyId: string, form: Dialect['authentication']['keyId']): string {
  const token = apiKeyId.replace(/[^\w-]/g, '');
  switch (form) {
    case 'without-prefix':
      return token.replace(/^key_/, '');
    case 'same':
      return token;
    case 'with-underscores':
      return `k_${token.slice(0, 12)}`;
    case 'tail':
      return token.slice(-20);
  }
}
