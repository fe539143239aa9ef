import type { Choices } from '../axes/index.ts';
import type { Random } from './random.ts';

/** What an id is of; its value is the prefix that the documentation's examples show. */
export type IdKind =
  'org' | 'key' | 'usr' | 'mcp' | 'wf' | 'run' | 'topic' | 'search' | 'sess' | 'span' | 'prop';

/** The ids of one deployment. */
export interface Ids {
  make(kind: IdKind, random: Random): string;
  /** Whether a text could be an id of this kind. */
  matches(kind: IdKind, text: string): boolean;
}

/** One form of ids. */
interface IdForm {
  readonly make: (kind: IdKind, random: Random) => string;
  readonly pattern: RegExp;
}

type FormName = Choices['ids']['form'];

const digits = '0123456789';
const base62 = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;
const base64url = `${base62}-_`;
const hex = '0123456789abcdef';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes the ids of a deployment: the documentation shows several forms, so each is as good as the other. */
export function createIds({ form, runs }: Choices['ids']): Ids {
  const usual = createForm(form);
  const ofRuns = runs === 'as-others' ? usual : createForm(runs);
  const of = (kind: IdKind): IdForm => (kind === 'run' ? ofRuns : usual);
  return {
    make: (kind, random) => of(kind).make(kind, random),
    matches: (kind, text) => of(kind).pattern.test(text),
  };
}

/** A text of `length` characters of the alphabet. */
export function randomText(random: Random, alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) text += alphabet.charAt(random.integer(0, alphabet.length - 1));
  return text;
}

function createForm(name: FormName): IdForm {
  switch (name) {
    case 'prefixed':
      // `wf_4mJ…`, as the examples of the documentation show them.
      return {
        make: (kind, random) => `${kind}_${randomText(random, base62, 16)}`,
        pattern: /^[a-z]+_[0-9A-Za-z]{16}$/,
      };
    case 'uuid':
      return { make: (_kind, random) => uuid(random, '5'), pattern: uuidPattern('5', '0-9a-f') };
    case 'uuid-upper':
      return {
        make: (_kind, random) => uuid(random, '4').toUpperCase(),
        pattern: uuidPattern('4', '0-9A-F'),
      };
    case 'uuid-v7':
      return { make: (_kind, random) => uuid(random, '7'), pattern: uuidPattern('7', '0-9a-f') };
    case 'decimal':
      return { make: (_kind, random) => `9${randomText(random, digits, 17)}`, pattern: /^9\d{17}$/ };
    case 'sequence':
      return sequence();
    case 'base64url':
      // Long texts, which may begin with `-` or `_`.
      return { make: (_kind, random) => randomText(random, base64url, 86), pattern: /^[\w-]{86}$/ };
    case 'base64url-short':
      return { make: (_kind, random) => randomText(random, base64url, 11), pattern: /^[\w-]{11}$/ };
    case 'ulid':
      return {
        make: (_kind, random) => `01${randomText(random, crockford, 24)}`,
        pattern: /^01[0-9A-HJKMNP-TV-Z]{24}$/,
      };
    case 'hex':
      return { make: (_kind, random) => randomText(random, hex, 24), pattern: /^[0-9a-f]{24}$/ };
    case 'punctuated':
      return {
        make: (kind, random) =>
          `${kind}:${randomText(random, base62, 6)}~${randomText(random, base62, 6)}.a=`,
        pattern: /^[a-z]+:[0-9A-Za-z]{6}~[0-9A-Za-z]{6}\.a=$/,
      };
  }
}

/** Numbers that grow, for each kind by itself: the same number may be an id of two things. */
function sequence(): IdForm {
  const last = new Map<IdKind, number>();
  return {
    make: (kind, random) => {
      const next = (last.get(kind) ?? 4_000_000) + random.integer(1, 999);
      last.set(kind, next);
      return String(next);
    },
    pattern: /^\d{7}$/,
  };
}

function uuid(random: Random, version: string): string {
  const text = randomText(random, hex, 30);
  const parts = [text.slice(0, 8), text.slice(8, 12), `${version}${text.slice(12, 15)}`];
  return [...parts, `a${text.slice(15, 18)}`, text.slice(18)].join('-');
}

function uuidPattern(version: string, digit: string): RegExp {
  return new RegExp(`^[${digit}]{8}-[${digit}]{4}-${version}[${digit}]{3}-[aA][${digit}]{3}-[${digit}]{12}$`);
}
