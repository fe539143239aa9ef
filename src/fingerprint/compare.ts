/** Two fingerprints against each other: what a deployment does otherwise than it did, or than another does. Pure. */
import { groupBy } from '../report/group-by.ts';
import {
  everywhere,
  sections,
  type Fingerprint,
  type Freedoms,
  type Section,
  type Seen,
} from './fingerprint.ts';

export interface FreedomChange {
  readonly section: Section;
  readonly subject: string;
  /** `*` where it holds of every operation that was asked. */
  readonly operation: string;
  readonly old: Seen;
  readonly new: Seen;
}

export interface FingerprintComparison {
  readonly differences: readonly FreedomChange[];
  /** What only one of them saw: no difference, but it was not looked at either. */
  readonly unseen: readonly FreedomChange[];
}

/** Compares what both saw. They must be of one profile: another sends other requests. */
export function compareFingerprints(
  old: Pick<Fingerprint, 'freedoms'>,
  now: Pick<Fingerprint, 'freedoms'>,
): FingerprintComparison {
  const differences: FreedomChange[] = [];
  const unseen: FreedomChange[] = [];
  const omitting = leavesOut(old.freedoms) || leavesOut(now.freedoms);
  for (const change of pairs(old.freedoms, now.freedoms)) {
    if (change.old.length === 0 || change.new.length === 0) unseen.push(change);
    else if (differs(change, omitting)) differences.push(change);
  }
  return { differences: folded(differences), unseen: folded(unseen) };
}

function* pairs(old: Freedoms, now: Freedoms): Generator<FreedomChange> {
  for (const section of sections) {
    const [before, after] = [old[section.name] ?? {}, now[section.name] ?? {}];
    for (const subject of namesOf(before, after)) {
      const [was, is] = [before[subject] ?? {}, after[subject] ?? {}];
      for (const operation of operationsOf(was, is)) {
        yield {
          section,
          subject,
          operation,
          old: was[operation] ?? was[everywhere] ?? [],
          new: is[operation] ?? is[everywhere] ?? [],
        };
      }
    }
  }
}

function namesOf(...records: readonly object[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].toSorted();
}

/** Where one of them tells of every operation and the other of some, those that are named are compared. */
function operationsOf(a: object, b: object): readonly string[] {
  const named = namesOf(a, b).filter((name) => name !== everywhere);
  return named.length > 0 ? named : namesOf(a, b);
}

/** Whether members without a value are left out somewhere: then it hangs on the data which of them are seen. */
function leavesOut({ unset = {} }: Freedoms): boolean {
  return Object.values(unset).some((operations) =>
    Object.values(operations).some((seen) => seen.includes('left out')),
  );
}

function differs({ section, old, new: now }: FreedomChange, omitting: boolean): boolean {
  if (section.mode === 'exact') return String(old) !== String(now);
  if (section.name === 'unset') return !old.some((value) => now.includes(value));
  const [before, after] = [membersIn(old), membersIn(now)];
  return (
    [...after].some(([name, one]) => isNews(before.get(name), one)) ||
    (!(omitting && section.name === 'members') &&
      [...before].some(([name, one]) => !one.sometimes && !after.has(name)))
  );
}

interface Member {
  readonly types: readonly string[];
  readonly sometimes: boolean;
}

function isNews(before: Member | undefined, after: Member): boolean {
  if (before === undefined) return true;
  const telling = [before, after].every(({ types }) => types.some((type) => type !== 'null'));
  return telling && !before.types.some((type) => after.types.includes(type));
}

/** `endedAt number|string?`: a name, its types, and whether it is there sometimes only. */
function membersIn(seen: Seen): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const text of seen) {
    const [name = '', types = ''] = text.replace(/\?$/, '').split(' ');
    const known = members.get(name);
    members.set(name, {
      types: [...(known?.types ?? []), ...(types === '' ? [] : types.split('|'))],
      sometimes: text.endsWith('?') || known?.sometimes === true,
    });
  }
  return members;
}

/** One line for all operations, and then for all subjects, that changed in the same way. */
function folded(changes: readonly FreedomChange[]): readonly FreedomChange[] {
  return joined(joined(changes, 'operation', 'subject'), 'subject', 'operation');
}

function joined(
  changes: readonly FreedomChange[],
  by: 'operation' | 'subject',
  same: 'operation' | 'subject',
): readonly FreedomChange[] {
  const groups = groupBy(changes, (one) => JSON.stringify([one.section.name, one[same], one.old, one.new]));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, [by]: group.map((one) => one[by]).join(', ') })),
  );
}

/** A change in one line: what of a list is new and what is gone where it is a list of members. */
export function changeText(
  change: FreedomChange,
  names: { readonly old: string; readonly new: string },
): string {
  const { section, subject, operation, old, new: now } = change;
  const where = operation === everywhere || operation === 'any' ? '' : ` (${operation})`;
  const [before, after] =
    section.mode === 'sampled'
      ? [old.filter((value) => !now.includes(value)), now.filter((value) => !old.includes(value))]
      : [old, now];
  return `${section.name}: ${subject}${where}: ${seenText(before)} ${names.old}, ${seenText(after)} ${names.new}`;
}

function seenText(values: Seen): string {
  return values.length === 0 ? 'nothing' : values.join(', ');
}
