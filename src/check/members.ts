/** Finding things in bodies whose envelope or member names the documentation leaves open. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a text that can be an id: the documentation pins no form, so any that is not empty. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

/** A value as an id: a text that is not empty, or a whole number, as a path would hold it. */
export function idOf(value: unknown): string | undefined {
  if (isId(value)) return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** The value at a dotted path of members, or undefined. */
export function memberAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split('.')) {
    if (!isObject(at)) return undefined;
    at = at[name];
  }
  return at;
}

/** The first of the dotted paths that holds a value other than undefined; null counts as a value. */
export function firstMember(value: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const found = memberAt(value, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toCamel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The spellings under which a member may come back: as sent, in snake_case, in camelCase. */
export function spellings(name: string): readonly string[] {
  return [...new Set([name, toSnake(name), toCamel(name)])];
}

/**
 * All values of a member of this name (in any of its spellings), at most `depth` objects deep, the shallowest
 * first, in an order that does not depend on that of the members (RFC 8259, section 4: it means nothing). Arrays are
 * not entered: what stands in a list belongs to something else.
 */
export function valuesOf(value: unknown, name: string, depth = 3): readonly unknown[] {
  const names = spellings(name);
  const found: unknown[] = [];
  let level: readonly unknown[] = [value];
  for (let d = 0; d < depth; d++) {
    const next: unknown[] = [];
    for (const node of level) {
      if (!isObject(node)) continue;
      for (const [member, child] of sortedMembers(node)) {
        if (names.includes(member)) found.push(child);
        if (isObject(child)) next.push(child);
      }
    }
    level = next;
  }
  return found;
}

/** Where a list keeps its items: the path of members to the array (empty for a bare array), and the items. */
export interface ItemList {
  readonly path: readonly string[];
  readonly items: readonly unknown[];
}

/** Every array of a list's body that can hold its items, likeliest first; `preferred` names come before others. */
export function itemLists(body: unknown, preferred: readonly string[]): readonly ItemList[] {
  if (Array.isArray(body)) return [{ path: [], items: body }];
  if (!isObject(body)) return [];
  const direct = arraysOf(body, []);
  const nested = Object.entries(body).flatMap(([name, child]) =>
    isObject(child) ? arraysOf(child, [name]) : [],
  );
  const lists = direct.length > 0 ? direct : nested;
  return lists.toSorted((a, b) => rank(a, preferred) - rank(b, preferred));
}

function arraysOf(object: JsonObject, path: readonly string[]): ItemList[] {
  return Object.entries(object).flatMap(([name, child]) =>
    Array.isArray(child) ? [{ path: [...path, name], items: child as readonly unknown[] }] : [],
  );
}

function rank(list: ItemList, preferred: readonly string[]): number {
  const index = preferred.indexOf(list.path.at(-1) ?? '');
  if (index >= 0) return index;
  const holdsIds = list.items.length > 0 && list.items.every((item) => isObject(item) && isId(item['id']));
  const holdsObjects = list.items.length > 0 && list.items.every(isObject);
  return preferred.length + (holdsIds ? 0 : holdsObjects ? 1 : 2);
}

/** The items of a list, from its likeliest array; undefined where the body holds no array. */
export function itemsOf(body: unknown, preferred: readonly string[]): readonly unknown[] | undefined {
  return itemLists(body, preferred)[0]?.items;
}

/** True where the text stands anywhere in the value, as a string or a part of one. */
export function holdsText(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (Array.isArray(value)) return value.some((item) => holdsText(item, text));
  if (isObject(value)) return Object.values(value).some((child) => holdsText(child, text));
  return false;
}

function sortedMembers(object: JsonObject): readonly (readonly [string, unknown])[] {
  return Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A value as JSON in which the order of members tells nothing: the same text for the same value. */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, (_name, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(sortedMembers(inner)) : inner,
  );
  return text ?? 'undefined';
}

/** True where the two JSON values are equal, whatever the order of their members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}
