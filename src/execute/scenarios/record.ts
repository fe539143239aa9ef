/** Comparing what was sent with what comes back, where member names and wrappers are left open. */
import { isId, isObject, memberAt, sameJson, spellings, valuesOf } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import type { JsonValue } from '../../plan/types.ts';

/**
 * Whether a member of a body holds what was sent: `absent` where no member of that name is shown, or one of another
 * kind. A target may add members and items, but what was sent must be there as it was sent.
 */
export function shows(body: unknown, name: string, sent: JsonValue): 'yes' | 'no' | 'absent' {
  const values = valuesOf(body, name).filter(
    (value) => typeof sent !== 'object' || sent === null || sameKind(value, sent),
  );
  if (values.length === 0) return 'absent';
  return values.some((value) => holds(value, sent)) ? 'yes' : 'no';
}

function sameKind(value: unknown, sent: JsonValue): boolean {
  return Array.isArray(sent) ? Array.isArray(value) : isObject(value);
}

/** True where the value is, or has in it, what was sent. Members that are shown under other names do not count. */
function holds(value: unknown, sent: JsonValue): boolean {
  if (Array.isArray(sent)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return (sent as readonly JsonValue[]).every((item) => {
      const alike = items.filter((one) => isObject(one) === isObject(item));
      // Items of another kind than were sent are shown in a way of their own.
      return alike.length === 0 ? items.length > 0 : alike.some((one) => holds(one, item));
    });
  }
  if (!isObject(sent)) return sameJson(value, sent);
  if (!isObject(value)) return false;
  return Object.entries(sent as Record<string, JsonValue>).every(([name, child]) => {
    const shown = spellings(name).filter((spelling) => spelling in value);
    return shown.length === 0 || shown.some((spelling) => holds(value[spelling], child));
  });
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
