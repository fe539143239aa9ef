import { scryptSync, timingSafeEqual } from 'node:crypto';

/** A small cost: the secrets are random, and the mock is on the loopback interface. About a millisecond a hash. */
const cost = { N: 512, r: 8, p: 1 };
const hashBytes = 32;

/** The one-way hash of a secret. */
export function hashSecret(secret: string, salt: Buffer): Buffer {
  return scryptSync(secret, salt, hashBytes, cost);
}

/** Whether a secret is the one that was hashed. */
export function isSecret(secret: string, salt: Buffer, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(secret, salt), hash);
}
