/** The forms in which a key can be shown: the documented one, and the many that must not count. */
import {
  base64,
  emptyHeader,
  header,
  mixed,
  parts,
  query,
  rebuilt,
  replaceAt,
  schemeAlone,
  swapCase,
  token,
  type Show,
} from './credential-parts.ts';

export interface CredentialForm {
  readonly id: string;
  readonly title: string;
  /** The fact that a form breaks when it is taken for a key. */
  readonly fact: 'auth-required' | 'auth-bearer-only' | 'auth-whole-key';
  /** Whether a second valid key is needed to make it. */
  readonly needsOther: boolean;
  /** Whether it shows a valid key in the URL, where access logs keep it. */
  readonly inUrl: boolean;
  readonly show: Show;
}

interface Row {
  readonly title: string;
  readonly show: Show;
  readonly needsOther?: true;
  readonly inUrl?: true;
}

const absent: Readonly<Record<string, Row>> = {
  none: { title: 'no credential', show: () => ({ headers: {}, query: [] }) },
  'empty-header': { title: 'an empty Authorization header', show: emptyHeader },
  'empty-bearer': { title: 'Bearer without a token', show: schemeAlone },
  garbage: { title: 'a text that is no key', show: token(() => 'garbage') },
  'literal-null': { title: 'the text null', show: token(() => 'null') },
  'prefix-only': {
    title: 'the prefix of a key alone',
    show: token(({ key }) => key.slice(0, key.indexOf('_') + 1)),
  },
  'unknown-id': {
    title: 'a key of the right form with an unknown id',
    show: token(({ key, random }) => {
      const found = parts(key, 'first');
      return (
        found &&
        `${found.prefix}_${random(Math.max(found.id.length, 8))}_${random(Math.max(found.secret.length, 16))}`
      );
    }),
  },
};

const altered: Readonly<Record<string, Row>> = {
  'wrong-secret': {
    title: 'the right key id with another secret',
    show: token(rebuilt('first', ({ secret }, { random }) => ({ secret: random(secret.length) }))),
  },
  'wrong-tail': {
    title: 'the right key with its last part replaced',
    show: token(rebuilt('last', ({ secret }, { random }) => ({ secret: random(secret.length) }))),
  },
  'unknown-id-right-secret': {
    title: 'an unknown key id with a right secret',
    show: token(rebuilt('first', ({ id }, { random }) => ({ id: random(Math.max(id.length, 6)) }))),
  },
  'empty-secret': {
    title: 'a key with an empty secret',
    show: token(rebuilt('first', () => ({ secret: '' }))),
  },
  'id-only': {
    title: 'the key without its secret',
    show: token(({ key }) => {
      const found = parts(key, 'first');
      return found && `${found.prefix}_${found.id}`;
    }),
  },
  'secret-only': { title: 'the secret alone', show: token(({ key }) => parts(key, 'first')?.secret) },
  'without-prefix': {
    title: 'the key without its prefix',
    show: token(({ key }) => key.slice(key.indexOf('_') + 1)),
  },
  'other-prefix': {
    title: 'the key under another prefix',
    show: token(({ key }) => `sk${key.slice(key.indexOf('_'))}`),
  },
  'first-character-changed': {
    title: 'the key with the first character of its secret changed',
    show: token(rebuilt('first', ({ secret }) => ({ secret: replaceAt(secret, 0) }))),
  },
  'middle-character-changed': {
    title: 'the key with a character in the middle of its secret changed',
    show: token(
      rebuilt('first', ({ secret }) => ({ secret: replaceAt(secret, Math.floor(secret.length / 2)) })),
    ),
  },
  'character-changed': {
    title: 'the key with its last character changed',
    show: token(({ key }) => replaceAt(key, -1)),
  },
  'character-added': { title: 'the key with a character added', show: token(({ key }) => `${key}x`) },
  'character-cut': {
    title: 'the key with its last character cut off',
    show: token(({ key }) => key.slice(0, -1)),
  },
  'half-cut': {
    title: 'the key with the second half of its secret cut off',
    show: token(
      rebuilt('first', ({ secret }) => ({ secret: secret.slice(0, Math.ceil(secret.length / 2)) })),
    ),
  },
  'secret-doubled': {
    title: 'the key with its secret twice',
    show: token(rebuilt('first', ({ secret }) => ({ secret: secret + secret }))),
  },
  'case-swapped': {
    title: 'the key with upper and lower case of its secret swapped',
    show: token(rebuilt('first', ({ secret }) => ({ secret: swapCase(secret) }))),
  },
  'upper-case': { title: 'the key in upper case', show: token(({ key }) => key.toUpperCase()) },
  'lower-case': { title: 'the key in lower case', show: token(({ key }) => key.toLowerCase()) },
  'id-case-swapped': {
    title: 'the key with upper and lower case of its id swapped',
    show: token(rebuilt('first', ({ id }) => ({ id: swapCase(id) }))),
  },
  'reversed-secret': {
    title: 'the key with its secret reversed',
    show: token(rebuilt('first', ({ secret }) => ({ secret: Array.from(secret).toReversed().join('') }))),
  },
  'id-of-another-key': {
    title: 'the id of one key with the secret of another',
    needsOther: true,
    show: token(...mixed((_, theirs) => ({ id: theirs.id }))),
  },
  'secret-of-another-key': {
    title: 'the secret of one key behind the id of another',
    needsOther: true,
    show: token(...mixed((_, theirs) => ({ secret: theirs.secret }))),
  },
  'text-before': { title: 'a text before the key', show: token(({ key }) => `x${key}`) },
  'word-before': { title: 'a word before the key', show: token(({ key }) => `key ${key}`) },
  'text-after': { title: 'a word after the key', show: token(({ key }) => `${key} x`) },
  'comma-after': { title: 'a second value after the key', show: token(({ key }) => `${key}, x`) },
  'two-keys': {
    title: 'two keys in one header',
    needsOther: true,
    show: token(({ key, other }) => `${key},${other}`),
  },
  quoted: { title: 'the key in quotes', show: token(({ key }) => `"${key}"`) },
  'percent-encoded': {
    title: 'the key percent-encoded',
    show: token(({ key }) => key.replaceAll('_', '%5F')),
  },
  'in-base64': { title: 'the key in base64', show: token(({ key }) => base64(key)) },
  'null-after': { title: 'an encoded NUL after the key', show: token(({ key }) => `${key}%00`) },
};

const elsewhere: Readonly<Record<string, Row>> = {
  basic: {
    title: 'the scheme Basic',
    show: header('authorization', ({ key }) => `Basic ${base64(`${key}:`)}`),
  },
  'basic-password': {
    title: 'the key as the password of the scheme Basic',
    show: header('authorization', ({ key }) => `Basic ${base64(`key:${key}`)}`),
  },
  'basic-raw': {
    title: 'the key itself under the scheme Basic',
    show: header('authorization', ({ key }) => `Basic ${key}`),
  },
  'scheme-token': { title: 'the scheme Token', show: header('authorization', ({ key }) => `Token ${key}`) },
  'scheme-apikey': {
    title: 'the scheme ApiKey',
    show: header('authorization', ({ key }) => `ApiKey ${key}`),
  },
  'scheme-key': { title: 'the scheme Key', show: header('authorization', ({ key }) => `Key ${key}`) },
  'scheme-digest': {
    title: 'the scheme Digest',
    show: header('authorization', ({ key }) => `Digest ${key}`),
  },
  'scheme-like-bearer': {
    title: 'a scheme that begins like Bearer',
    show: header('authorization', ({ key }) => `BearerX ${key}`),
  },
  'scheme-bear': {
    title: 'a scheme that Bearer begins with',
    show: header('authorization', ({ key }) => `Bear ${key}`),
  },
  'no-scheme': { title: 'the key without a scheme', show: header('authorization', ({ key }) => key) },
  'no-space': {
    title: 'the key right behind the scheme',
    show: header('authorization', ({ key }) => `Bearer${key}`),
  },
  'colon-scheme': {
    title: 'Bearer with a colon',
    show: header('authorization', ({ key }) => `Bearer: ${key}`),
  },
  'equals-scheme': {
    title: 'Bearer with an equals sign',
    show: header('authorization', ({ key }) => `Bearer=${key}`),
  },
  'bearer-twice': {
    title: 'the scheme twice',
    show: header('authorization', ({ key }) => `Bearer Bearer ${key}`),
  },
  ...places(
    'x-api-key',
    'api-key',
    'apikey',
    'x-auth-token',
    'x-access-token',
    'x-armature-key',
    'x-armature-api-key',
  ),
  'proxy-authorization': {
    title: 'the header Proxy-Authorization',
    show: header('proxy-authorization', ({ key }) => `Bearer ${key}`),
  },
  'x-authorization': {
    title: 'the header X-Authorization',
    show: header('x-authorization', ({ key }) => `Bearer ${key}`),
  },
  'x-forwarded-authorization': {
    title: 'the header X-Forwarded-Authorization',
    show: header('x-forwarded-authorization', ({ key }) => `Bearer ${key}`),
  },
  ...cookies('api_key', 'token', 'session', 'authorization'),
  ...queries('api_key', 'apiKey', 'key', 'token', 'access_token', 'auth', 'authorization'),
};

/** The key in other headers. */
export function places(...names: readonly string[]): Record<string, Row> {
  return Object.fromEntries(
    names.map((name) => [
      `header-${name}`,
      { title: `the key in the header ${name} only`, show: header(name, ({ key }) => key) },
    ]),
  );
}

function cookies(...names: readonly string[]): Record<string, Row> {
  return Object.fromEntries(
    names.map((name) => [
      `cookie-${name}`,
      { title: `the key in the cookie ${name} only`, show: header('cookie', ({ key }) => `${name}=${key}`) },
    ]),
  );
}

function queries(...names: readonly string[]): Record<string, Row> {
  return Object.fromEntries(
    names.map((name) => [
      `query-${name}`,
      { title: `the key in the query member ${name} only`, inUrl: true, show: query(name, ({ key }) => key) },
    ]),
  );
}

function rows(table: Readonly<Record<string, Row>>, fact: CredentialForm['fact']): CredentialForm[] {
  return Object.entries(table).map(([id, { title, show, needsOther, inUrl }]) => ({
    id,
    title,
    fact,
    needsOther: needsOther === true,
    inUrl: inUrl === true,
    show,
  }));
}

/** Every form that must be answered with 401, in the order of the report. */
export const badForms: readonly CredentialForm[] = [
  ...rows(absent, 'auth-required'),
  ...rows(altered, 'auth-whole-key'),
  ...rows(elsewhere, 'auth-bearer-only'),
];

const byId = new Map(badForms.map((form) => [form.id, form]));

/** A form by its id; undefined for `bearer` and for what is not a form. */
export function badForm(id: string): CredentialForm | undefined {
  return byId.get(id);
}
