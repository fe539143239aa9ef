import { timingSafeEqual } from 'node:crypto';
import type { Exchange } from './exchange.ts';
import type { ApiKey } from './model.ts';
import { digestOf } from './seed.ts';

/** The credential behind `Bearer`, or nothing. */
export function bearerToken(x: Exchange): string | undefined {
  const header = x.headers.authorization;
  if (header === undefined) return undefined;
  const found = (x.site.dialect.anyCaseScheme ? /^bearer +(\S+)$/i : /^Bearer +(\S+)$/).exec(header);
  return found?.[1];
}

/** Splits `amt_<key-id>_<secret>`. */
export function splitToken(
  token: string,
): { readonly publicPart: string; readonly secret: string } | undefined {
  const found = /^amt_([^_]+)_(.+)$/.exec(token);
  const [, publicPart, secret] = found ?? [];
  return publicPart === undefined || secret === undefined ? undefined : { publicPart, secret };
}

/** Finds the key with that token, revoked or not. */
export function keyOf(x: Exchange, token: string | undefined): ApiKey | undefined {
  if (token === undefined) return undefined;
  const known = x.site.verified.get(token);
  if (known !== undefined) return known;
  const parts = splitToken(token);
  const key = x.site.world.keys.find((each) => each.publicPart === parts?.publicPart);
  if (parts === undefined || key === undefined) return undefined;
  if (!timingSafeEqual(digestOf(parts.secret, key.salt), key.digest)) return undefined;
  x.site.verified.set(token, key);
  return key;
}

/** The key that a request comes with, where it is good. */
export function authenticate(x: Exchange): ApiKey | undefined {
  const key = keyOf(x, bearerToken(x));
  const good = key?.revoked === true ? undefined : key;
  return x.site.hooks.key === undefined ? good : x.site.hooks.key(x, good);
}
