import type { Call } from '../call.ts';
import type { ApiKey } from '../model.ts';
import { partsOf, verify } from '../data/keys.ts';

/** The key that a call presents as a bearer credential. */
export function bearerOf(call: Call): string | undefined {
  const header = call.headers.authorization;
  if (header === undefined) return undefined;
  const match = /^([A-Za-z]+) +(\S+)$/.exec(header.trim());
  const scheme = match?.[1] ?? '';
  const right = call.settings.schemeAnyCase ? scheme.toLowerCase() === 'bearer' : scheme === 'Bearer';
  return right ? match?.[2] : undefined;
}

/** Whatever looks like a key in the Authorization header, in whichever form. */
export function anyToken(call: Call): string | undefined {
  return /amt_[^\s]+/.exec(call.headers.authorization ?? '')?.[0];
}

/** The stored key that a presented one names, right or not, revoked or not. */
export function namedKey(call: Call, token = anyToken(call)): ApiKey | undefined {
  const keyId = token === undefined ? undefined : partsOf(token)?.keyId;
  return call.world.keys.find((key) => key.keyId === keyId);
}

/** The full text of the stored key that a presented one names. */
export function rightToken(call: Call, token = anyToken(call)): string | undefined {
  const keyId = token === undefined ? undefined : partsOf(token)?.keyId;
  return Object.values(call.world.tokens).find((text) => partsOf(text)?.keyId === keyId);
}

/** Who the caller is, where the credential is good. */
export function authenticate(call: Call): ApiKey | undefined {
  const token = bearerOf(call);
  const key = token === undefined ? undefined : verify(call.world, token);
  return call.seed?.identify ? call.seed.identify(call, key) : key;
}
