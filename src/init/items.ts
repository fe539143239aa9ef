/** Looking into the schemas of a document: which array of an answer holds the items, and what members they have. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import type { ApiDocument } from './api-document.ts';

export interface ListShape {
  /** The member that holds the items; undefined where the answer is the list. */
  readonly member?: string;
  /** The names of the members of an item. */
  readonly members: readonly string[];
}

/** How an answer lists items; undefined where it shows no array of objects. */
export function listShapeOf(document: ApiDocument, schema: unknown): ListShape | undefined {
  const whole = flattened(document, schema);
  const direct = itemMembers(document, whole);
  if (direct !== undefined) return { members: direct };
  for (const [member, value] of Object.entries(propertiesOf(whole))) {
    const members = itemMembers(document, flattened(document, value));
    if (members !== undefined) return { member, members };
  }
  return undefined;
}

function itemMembers(document: ApiDocument, schema: JsonObject): readonly string[] | undefined {
  if (schema['items'] === undefined) return undefined;
  const names = Object.keys(propertiesOf(flattened(document, schema['items'])));
  return names.length === 0 ? undefined : names;
}

/** So long is a name that tells whose a thing is, with some words for people. */
const longestName = 100;

/** The members of a body that may be any text of some length. */
export function freeTextsOf(document: ApiDocument, schema: unknown): readonly string[] {
  return Object.entries(propertiesOf(flattened(document, schema))).flatMap(([name, member]) => {
    const {
      type,
      format,
      pattern,
      enum: values,
      maxLength = longestName,
      readOnly,
    } = flattened(document, member);
    const text = type === 'string' || (Array.isArray(type) && type.includes('string'));
    const free = format === undefined && pattern === undefined && values === undefined && readOnly !== true;
    return text && free && Number(maxLength) >= longestName ? [name] : [];
  });
}

function propertiesOf({ properties }: JsonObject): JsonObject {
  return isJsonObject(properties) ? properties : {};
}

/** A schema with its reference followed and the members of its parts beside its own; of alternatives the first. */
function flattened(document: ApiDocument, schema: unknown, depth = 0): JsonObject {
  if (!isJsonObject(schema) || depth > 8) return {};
  const { $ref } = schema;
  if (typeof $ref === 'string') return flattened(document, document.resolve($ref)?.value, depth + 1);
  const parts = [
    ...(Array.isArray(schema['allOf']) ? schema['allOf'] : []),
    ...['oneOf', 'anyOf'].flatMap((word) => (Array.isArray(schema[word]) ? schema[word].slice(0, 1) : [])),
  ].map((part) => flattened(document, part, depth + 1));
  return parts.reduce<JsonObject>(
    (all, part) => ({ ...part, ...all, properties: { ...propertiesOf(part), ...propertiesOf(all) } }),
    schema,
  );
}
