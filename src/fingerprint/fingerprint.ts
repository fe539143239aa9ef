/** The freedoms that a deployment uses, as plain data that is the same from run to run. */
import type { Profile } from '../plan/types.ts';

/** What was seen, sorted; several values where a deployment does several things. */
export type Seen = readonly string[];

/** What stands for every operation that was asked, where all do the same. */
export const everywhere = '*';

/** By section, by subject, by operation (or `*`). */
export type Freedoms = Readonly<Record<string, Subjects>>;
export type Subjects = Readonly<Record<string, Readonly<Record<string, Seen>>>>;

export interface Fingerprint {
  readonly fingerprint: 1;
  readonly api: { readonly title: string; readonly version: string };
  readonly profile: Profile;
  /** The credentials whose keys were given, sorted: with fewer keys less is seen. */
  readonly credentials: readonly string[];
  readonly freedoms: Freedoms;
}

interface SectionFacts {
  readonly name: string;
  /** What it tells, for the reader of a fingerprint. */
  readonly about: string;
  /**
   * `exact`: another value is a difference. `sampled`: it depends on the data which of the values are seen, so that
   * only a new one, or one that was there always, makes a difference.
   */
  readonly mode: 'exact' | 'sampled';
}

/** Every section, in the order of the file. */
export const sections = [
  {
    name: 'order',
    about: 'of two things that are wrong with a request, the one that is refused',
    mode: 'exact',
  },
  { name: 'codes', about: 'error codes, by status', mode: 'exact' },
  { name: 'errors', about: 'members of error bodies, by status', mode: 'sampled' },
  { name: 'choices', about: 'statuses, where the contract allows several', mode: 'exact' },
  { name: 'lifecycle', about: 'what an archived resource and a repeated dispatch answer', mode: 'exact' },
  { name: 'ids', about: 'the form of ids', mode: 'exact' },
  { name: 'envelopes', about: 'where the items of a list, or the record, stand', mode: 'exact' },
  {
    name: 'members',
    about: 'members of records and of what holds them; ? where not all have it',
    mode: 'sampled',
  },
  { name: 'unset', about: 'how a member without a value is shown', mode: 'sampled' },
  {
    name: 'paging',
    about: 'the number of the first page, the size of a page that was not asked for',
    mode: 'exact',
  },
  { name: 'transport', about: 'how answers are coded and framed', mode: 'exact' },
  { name: 'headers', about: 'names of headers; ? where not all answers bear it', mode: 'sampled' },
] as const satisfies readonly SectionFacts[];

export type Section = (typeof sections)[number];
export type SectionName = Section['name'];

/** One thing that was seen. */
export interface Sighting {
  readonly section: SectionName;
  readonly subject: string;
  /** The operation, and what of it where it was asked in several ways. */
  readonly operation: string;
  readonly value: string;
}

/** Sightings in order: sorted, each once, and one line for all operations where all do the same. */
export function freedomsOf(sightings: Iterable<Sighting>): Freedoms {
  const found = new Map<SectionName, Map<string, Map<string, Set<string>>>>();
  for (const { section, subject, operation, value } of sightings) {
    const subjects = entry(found, section, () => new Map<string, Map<string, Set<string>>>());
    const operations = entry(subjects, subject, () => new Map<string, Set<string>>());
    entry(operations, operation, () => new Set<string>()).add(value);
  }
  return Object.fromEntries(
    sections.map(({ name }) => [
      name,
      sorted(found.get(name) ?? new Map<string, Map<string, Set<string>>>(), folded),
    ]),
  );
}

function folded(operations: ReadonlyMap<string, ReadonlySet<string>>): Readonly<Record<string, Seen>> {
  const seen = sorted(operations, (values) => [...values].toSorted());
  const [first, ...others] = Object.values(seen);
  const same = others.length > 0 && others.every((one) => String(one) === String(first));
  return same && first !== undefined ? { [everywhere]: first } : seen;
}

function sorted<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, change(value)]),
  );
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
