import type { Call } from '../call.ts';
import type { Json, JsonObject } from '../json.ts';
import { renamed, snake } from '../json.ts';
import type { Settings } from '../settings.ts';

/** A moment in the dialect's notation. */
export function stamp(settings: Settings, at: number | null): Json {
  if (at === null) return null;
  if (settings.times === 'epoch') return at;
  const iso = new Date(at).toISOString();
  return settings.times === 'offset' ? iso.replace('Z', '+00:00') : iso;
}

/** An object with the dialect's member names. */
export function cased(settings: Settings, object: JsonObject, keep: readonly string[] = []): JsonObject {
  return settings.names === 'snake' ? renamed(object, snake, keep) : object;
}

/** An object without its null members, where the dialect leaves such out; the members in `keep` stay. */
export function trimmed(settings: Settings, object: JsonObject, keep: readonly string[] = []): JsonObject {
  if (settings.empties === 'null') return object;
  return Object.fromEntries(
    Object.entries(object).filter(([name, value]) => value !== null || keep.includes(name)),
  );
}

/** An object with members that no documentation names, where the dialect has such. */
export function adorned(settings: Settings, object: JsonObject): JsonObject {
  if (!settings.extras) return object;
  return {
    __typename: 'Node',
    _rev: '7-β',
    flags: ['a', 'ß'],
    nothing: null,
    nested: { deep: [{ x: 1.5e-7 }] },
    ...object,
  };
}

/** A list in the dialect's envelope. */
export function listed(call: Call, name: keyof Settings['lists'], rows: Json[], about?: JsonObject): Json {
  const member = call.settings.lists[name];
  if (member === '') return rows;
  const extra: JsonObject = call.settings.extras ? { object: 'list', self: { href: '/' }, next: null } : {};
  return { ...extra, [member]: rows, ...about };
}

/** A record in the dialect's wrapping, with what stands beside it. */
export function wrapped(
  call: Call,
  name: keyof Settings['wraps'],
  record: JsonObject,
  beside: JsonObject = {},
): JsonObject {
  const member = call.settings.wraps[name];
  if (member === '') return { ...record, ...beside };
  return { ...(call.settings.extras ? { object: name, meta: { v: 1 } } : {}), [member]: record, ...beside };
}
