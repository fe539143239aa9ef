import { pointerSteps } from './json-pointer.ts';
import { isJsonObject } from './json-object.ts';
import type { JsonObject } from './json-object.ts';
import { parseReference, resolveReference } from './schema-reference.ts';
import type { JsonSchema } from './types.ts';
import { walkSchema } from './walk-schema.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;

/** Keywords that OpenAPI 3.0.3 takes over unchanged (section "Schema Object"). */
const kept = [
  'title',
  'description',
  'multipleOf',
  'maximum',
  'minimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
  'enum',
  'format',
  'default',
  'readOnly',
  'writeOnly',
  'deprecated',
];

/** Keywords that constrain and that 3.0 has no word for: without them a schema accepts more. */
const lost = new Set([
  '$anchor',
  '$dynamicRef',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxContains',
  'minContains',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/**
 * The schemas of a contract as `components.schemas` of an OpenAPI 3.0 document: one component a file, and one for
 * each of its `$defs`. What 3.0 cannot say is left out such that a component accepts all that the schema accepts.
 */
export function toComponents(schemas: Schemas): Record<string, JsonObject> {
  const components = Object.entries(schemas).flatMap(([file, schema]) => {
    const definitions = isJsonObject(schema['$defs']) ? Object.entries(schema['$defs']) : [];
    return [
      [componentName(file), convert(schema, file, schemas)] as const,
      ...definitions.map(
        ([name, definition]) =>
          [`${componentName(file)}.${name}`, convert(definition, file, schemas)] as const,
      ),
    ];
  });
  return Object.fromEntries(components);
}

/** A reference to the component that a schema file becomes. */
export function componentReference(file: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${componentName(file)}` };
}

function componentName(file: string): string {
  return file.replace(/\.schema\.json$/, '').replaceAll(/[^A-Za-z0-9._-]/g, '_');
}

function convert(schema: unknown, file: string, schemas: Schemas): JsonObject {
  if (schema === false) return { not: {} };
  if (!isJsonObject(schema)) return {};
  const inner = (value: unknown): JsonObject => convert(value, file, schemas);
  const { $ref, type, not, oneOf, anyOf, allOf, items, required, examples } = schema;
  const types = typeList(type);
  const result: Record<string, unknown> = {};
  for (const keyword of kept) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  if (Object.hasOwn(schema, 'const')) result['enum'] = [schema['const']];
  if (Array.isArray(examples) && examples.length > 0) result['example'] = examples[0];
  if (Array.isArray(required) && required.length > 0) result['required'] = required;
  if (isJsonObject(schema['properties'])) {
    result['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, member]) => [name, inner(member)]),
    );
  }
  // In 3.0 an array names its items.
  if (items !== undefined || type === 'array') result['items'] = inner(items ?? true);
  Object.assign(result, bounds(schema), membersBeside(schema, inner));
  if (not !== undefined && isExact(not, file, schemas)) result['not'] = inner(not);
  if (Array.isArray(anyOf)) result['anyOf'] = anyOf.map(inner);
  if (Array.isArray(oneOf)) {
    // Alternatives that accept more than they did may overlap, and oneOf would refuse what fits two.
    const exclusive = oneOf.every((part: unknown) => isExact(part, file, schemas));
    if (exclusive) result['oneOf'] = oneOf.map(inner);
    else if (result['anyOf'] === undefined) result['anyOf'] = oneOf.map(inner);
  }
  const all = [
    ...(typeof $ref === 'string' ? [{ $ref: referenceToComponent($ref, file) }] : []),
    ...(Array.isArray(allOf) ? allOf.map(inner) : []),
  ];
  Object.assign(result, typeWords(types, result['anyOf'] !== undefined, all));
  const onlyReference = typeof $ref === 'string' && all.length === 1 && Object.keys(result).length === 0;
  if (onlyReference) return all[0] ?? {};
  // In 3.0 the neighbours of a $ref are ignored, hence the allOf around it.
  return all.length === 0 ? result : { ...result, allOf: all };
}

function typeList(type: unknown): readonly unknown[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? type : [type];
}

/**
 * Type and null in the words of 3.0, which has one type a schema and no type for null. Several types become an
 * `anyOf`, or one more part of `all` where the schema has an `anyOf` of its own.
 */
function typeWords(types: readonly unknown[], hasAnyOf: boolean, all: JsonObject[]): JsonObject {
  const others = types.filter((type) => type !== 'null');
  const nullable = others.length < types.length ? { nullable: true } : {};
  if (others.length === 0) return types.length === 0 ? {} : { enum: [null] };
  if (others.length === 1) return { type: others[0], ...nullable };
  const alternatives = others.map((type) => ({
    type,
    ...nullable,
    ...(type === 'array' ? { items: {} } : {}),
  }));
  if (!hasAnyOf) return { anyOf: alternatives };
  all.push({ anyOf: alternatives });
  return {};
}

/** In 3.0 an exclusive bound is a bound with a flag. */
function bounds(schema: JsonSchema): JsonObject {
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  return {
    ...(typeof exclusiveMinimum === 'number' ? { minimum: exclusiveMinimum, exclusiveMinimum: true } : {}),
    ...(typeof exclusiveMaximum === 'number' ? { maximum: exclusiveMaximum, exclusiveMaximum: true } : {}),
  };
}

/** Without `patternProperties`, which 3.0 lacks, `additionalProperties` would refuse the members that they allow. */
function membersBeside(schema: JsonSchema, inner: (value: unknown) => JsonObject): JsonObject {
  const additional = schema['additionalProperties'];
  if (additional === undefined || schema['patternProperties'] !== undefined) return {};
  return { additionalProperties: typeof additional === 'boolean' ? additional : inner(additional) };
}

function referenceToComponent(reference: string, from: string): string {
  const { file, fragment } = parseReference(reference, from);
  const steps = pointerSteps(fragment);
  const inDefinition = steps[0] === '$defs' && steps[1] !== undefined;
  const name = inDefinition ? `${componentName(file)}.${steps[1]}` : componentName(file);
  const rest = (inDefinition ? steps.slice(2) : steps)
    .map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return `#/components/schemas/${name}${rest}`;
}

/** True where 3.0 can say all that a schema says, through its references too. */
function isExact(schema: unknown, file: string, schemas: Schemas, seen: readonly string[] = []): boolean {
  if (!isJsonObject(schema)) return true;
  return walkSchema(schema).every(({ schema: part }) => {
    if (Object.keys(part).some((keyword) => lost.has(keyword))) return false;
    const reference = part['$ref'];
    if (typeof reference !== 'string' || seen.includes(`${file} ${reference}`)) return true;
    const target = parseReference(reference, file);
    return isExact(resolveReference(target, schemas), target.file, schemas, [
      ...seen,
      `${file} ${reference}`,
    ]);
  });
}
