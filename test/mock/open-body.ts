/** Finds what a test needs in bodies of which the documentation leaves the shape open. */

export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object within a value, at most `depth` objects deep, outer ones first. */
export function objectsIn(value: unknown, depth = 3): readonly Members[] {
  if (depth < 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => objectsIn(item, depth));
  if (!isMembers(value)) return [];
  return [
    value,
    ...Object.values(value).flatMap((inner) => (Array.isArray(inner) ? [] : objectsIn(inner, depth - 1))),
  ];
}

/** Every array of objects within a value, outer ones first. */
export function arraysIn(value: unknown, depth = 2): readonly (readonly Members[])[] {
  if (Array.isArray(value)) return [value.filter(isMembers)];
  if (!isMembers(value) || depth === 0) return [];
  const inner = Object.values(value);
  return [
    ...inner.filter((one) => Array.isArray(one)).map((one) => one.filter(isMembers)),
    ...inner.filter(isMembers).flatMap((one) => arraysIn(one, depth - 1)),
  ];
}

/** The first value of a member by one of its names, in the body or in what it wraps; undefined where there is none. */
export function memberOf(body: unknown, ...names: readonly string[]): unknown {
  for (const object of objectsIn(body)) {
    for (const name of names) if (object[name] !== undefined) return object[name];
  }
  return undefined;
}

/** What could be the id of the one thing that a body is about, likeliest first. */
export function idsIn(body: unknown, thing: string): readonly string[] {
  const names = ['id', `${thing}Id`, `${thing.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_id`];
  const found = objectsIn(body, 2).flatMap((object) => names.map((name) => object[name]));
  return found.filter((id) => typeof id === 'string');
}

/** The id that a row has under one of its names. */
export function rowId(row: Members, thing: string): string | undefined {
  const id = row['id'] ?? row[`${thing}Id`] ?? row[`${thing}_id`];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
