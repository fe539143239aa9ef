/** A schema of OpenAPI 3.0 or 3.1 as JSON Schema 2020-12, which accepts the same values, or more where it cannot be said. */
import addFormatsModule from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';

export type Converted = JsonObject | boolean;

export type SchemaUse = 'request' | 'answer';
export type Mark = 'readOnly' | 'writeOnly';

export interface Conversion {
  readonly version: '3.0' | '3.1';
  /** What it describes: a request has no readOnly members, and an answer needs no writeOnly ones. */
  readonly use: SchemaUse;
  /** Whether a member is marked so, also behind a reference. */
  readonly isMarked: (member: unknown, mark: Mark) => boolean;
  /** The `$ref` that takes the place of one of the document; undefined where that leads outside. */
  readonly rewrite: (reference: string) => string | undefined;
  /** Told of what is left out, in words. */
  readonly lose: (what: string) => void;
}

const formats: ReadonlySet<string> = new Set(
  Object.keys(addFormatsModule.default(new Ajv2020({ logger: false })).formats),
);

/** Keywords that are taken over as they are. */
const plain = [
  'title',
  'description',
  'const',
  'default',
  'multipleOf',
  'maximum',
  'minimum',
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxContains',
  'minContains',
  'maxProperties',
  'minProperties',
  'dependentRequired',
  'readOnly',
  'writeOnly',
  'deprecated',
  'x-resource',
  'x-reference',
];
const one = [
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const many = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['$defs', 'dependentSchemas', 'patternProperties', 'properties'];

/** A schema and all that is in it. Anything that is no schema at all accepts every value. */
export function convertSchema(schema: unknown, conversion: Conversion): Converted {
  if (typeof schema === 'boolean') return schema;
  if (!isJsonObject(schema)) return true;
  const { $ref } = schema;
  if (typeof $ref !== 'string') return converted(schema, conversion);
  const reference = conversion.rewrite($ref);
  if (reference === undefined) {
    conversion.lose(`references to other documents (${$ref.split('#')[0] ?? ''})`);
    return true;
  }
  if (conversion.version === '3.0') return { $ref: reference };
  const { $ref: _, ...beside } = schema;
  return { $ref: reference, ...converted(beside, conversion) };
}

function converted(schema: JsonObject, conversion: Conversion): JsonObject {
  const result: Record<string, unknown> = {};
  const inner = (value: unknown): Converted => convertSchema(value, conversion);
  const { isMarked } = conversion;
  for (const keyword of plain) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  for (const keyword of one) if (schema[keyword] !== undefined) result[keyword] = inner(schema[keyword]);
  for (const keyword of many) {
    const parts = schema[keyword];
    if (Array.isArray(parts) && parts.length > 0) result[keyword] = parts.map(inner);
  }
  for (const keyword of maps) {
    const members = schema[keyword];
    if (!isJsonObject(members)) continue;
    const kept = Object.entries(members).filter(
      ([, value]) => keyword !== 'properties' || conversion.use !== 'request' || !isMarked(value, 'readOnly'),
    );
    result[keyword] = Object.fromEntries(kept.map(([name, value]) => [name, inner(value)]));
  }
  const required = requiredIn(schema, conversion);
  if (required.length > 0) result['required'] = required;
  Object.assign(result, examplesOf(schema), limitsOf(schema), textsOf(schema, conversion));
  return withNull(result, schema, conversion);
}

/**
 * What is required of the use at hand (OpenAPI 3.0 and 3.1, "Schema Object"): readOnly counts for answers alone,
 * writeOnly for requests alone.
 */
function requiredIn({ required, properties }: JsonObject, { use, isMarked }: Conversion): readonly unknown[] {
  if (!Array.isArray(required)) return [];
  const members = isJsonObject(properties) ? properties : {};
  const other: Mark = use === 'request' ? 'readOnly' : 'writeOnly';
  return [...new Set(required)].filter((name) => !isMarked(members[String(name)], other));
}

function examplesOf({ example, examples }: JsonObject): JsonObject {
  if (Array.isArray(examples) && examples.length > 0) return { examples };
  return example === undefined ? {} : { examples: [example] };
}

function limit(name: string, bound: unknown, exclusive: unknown): JsonObject {
  if (typeof exclusive === 'number') return { [name]: exclusive };
  return exclusive === true && typeof bound === 'number' ? { [name]: bound } : {};
}

/** In 3.0 an exclusive bound is a flag beside the bound. */
function limitsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonObject): JsonObject {
  return {
    ...limit('exclusiveMinimum', minimum, exclusiveMinimum),
    ...limit('exclusiveMaximum', maximum, exclusiveMaximum),
  };
}

/** Formats that nothing checks and patterns that are none here are left out: the schema then accepts more. */
function textsOf({ format, pattern }: JsonObject, { lose }: Conversion): JsonObject {
  const known = typeof format === 'string' && formats.has(format);
  if (typeof format === 'string' && !known) lose(`the format "${format}"`);
  const usable = typeof pattern === 'string' && isPattern(pattern);
  if (pattern !== undefined && !usable) lose(`the pattern ${JSON.stringify(pattern)}`);
  return { ...(known ? { format } : {}), ...(usable ? { pattern } : {}) };
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Type and enum, with the null of 3.0, which is a flag there. */
function withNull(result: Record<string, unknown>, schema: JsonObject, { version }: Conversion): JsonObject {
  const { type, enum: values, nullable } = schema;
  const takesNull = version === '3.0' && nullable === true;
  if (Array.isArray(values) && values.length > 0)
    result['enum'] = [...new Set(takesNull ? [...values, null] : values)];
  if (type === undefined) {
    const combined = ['allOf', 'anyOf', 'oneOf', '$ref'].some((keyword) => keyword in result);
    return takesNull && combined ? { anyOf: [result, { type: 'null' }] } : result;
  }
  const types = (Array.isArray(type) ? type : [type]).filter((name: unknown) => isType(name));
  if (types.length === 0) return result;
  const all = takesNull && !types.includes('null') ? [...types, 'null'] : types;
  if (takesNull && ['allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in result))
    return { anyOf: [{ ...result, type }, { type: 'null' }] };
  return { ...result, type: all.length === 1 ? all[0] : all };
}

function isType(name: unknown): boolean {
  return ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'].includes(String(name));
}
