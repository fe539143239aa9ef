import type { JsonValue } from './types.ts';

/** A value that came from JSON or YAML, as JSON of its own: what is changed in it changes nothing elsewhere. */
export function asJson(value: unknown): JsonValue {
  const copy: JsonValue = JSON.parse(JSON.stringify(value ?? null));
  return copy;
}
