import { isJsonObject } from './json-object.ts';
import type { Path } from './source-text.ts';
import type { JsonSchema } from './types.ts';

/** Keywords whose value is an instance, not a schema. */
const instances = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Keywords whose value is a map of schemas, so that its members are names. */
const schemaMaps = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties']);

export interface VisitedSchema {
  readonly schema: JsonSchema;
  readonly path: Path;
}

/** Every schema object in a schema document, the document itself first. */
export function walkSchema(schema: JsonSchema, path: Path = []): VisitedSchema[] {
  const inside = Object.entries(schema).flatMap(([keyword, value]) => {
    if (instances.has(keyword)) return [];
    return walkValue(value, [...path, keyword], schemaMaps.has(keyword));
  });
  return [{ schema, path }, ...inside];
}

function walkValue(value: unknown, path: Path, isMap: boolean): VisitedSchema[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => walkValue(item, [...path, index], false));
  }
  if (!isJsonObject(value)) return [];
  if (!isMap) return walkSchema(value, path);
  return Object.entries(value).flatMap(([name, member]) => walkValue(member, [...path, name], false));
}
