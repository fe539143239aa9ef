import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { ApiKey, Role, World } from '../model.ts';

/** What a new key is to be. */
export interface KeyWish {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly orgId: string;
  readonly revoked?: boolean;
  readonly email: string | null;
  readonly profileId: string | null;
}

/** The two parts of a presented key. */
export interface KeyParts {
  readonly keyId: string;
  readonly secret: string;
}

const digest = (secret: string, salt: Buffer): Buffer => scryptSync(secret, salt, 32, { N: 16, r: 1, p: 1 });

/** Makes a key and the text that is shown once. */
export function makeKey(wish: KeyWish): { key: ApiKey; token: string } {
  const keyId = randomBytes(6).toString('hex');
  const secret = `k${randomBytes(20).toString('hex')}Zq`;
  const salt = randomBytes(8);
  const key = { revoked: false, ...wish, keyId, salt, hash: digest(secret, salt) };
  return { key, token: `amt_${keyId}_${secret}` };
}

/** Takes a presented key apart. */
export function partsOf(token: string): KeyParts | undefined {
  const match = /^amt_([^_\s]+)_(\S+)$/.exec(token);
  return match?.[1] !== undefined && match[2] !== undefined
    ? { keyId: match[1], secret: match[2] }
    : undefined;
}

/** The stored key that a presented one belongs to, where its secret is right and it is not revoked. */
export function verify(world: World, token: string): ApiKey | undefined {
  if (world.verified.has(token)) return world.verified.get(token);
  const parts = partsOf(token);
  const stored = world.keys.find((key) => key.keyId === parts?.keyId);
  const right =
    parts !== undefined &&
    parts.secret.length < 500 &&
    stored !== undefined &&
    !stored.revoked &&
    timingSafeEqual(digest(parts.secret, stored.salt), stored.hash);
  if (world.verified.size > 2000) world.verified.clear();
  world.verified.set(token, right ? stored : undefined);
  return right ? stored : undefined;
}
