/** Making a form of a key: whole, in part, mixed, and in other places than the documented one. */

import type { KeyHeader } from '../contract/types.ts';

export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
}

/** What a form is made from: a key, another valid key, and texts that belong to no key. */
export interface KeyMaterial {
  /** The documented form. */
  readonly documented: KeyHeader;
  readonly key: string;
  readonly other: string;
  /** A text of random letters and digits, as long as asked for. */
  readonly random: (length: number) => string;
}

type Make = (material: KeyMaterial) => string | undefined;

/** Gives undefined where the key at hand does not allow the form to differ from the key itself. */
export type Show = (material: KeyMaterial) => Shown | undefined;

/** How a key is shown where the matrix does not say otherwise. */
export const bearerHeader: KeyHeader = { header: 'authorization', scheme: 'Bearer' };

/** A key, or what stands for one, in the documented form. */
export function shownAs({ header: name, scheme }: KeyHeader, key: string): Shown {
  return { headers: { [name]: scheme === undefined ? key : `${scheme} ${key}` }, query: [] };
}

/** The documented header with nothing in it. */
export const emptyHeader: Show = ({ documented }) => ({
  headers: { [documented.header]: '' },
  query: [],
});

/** The scheme alone, where there is one. */
export const schemeAlone: Show = ({ documented: { header: name, scheme } }) =>
  scheme === undefined ? undefined : { headers: { [name]: scheme }, query: [] };

/** A header with the given value and nothing else. */
export function header(name: string, make: Make): Show {
  return (material) => {
    const value = make(material);
    return value === undefined ? undefined : { headers: { [name]: value }, query: [] };
  };
}

/** A token in the documented form, from the first way to make it that does not come to a valid key after all. */
export function token(...ways: readonly Make[]): Show {
  return (material) => {
    for (const make of ways) {
      const text = make(material);
      if (text !== undefined && text !== material.key && text !== material.other)
        return shownAs(material.documented, text);
    }
    return undefined;
  };
}

/** A query member with the given value and nothing else. */
export function query(name: string, make: Make): Show {
  return (material) => {
    const value = make(material);
    return value === undefined ? undefined : { headers: {}, query: [[name, value]] };
  };
}

interface KeyParts {
  readonly prefix: string;
  readonly id: string;
  readonly secret: string;
}

/** The parts of `amt_<key-id>_<secret>`, split at the given underscore after the prefix. */
export function parts(key: string, at: 'first' | 'last'): KeyParts | undefined {
  const start = key.indexOf('_');
  const split = at === 'first' ? key.indexOf('_', start + 1) : key.lastIndexOf('_');
  if (start < 0 || split <= start) return undefined;
  return { prefix: key.slice(0, start), id: key.slice(start + 1, split), secret: key.slice(split + 1) };
}

/** The key put together again from its parts, some of them changed. */
export function rebuilt(
  at: 'first' | 'last',
  change: (p: KeyParts, m: KeyMaterial) => Partial<KeyParts>,
): Make {
  return (material) => {
    const found = parts(material.key, at);
    if (found === undefined) return undefined;
    const { prefix, id, secret } = { ...found, ...change(found, material) };
    return `${prefix}_${id}_${secret}`;
  };
}

/** Two keys mixed. An id may have an underscore of its own, so both places to split at are tried. */
export function mixed(take: (mine: KeyParts, theirs: KeyParts) => Partial<KeyParts>): readonly Make[] {
  return (['first', 'last'] as const).map((at) =>
    rebuilt(at, (mine, { other }) => {
      const theirs = parts(other, at);
      return theirs === undefined ? {} : take(mine, theirs);
    }),
  );
}

/** A text with its upper and lower case letters swapped. */
export function swapCase(text: string): string {
  return Array.from(text)
    .map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))
    .join('');
}

/** A text with the character at a place (from the end, where negative) replaced by another. */
export function replaceAt(text: string, index: number): string {
  const at = index < 0 ? text.length + index : index;
  return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
