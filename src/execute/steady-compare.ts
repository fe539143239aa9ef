/**
 * Comparing two answers of a target that others work on meanwhile. Lists gain and lose items of other people's between any
 * two reads, and they may lag behind writes: so a difference counts only where the looks on both sides of it agree, and
 * only once it has outlasted the time by which lists may lag. No scenario compares two answers in another way. A target
 * that shows no difference is asked nothing more, and waited for not at all.
 */
import { flickering, lackingBetween } from '../check/agreement.ts';
import type { CaseContext } from './case-context.ts';
import type { Item } from './listing.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';

/** By how much lists may lag behind writes, in ms, where nothing else is said of the target. */
export const defaultListLagMs = 10_000;

/** The waits between looks, in ms; the last one comes again and again. */
const waits = [50, 100, 200, 400, 800, 1_000] as const;

/** However slow the looks are, so many follow the first one. */
const leastLooks = 3;

/** Waits without taking up the place of another case. */
async function waitAside(run: Run, ms: number): Promise<void> {
  run.underWay.give();
  await run.rest(ms);
  await run.underWay.take(true);
}

function lagOf({ config }: Run): number {
  return config.listLagMs ?? defaultListLagMs;
}

/**
 * Looks until none of the doubts of the first look is left, at most as long as lists may lag. Gives a doubt that every
 * look had; undefined where there is none.
 * @param look gives its doubts by what they are about, such as an id
 */
export async function lastingDoubt<T>(
  { run }: CaseContext,
  look: () => Promise<ReadonlyMap<string, T>>,
): Promise<T | undefined> {
  let doubts = await look();
  const end = performance.now() + lagOf(run);
  for (let round = 0; doubts.size > 0 && (round < leastLooks || performance.now() < end); round++) {
    const wait = waits[Math.min(round, waits.length - 1)] ?? 0;
    const left = end - performance.now();
    await waitAside(run, left > 0 ? Math.min(wait, left) : wait);
    run.requireGoing();
    const now = await look();
    doubts = new Map([...now].filter(([key]) => doubts.has(key)));
  }
  const [doubt] = doubts.values();
  return doubt;
}

/** Looks until it holds, at most as long as lists may lag; gives whether it did. */
export async function eventually(context: CaseContext, holds: () => Promise<boolean>): Promise<boolean> {
  const look = async (): Promise<ReadonlyMap<string, true>> =>
    new Map((await holds()) ? [] : [['it does not hold', true]]);
  return (await lastingDoubt(context, look)) === undefined;
}

/** A look at a list. */
export interface Look {
  readonly items: readonly Item[];
}

export interface Difference<L extends Look> {
  readonly item: Item;
  /** The look that lacks it. */
  readonly look: L;
}

function idsOf({ items }: Look): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}

/**
 * An item that one list shows each time, before and after a look at another list that lacks it each time; undefined
 * where there is none.
 * @param shown the list that shows it
 * @param lacking the list that should show it; undefined where a look can show nothing
 * @param counts which items of `shown` are looked for; by default all
 */
export async function missingItem<L extends Look>(
  context: CaseContext,
  {
    shown,
    lacking,
    counts = () => true,
  }: {
    readonly shown: () => Promise<Look>;
    readonly lacking: () => Promise<L | undefined>;
    readonly counts?: (item: Item) => boolean;
  },
): Promise<Difference<L> | undefined> {
  const wanted = async (): Promise<ReadonlyMap<string, Item>> =>
    new Map((await shown()).items.filter(counts).map((item) => [item.id, item]));
  // What a look after one difference showed is what the next one is held against.
  let before: ReadonlyMap<string, Item> | undefined;
  return lastingDoubt(context, async () => {
    before ??= await wanted();
    const look = await lacking();
    const found = look === undefined ? undefined : idsOf(look);
    if (look === undefined || found === undefined || [...before.keys()].every((id) => found.has(id)))
      return new Map();
    const after = await wanted();
    const lost = lackingBetween(new Set(before.keys()), found, new Set(after.keys()));
    before = after;
    return new Map(
      lost.flatMap((id) => {
        const item = after.get(id);
        return item === undefined ? [] : [[id, { item, look }] as const];
      }),
    );
  });
}

/** An item that one of two lists shows each time and the other one never; undefined where both show the same. */
export async function differentItem<L extends Look>(
  context: CaseContext,
  one: () => Promise<L>,
  other: () => Promise<L>,
): Promise<(Difference<L> & { readonly lackedBy: 'one' | 'other' }) | undefined> {
  return lastingDoubt(context, async () => {
    const [one1, other1] = [await one(), await other()];
    if (sameIds(one1.items, other1.items)) return new Map();
    const [one2, other2] = [await one(), await other()];
    const items = new Map([...one2.items, ...other2.items].map((item) => [item.id, item]));
    const lost = [
      ...lackingBetween(idsOf(one1), idsOf(other1), idsOf(one2)).map((id) => ({
        id,
        lackedBy: 'other' as const,
      })),
      ...lackingBetween(idsOf(other1), idsOf(one2), idsOf(other2)).map((id) => ({
        id,
        lackedBy: 'one' as const,
      })),
    ];
    return new Map(
      lost.flatMap(({ id, lackedBy }) => {
        const item = items.get(id);
        const look = lackedBy === 'one' ? one2 : other1;
        return item === undefined ? [] : [[`${lackedBy} ${id}`, { item, look, lackedBy }] as const];
      }),
    );
  });
}

/** Looks of which the first is one that was taken already. */
export function beginningWith<L>(first: L, look: () => Promise<L>): () => Promise<L> {
  let ready: L | undefined = first;
  return async () => {
    const taken = ready;
    ready = undefined;
    return taken ?? look();
  };
}

/** True where both hold the same ids, in whatever order. */
export function sameIds(some: readonly Item[], others: readonly Item[]): boolean {
  const [ids, twins] = [idsOf({ items: some }), idsOf({ items: others })];
  return ids.size === twins.size && [...twins].every((id) => ids.has(id));
}

/** How often a series of looks is taken anew until the list stands still. */
const mostTries = 6;

/**
 * What was seen between two looks that are the same. Throws Inconclusive where the list never stood still.
 * @param look what must be the same before and after
 * @param same tells whether two of those looks are
 * @param within what is seen in between; it is given the look before it
 */
export async function whileStill<L, T>(
  { run }: CaseContext,
  {
    look,
    same,
    within,
  }: {
    readonly look: () => Promise<L>;
    readonly same: (before: L, after: L) => boolean;
    readonly within: (before: L) => Promise<T>;
  },
): Promise<T> {
  let before = await look();
  for (let round = 0; round < mostTries; round++) {
    if (round > 0) await waitAside(run, waits[Math.min(round, waits.length - 1)] ?? 0);
    const seen = await within(before);
    const after = await look();
    if (same(before, after)) return seen;
    before = after;
  }
  throw new Inconclusive(
    'the list never stood still: others worked on the target all the time',
    'Run it again at a quieter time, or on a target of its own.',
  );
}

/**
 * A doubt that is there once more when lists have long caught up with what was written before the first look. Undefined
 * where there is none, or another one each time: what is new, or gone, shows here and not there for a while.
 * @param look gives its doubts by what they are about
 */
export async function recurringDoubt<T>(
  { run }: CaseContext,
  look: () => Promise<ReadonlyMap<string, T>>,
): Promise<T | undefined> {
  const first = await look();
  if (first.size === 0) return undefined;
  await waitAside(run, lagOf(run));
  run.requireGoing();
  const second = await look();
  return [...second].find(([key]) => first.has(key))?.[1];
}

/**
 * An item that is shown, then not, then shown again, in a series of looks at one list, and in another series once lists
 * have caught up with what was written before the first; and that is there to stay, so that it did not go between them.
 * Undefined where there is none.
 */
export async function flickeringItem(
  { run }: CaseContext,
  looks: () => Promise<readonly Look[]>,
): Promise<string | undefined> {
  const first = await looks();
  if (flickering(first.map(idsOf)).length === 0) return undefined;
  const old = new Set(first.flatMap(({ items }) => items.map(({ id }) => id)));
  const lookLater = async (): Promise<readonly Look[]> => {
    await waitAside(run, lagOf(run));
    run.requireGoing();
    return looks();
  };
  const again = flickering((await lookLater()).map(idsOf)).filter((id) => old.has(id));
  if (again.length === 0) return undefined;
  const kept = new Set((await lookLater()).flatMap(({ items }) => items.map(({ id }) => id)));
  return again.find((id) => kept.has(id));
}
