/** Delta debugging: the fewest of many things with which something still holds. */

/**
 * Some of the items of which no single one can be left out (Zeller's ddmin): with them `holds`, as it does with all
 * of them. Each step is a call of `holds`; once `mostCalls` were made, the fewest so far are given.
 */
export async function fewest<T>(
  items: readonly T[],
  holds: (some: readonly T[]) => Promise<boolean>,
  mostCalls: number,
): Promise<readonly T[]> {
  let left = mostCalls;
  const first = async (parts: readonly (readonly T[])[]): Promise<readonly T[] | undefined> => {
    for (const part of parts) {
      if (left === 0) return undefined;
      left -= 1;
      if (await holds(part)) return part;
    }
    return undefined;
  };
  let kept = items;
  let count = 2;
  while (kept.length > 1) {
    const parts = cut(kept, count);
    const part = await first(parts);
    // With two parts, what is left of one is the other.
    const rest = part ?? (count === 2 ? undefined : await first(parts.map((one) => lacking(kept, one))));
    if (rest !== undefined) {
      count = part === undefined ? Math.max(2, count - 1) : 2;
      kept = rest;
    } else if (count < kept.length) count = Math.min(kept.length, count * 2);
    else break;
  }
  return kept;
}

/** Parts of about the same size, none empty. */
function cut<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  return Array.from({ length: count }, (_, index) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count)),
  ).filter((part) => part.length > 0);
}

function lacking<T>(items: readonly T[], part: readonly T[]): readonly T[] {
  return items.filter((item) => !part.includes(item));
}
