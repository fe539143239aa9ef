/** Looking into request schemas: references followed, the members with what the documentation says of them. */
import type { Contract, JsonSchema } from '../contract/types.ts';
import { isObject } from '../check/members.ts';

/** What of the contract is looked into. */
type Schemas = Pick<Contract, 'schemas'>;

export interface SchemaMember {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** Follows `$ref` (relative to a file of the contract) until a schema says something itself. */
export function resolveSchema(
  contract: Schemas,
  file: string,
  schema: JsonSchema,
): { file: string; schema: JsonSchema } {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return { file, schema };
  const [refFile = '', pointer = ''] = ref.split('#');
  const target = refFile === '' ? file : refFile;
  let at: unknown = contract.schemas[target];
  for (const part of pointer.split('/').slice(1)) {
    at = isObject(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  if (!isObject(at)) throw new Error(`${file}: the $ref ${ref} leads nowhere`);
  const resolved = resolveSchema(contract, target, at);
  const { $ref: _, ...own } = schema;
  return { file: resolved.file, schema: { ...resolved.schema, ...own } };
}

/** The schema document of a file with its own references followed. */
export function rootSchema(contract: Schemas, file: string): { file: string; schema: JsonSchema } {
  const document = contract.schemas[file];
  if (document === undefined) throw new Error(`The contract holds no schema ${file}`);
  return resolveSchema(contract, file, document);
}

/** The form of a request: of a schema that is put together from parts, all parts in one; of alternatives the first. */
export function wholeSchema(contract: Schemas, file: string): { file: string; schema: JsonSchema } {
  const root = rootSchema(contract, file);
  return { file: root.file, schema: putTogether(contract, root.file, root.schema, 0) };
}

function putTogether(contract: Schemas, file: string, given: JsonSchema, depth: number): JsonSchema {
  const { file: own, schema } = resolveSchema(contract, file, given);
  const { allOf, oneOf, anyOf } = schema;
  const alternatives: readonly unknown[] = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : [];
  const parts = [...(Array.isArray(allOf) ? allOf : []), ...alternatives.slice(0, 1)].filter(isObject);
  if (parts.length === 0 || depth > 8) return schema;
  const all = [...parts.map((part) => putTogether(contract, own, part, depth + 1)), schema];
  const required = all.flatMap((part) => (Array.isArray(part['required']) ? part['required'] : []));
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map((part) => part['properties'] ?? {})),
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
  };
}

/** The members of an object schema, each with its own schema resolved. */
export function membersOf(contract: Schemas, file: string, schema: JsonSchema): readonly SchemaMember[] {
  const properties = schema['properties'];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    schema: isObject(property) ? resolveSchema(contract, file, property).schema : {},
    required: required.includes(name),
  }));
}

/** The JSON types that a schema documents; empty where it leaves the type open. */
export function typesOf(schema: JsonSchema): readonly string[] {
  const type = schema['type'];
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one): one is string => typeof one === 'string');
  const values = schema['enum'];
  if (Array.isArray(values))
    return [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))];
  return [];
}
