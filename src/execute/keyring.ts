/** The keys of a run: showing them as a case asks, and finding their secrets where they must not be. */
import { createHash } from 'node:crypto';
import type { Contract } from '../contract/types.ts';
import { badForm } from '../plan/credential-forms.ts';
import { bearerHeader, shownAs, type KeyMaterial, type Shown } from '../plan/credential-parts.ts';
import type { Presented } from '../plan/types.ts';
import { createKeyFinder, createMasker } from '../secrets.ts';
import { createEchoFinder } from './echoes.ts';

export interface Keyring {
  /** The ids of the credentials whose keys are given. */
  readonly given: ReadonlySet<string>;
  /** The headers and query members of a credential in a form; undefined where its key does not allow the form. */
  show(presented: Presented): Shown | undefined;
  /** The id of the credential whose secret stands in the text, plain or in an encoding that gives it away. */
  readonly findSecret: (text: string) => string | undefined;
  /** Whether a whole key stands in the text, given or not. */
  readonly holdsKey: (text: string) => boolean;
  /** What came from outside, as it may be kept: with every trace of a key masked, and every key of the form. */
  readonly mask: (text: string) => string;
  /** What the run made up itself, as it may be kept: with every trace of a key masked. */
  readonly maskOwn: (text: string) => string;
}

/**
 * A keyring of the keys by the ids of their credentials.
 * @param seed makes the random parts of altered keys the same for the same seed
 * @param otherSecrets texts that are masked beside the keys
 */
export function createKeyring(
  contract: Contract,
  keys: Readonly<Record<string, string>>,
  seed: number,
  otherSecrets: readonly string[] = [],
): Keyring {
  const secrets = [...Object.values(keys), ...otherSecrets];
  const { keyPrefix } = contract.api;
  const documented = contract.api.auth ?? bearerHeader;
  const roleIds = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  return {
    given: new Set(Object.keys(keys)),
    show({ credential, form }) {
      if (credential === 'none' && form === 'none') return { headers: {}, query: [] };
      const key = keys[credential];
      const bad = badForm(form);
      if (key === undefined)
        return bad?.fact === 'auth-required'
          ? bad.show(materialOf({ documented, key: '', other: '' }, seed, form))
          : undefined;
      if (form === 'bearer') return shownAs(documented, key);
      if (form === 'scheme-lower-case') return { headers: { authorization: `bearer ${key}` }, query: [] };
      if (form === 'scheme-upper-case') return { headers: { authorization: `BEARER ${key}` }, query: [] };
      const otherId = roleIds.find(({ id }) => id !== credential && keys[id] !== undefined)?.id ?? '';
      return bad?.show(materialOf({ documented, key, other: keys[otherId] ?? '' }, seed, form));
    },
    findSecret: createEchoFinder(keys),
    holdsKey: keyPrefix === undefined ? () => false : createKeyFinder(keyPrefix),
    mask: createMasker(secrets, keyPrefix === undefined ? [] : [keyPrefix]),
    maskOwn: createMasker(secrets),
  };
}

function materialOf(
  shown: Pick<KeyMaterial, 'documented' | 'key' | 'other'>,
  seed: number,
  salt: string,
): KeyMaterial {
  let counter = 0;
  return {
    ...shown,
    random: (length) => {
      counter++;
      const digest = createHash('sha512').update(`${seed}/${salt}/${counter}`).digest('hex');
      return digest.repeat(Math.ceil(length / digest.length)).slice(0, length);
    },
  };
}
