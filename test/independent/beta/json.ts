/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [member: string]: Json;
}

/** Whether a value is a JSON object (neither null nor an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member's text, or the fallback where it is no text. */
export function textOr(value: Json | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

/** A member as text, whatever it is. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

/** The list that a reply's body carries: the body itself, or the first array among its members. */
export function listIn(body: Json | undefined): Json[] {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return [];
  for (const member of Object.values(body)) if (Array.isArray(member)) return member;
  for (const member of Object.values(body)) {
    if (isObject(member)) for (const inner of Object.values(member)) if (Array.isArray(inner)) return inner;
  }
  return [];
}

/** The objects in the list that a reply's body carries. */
export function rowsIn(body: Json | undefined): JsonObject[] {
  return listIn(body).filter(isObject);
}

/** The record that a reply's body carries, wrapped or not. */
export function recordIn(body: Json | undefined): JsonObject {
  if (!isObject(body)) return {};
  if ('id' in body) return body;
  for (const member of Object.values(body)) if (isObject(member) && 'id' in member) return member;
  return body;
}

/** `startedAt` as `started_at`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A copy of an object with other member names; the members named in `keep` stay. */
export function renamed(
  object: JsonObject,
  rename: (name: string) => string,
  keep: readonly string[] = [],
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [keep.includes(name) ? name : rename(name), value]),
  );
}

/** How deep brackets nest in a JSON text, strings left out. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const at = text.charCodeAt(i);
    if (quoted) {
      if (at === 92) i += 1;
      else if (at === 34) quoted = false;
    } else if (at === 34) quoted = true;
    else if (at === 91 || at === 123) deepest = Math.max(deepest, (depth += 1));
    else if (at === 93 || at === 125) depth -= 1;
  }
  return deepest;
}
