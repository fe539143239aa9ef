import { createHmac, randomBytes } from 'node:crypto';
import { secretLength, type KeyRecord } from './mint.ts';
import { isSecret } from './scrypt.ts';

/** The keys that a deployment knows. */
export interface KeyRing {
  /** Adds a key under its key-id. */
  add(keyId: string, record: KeyRecord): void;
  /** The record of a presented key, revoked or not; undefined where the text is no key that was ever made. */
  find(presented: string): KeyRecord | undefined;
  /** Every record with its key-id. */
  entries(): Iterable<readonly [keyId: string, record: KeyRecord]>;
}

/** How many presentations are remembered: more than a run has credentials, few enough to never matter. */
const rememberedPresentations = 1024;

/**
 * Makes an empty key ring. A presentation that was checked once is remembered, good or bad, as a keyed digest:
 * scrypt is slow by design, and each request presents a key. Revocation is not remembered, so it is immediate.
 */
export function createKeyRing(prefix: string): KeyRing {
  const records = new Map<string, KeyRecord>();
  const remembered = new Map<string, KeyRecord | undefined>();
  const digestKey = randomBytes(32);

  const verify = (presented: string): KeyRecord | undefined => {
    const parts = splitKey(prefix, presented);
    const record = parts && records.get(parts.keyId);
    return record && isSecret(parts.secret, record.salt, record.hash) ? record : undefined;
  };
  return {
    add: (keyId, record) => {
      records.set(keyId, record);
      remembered.clear();
    },
    find: (presented) => {
      const digest = createHmac('sha256', digestKey).update(presented).digest('base64');
      if (remembered.has(digest)) return remembered.get(digest);
      const record = verify(presented);
      const [oldest] = remembered.keys();
      if (remembered.size >= rememberedPresentations && oldest !== undefined) remembered.delete(oldest);
      remembered.set(digest, record);
      return record;
    },
    entries: () => records.entries(),
  };
}

/**
 * The parts of `<prefix>_<key-id>_<secret>`. Both parts may hold underscores, so the length of the secret decides.
 */
export function splitKey(
  prefix: string,
  key: string,
): { readonly keyId: string; readonly secret: string } | undefined {
  const secretAt = key.length - secretLength;
  const keyId = key.slice(prefix.length + 1, secretAt - 1);
  if (keyId === '' || !key.startsWith(`${prefix}_`) || key[secretAt - 1] !== '_') return undefined;
  return { keyId, secret: key.slice(secretAt) };
}
