/**
 * What can be said of answers that were given at different moments, while others work on the same target: only what the
 * answers before and after a look agree on can be held against it. Pure.
 */
import { isObject } from './members.ts';

/** What the looks before and after show, and the one between them does not. */
export function lackingBetween(
  before: ReadonlySet<string>,
  between: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly string[] {
  return [...before].filter((id) => !between.has(id) && after.has(id));
}

/**
 * What is shown, then not, then shown again in looks of one list, in turn. What is there comes once and goes once; but at
 * the edge of a list that is cut at a limit, something new pushes out what comes back when the new one goes. So a look
 * that shows something for the first time proves nothing.
 */
export function flickering(looks: readonly ReadonlySet<string>[]): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const [index, look] of looks.entries()) {
    const showsNew = [...look].some((id) => !seen.has(id));
    for (const id of look) seen.add(id);
    const [before] = looks.slice(Math.max(0, index - 1), index);
    if (before === undefined || showsNew) continue;
    const later = looks.slice(index + 1);
    for (const id of before) if (!look.has(id) && later.some((one) => one.has(id))) found.add(id);
  }
  return [...found];
}

/** The leaves of a JSON value: what stands at each place, as JSON, by the place's pointer. */
function leavesOf(value: unknown, pointer = ''): readonly (readonly [string, string])[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  if (children.length === 0) return [[pointer, JSON.stringify(value) ?? 'undefined']];
  return children.flatMap(([name, child]: readonly [string | number, unknown]) =>
    leavesOf(child, `${pointer}/${name}`),
  );
}

/** What two JSON values have in common: the leaves that are the same in both, by their place. */
export function agreedLeaves(one: unknown, other: unknown): ReadonlyMap<string, string> {
  const leaves = new Map(leavesOf(other));
  return new Map(leavesOf(one).filter(([pointer, leaf]) => leaves.get(pointer) === leaf));
}

/** The places at which two sets of leaves show something else. */
export function differingPlaces(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly string[] {
  return [...one].flatMap(([pointer, leaf]) => {
    const twin = other.get(pointer);
    return twin === undefined || twin === leaf ? [] : [pointer];
  });
}
