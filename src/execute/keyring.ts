/** The keys of a run: showing them as a case asks, and finding their secrets where they must not be. */
import { createHash } from 'node:crypto';
import type { Contract } from '../contract/types.ts';
import { badForm } from '../plan/credential-forms.ts';
import { bearerHeader, shownAs, type KeyMaterial, type Shown } from '../plan/credential-parts.ts';
import type { Presented } from '../plan/types.ts';
import { base64Forms, createMasker } from '../secrets.ts';

export interface Keyring {
  /** The ids of the credentials whose keys are given. */
  readonly given: ReadonlySet<string>;
  /** The headers and query members of a credential in a form; undefined where its key does not allow the form. */
  show(presented: Presented): Shown | undefined;
  /** The id of the credential whose secret stands in the text, plain, percent-encoded or in base64. */
  readonly findSecret: (text: string) => string | undefined;
  /** The text with every trace of a key masked. */
  readonly mask: (text: string) => string;
}

/** A secret this short could be an ordinary word: then only the whole key counts as an echo. */
const shortestTellingSecret = 12;

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
  const mask = createMasker([...Object.values(keys), ...otherSecrets]);
  const echoes = Object.entries(keys).flatMap(([id, key]) => echoForms(key).map((text) => ({ id, text })));
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
    findSecret: (text) => echoes.find((echo) => text.includes(echo.text))?.id,
    mask,
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

function echoForms(key: string): readonly string[] {
  const start = key.indexOf('_', key.indexOf('_') + 1);
  const secret = start < 0 ? '' : key.slice(start + 1);
  const text = secret.length >= shortestTellingSecret ? secret : key;
  return [...new Set([text, encodeURIComponent(text), ...base64Forms(text)])];
}
