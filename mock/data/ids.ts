import type { Random } from './random.ts';

/** What an id is of; its value is the prefix that the documentation's examples show. */
export type IdKind = 'org' | 'key' | 'usr' | 'mcp' | 'wf' | 'run' | 'topic' | 'search' | 'sess' | 'span';

/** A form of ids. The documentation shows several, so each is as good as the other. */
export interface IdForm {
  make(kind: IdKind, random: Random): string;
  /** Whether a text could be an id of this form. */
  matches(text: string): boolean;
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base64url = `${base62}-_`;
const hex = '0123456789abcdef';

/** A text of `length` characters of the alphabet. */
export function randomText(random: Random, alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) text += alphabet.charAt(random.integer(0, alphabet.length - 1));
  return text;
}

/** `wf_4mJ…`, as the examples of the documentation show them. */
export const prefixedIds: IdForm = {
  make: (kind, random) => `${kind}_${randomText(random, base62, 16)}`,
  matches: (text) => /^[a-z]+_[0-9A-Za-z]{16}$/.test(text),
};

/** UUIDs, as the tables of the documentation have it. */
export const uuidIds: IdForm = {
  make: (_kind, random) => {
    const digits = randomText(random, hex, 30);
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `5${digits.slice(12, 15)}`];
    return [...parts, `a${digits.slice(15, 18)}`, digits.slice(18)].join('-');
  },
  matches: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/.test(text),
};

/** Decimal digits in a string, as of a database sequence. */
export const numericIds: IdForm = {
  make: (_kind, random) => `9${randomText(random, '0123456789', 17)}`,
  matches: (text) => /^9\d{17}$/.test(text),
};

/** Long texts in the alphabet of base64url: they may begin with `-` or `_`. */
export const opaqueIds: IdForm = {
  make: (_kind, random) => randomText(random, base64url, 86),
  matches: (text) => /^[\w-]{86}$/.test(text),
};
