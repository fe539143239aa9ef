import { randomBytes } from 'node:crypto';
import { hashSecret } from './scrypt.ts';

/** A key as a deployment keeps it: the secret only as a one-way hash. */
export interface KeyRecord {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  /** The role that its creator had when the key was made. */
  readonly role: string;
  readonly userProfileId: string | null;
  readonly email: string | null;
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly revoked: boolean;
}

/** Bytes of a secret: 256 bits, so that a plain hash of it cannot be searched. */
const secretBytes = 32;

/** Characters of a secret in a key: base64url without padding, so a secret may hold `-` and `_`. */
export const secretLength = Math.ceil((secretBytes * 8) / 6);

/**
 * Makes a key of the documented form `<prefix>_<key-id>_<secret>`.
 * The secret is handed out here once, and is in nothing that is kept.
 */
export function mintKey(
  prefix: string,
  keyId: string,
  record: Omit<KeyRecord, 'salt' | 'hash'>,
): { readonly key: string; readonly record: KeyRecord } {
  const secret = randomBytes(secretBytes).toString('base64url');
  const salt = randomBytes(16);
  return {
    key: `${prefix}_${keyId}_${secret}`,
    record: { ...record, salt, hash: hashSecret(secret, salt) },
  };
}
