import type { Dialect } from '../dialects/dialect.ts';

/** Items that are in the order in which they were made, in the order that the dialect shows them in. */
export function inListOrder<T>(items: readonly T[], { lists }: Dialect): readonly T[] {
  return lists.order === 'newest' ? items.toReversed() : items;
}
