import type { KeyRecord } from '../keys/mint.ts';
import type { Arrival } from './call.ts';
import type { Deployment } from './deployment.ts';
import { Refused } from './refusal.ts';

/**
 * Whose key a request carries. The key counts only as `Authorization: Bearer <key>`, once and whole.
 *
 * @throws Refused where there is no key, or none that counts.
 */
export function authenticate(call: Arrival, deployment: Deployment): KeyRecord {
  const { hooks, keys } = deployment;
  const find = (key: string | undefined): KeyRecord | undefined => {
    const record = key === undefined ? undefined : keys.find(key);
    return record?.revoked === true ? undefined : record;
  };
  const presented = bearerToken(call, deployment);
  const actor =
    hooks.authenticate === undefined
      ? find(presented)
      : hooks.authenticate({ arrival: call, presented, find, deployment });
  if (actor === undefined) throw new Refused({ kind: 'unauthenticated' });
  return actor;
}

function bearerToken({ authorization }: Arrival, { dialect }: Deployment): string | undefined {
  const [header, ...more] = authorization;
  if (header === undefined || more.length > 0) return undefined;
  const pattern = dialect.authentication.schemeAnyCase ? /^bearer +(\S+)$/i : /^Bearer +(\S+)$/;
  return pattern.exec(header)?.[1];
}
