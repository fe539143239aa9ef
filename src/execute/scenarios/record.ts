/** Comparing what was sent with what comes back, where member names and wrappers are left open. */
import { holdsText, isId, isObject, memberAt, sameJson, spellings, valuesOf } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import type { JsonValue } from '../../plan/types.ts';

/**
 * Whether a member of a body holds what was sent: `absent` where no member of that name is shown. Texts must be
 * equal; of objects and lists every text inside must be shown, since a target may add to them.
 */
export function shows(body: unknown, name: string, sent: JsonValue): 'yes' | 'no' | 'absent' {
  const values = valuesOf(body, name);
  if (values.length === 0) return 'absent';
  if (typeof sent !== 'object' || sent === null)
    return values.some((value) => sameJson(value, sent)) ? 'yes' : 'no';
  return leaves(sent).every((leaf) => values.some((value) => holdsText(value, leaf))) ? 'yes' : 'no';
}

function leaves(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(leaves);
  return isObject(value) ? Object.values(value as Record<string, JsonValue>).flatMap(leaves) : [];
}

/** The version that a body shows, in the record or beside it; undefined where it shows none. */
export function versionIn(body: unknown, resource: Resource): unknown {
  return resource.version === undefined ? undefined : valuesOf(body, resource.version)[0];
}

const wrappers = ['data', 'record', 'item', 'result'];

/**
 * The ids that a body gives itself: `id` of the record (bare, or wrapped under the name of the resource), and the
 * members named after the resource. Empty where it gives none.
 */
export function ownIds(body: unknown, resource: Resource): readonly string[] {
  const word = resource.id.replaceAll('-', '_');
  const names = spellings(word);
  const places = ['id', ...[...names, ...wrappers].map((name) => `${name}.id`)];
  const named = names.flatMap((name) => [`${name}Id`, `${name}_id`]);
  const wrapped = [...names, ...wrappers].flatMap((wrapper) => named.map((name) => `${wrapper}.${name}`));
  return [...new Set([...places, ...named, ...wrapped].map((path) => memberAt(body, path)).filter(isId))];
}
