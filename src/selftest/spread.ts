/** Taking some of many, so that every group has its share. Pure: the same seed takes the same. */
import { lotOf } from './lot.ts';

export interface Grouping<T> {
  /** Tells one item from another; the order within a group follows from it and the seed alone. */
  readonly idOf: (item: T) => string;
  readonly groupOf: (item: T) => string;
}

/**
 * At most `count` of the items: one of each group, then a second of each, and so on, in an order that the seed draws
 * by lot. An item more or less changes the lot of no other.
 */
export function spread<T>(
  items: readonly T[],
  count: number,
  seed: string,
  { idOf, groupOf }: Grouping<T>,
): readonly T[] {
  if (items.length <= count) return items;
  const groups = new Map<string, { readonly item: T; readonly lot: number }[]>();
  for (const item of items) {
    const group = groupOf(item);
    const entries = groups.get(group) ?? [];
    entries.push({ item, lot: lotOf(`${seed} ${idOf(item)}`) });
    groups.set(group, entries);
  }
  const ranked = [...groups].flatMap(([group, entries]) => {
    const groupLot = lotOf(`${seed} ${group}`);
    return entries.toSorted((a, b) => a.lot - b.lot).map(({ item }, rank) => ({ item, rank, groupLot }));
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.groupLot - b.groupLot)
    .slice(0, count)
    .map(({ item }) => item);
}
