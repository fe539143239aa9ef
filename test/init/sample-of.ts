/** A value that keeps a schema of an OpenAPI document: the required members, and what tells an item by. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject } from '../../src/contract/json-object.ts';
import type { ApiDocument } from '../../src/init/api-document.ts';

const texts: readonly string[] = [
  'abc',
  'a',
  '1',
  'A1',
  '2026-01-01',
  '2026-01',
  '#a1b2c3',
  'v1.0.0',
  'a-b_c.d',
  'https://example.com/a',
  'user@example.com',
  'example.com',
  'owner/name',
  '/a',
  'a.b.example.com',
  'refs/heads/a',
  'SHA256:abc',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
  'abcdef0123456789abcdef0123456789abcdef01',
];

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  uri: 'https://example.com/a',
  url: 'https://example.com/a',
  'uri-reference': '/a',
  'uri-template': 'https://example.com/{a}',
  uuid: '7f1de29e-6da1-4d22-b51c-68001e7e0e54',
  email: 'user@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'YQ==',
  duration: 'P1D',
};

type Check = (value: unknown) => boolean;

/** How many alternatives are tried before the first is taken. */
const mostAlternatives = 12;

/** Makes samples of one document; texts and numbers that stand for ids are each their own. */
export function createSampler(document: ApiDocument): (schema: unknown) => unknown {
  let counter = 0;
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, validateFormats: false });
  ajv.addSchema({ ...document.root, $id: 'document' });
  const checks = new Map<unknown, Check>();

  const compiled = (schema: JsonObject): Check => {
    try {
      const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/');
      return ajv.compile(JSON.parse(text) as JsonObject);
    } catch {
      // The first alternative will do where ajv cannot tell.
      return () => true;
    }
  };

  /** Whether a value keeps a schema of the document, as ajv reads it. */
  const keeps = (schema: JsonObject, value: unknown): boolean => {
    const check = checks.get(schema) ?? compiled(schema);
    checks.set(schema, check);
    return check(value);
  };

  const sample = (given: unknown, depth: number): unknown => {
    const schema = follow(document, given);
    const parts = [schema['oneOf'], schema['anyOf'], schema['allOf']].some((list) => Array.isArray(list));
    const attempts = parts ? mostAlternatives : 0;
    for (let place = 0; place < attempts; place += 1) {
      const value = sampleOf(whole(document, schema, 0, place), depth);
      if (keeps(schema, value)) return value;
    }
    return sampleOf(whole(document, schema), depth);
  };

  const sampleOf = (schema: JsonObject, depth: number): unknown => {
    if ('const' in schema) return schema['const'];
    const values = schema['enum'];
    if (Array.isArray(values)) return values.find((value) => value !== null) ?? null;
    switch (typeOf(schema)) {
      case 'object':
        return object(schema, depth);
      case 'array':
        return array(schema, depth);
      case 'string':
        return text(schema);
      case 'integer':
      case 'number':
        return number(schema);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return {};
    }
  };

  const object = (schema: JsonObject, depth: number): JsonObject => {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    const members = new Map<string, unknown>();
    for (const [name, property] of Object.entries(properties)) {
      const shown = depth < 3 && !/object/.test(typeOf(whole(document, property)) ?? 'object');
      if (required.includes(name) || (shown && depth < 3)) members.set(name, sample(property, depth + 1));
    }
    for (const name of required)
      if (!members.has(name))
        members.set(name, sample(schema['additionalProperties'] ?? { type: 'string' }, depth + 1));
    return Object.fromEntries(members);
  };

  const array = (schema: JsonObject, depth: number): readonly unknown[] => {
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
    const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
    const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : 2;
    const count = Math.max(
      least - prefix.length,
      depth < 2 && schema['items'] !== undefined ? Math.min(2, most) : 0,
    );
    return [...prefix, ...Array.from({ length: count }, () => schema['items'] ?? {})].map((item) =>
      sample(item, depth + 1),
    );
  };

  const text = (schema: JsonObject): string => {
    const { format, pattern, minLength = 0, maxLength = 200 } = schema;
    const fixed = typeof format === 'string' ? formats[format] : undefined;
    const fits = (one: string): boolean =>
      one.length >= Number(minLength) &&
      one.length <= Number(maxLength) &&
      (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(one));
    counter += 1;
    const own = `t${counter}`.padEnd(Number(minLength), 'x');
    return [fixed, own, ...texts].find((one) => one !== undefined && fits(one)) ?? own;
  };

  const number = (schema: JsonObject): number => {
    counter += 1;
    const least = Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 1);
    const most = Number(schema['maximum'] ?? schema['exclusiveMaximum'] ?? Number.MAX_SAFE_INTEGER);
    const value = Math.max(least + (schema['exclusiveMinimum'] === undefined ? 0 : 1), 100_000 + counter);
    return value <= most ? value : Math.max(least, 0) <= most ? Math.max(least, 0) : most;
  };

  return (schema) => sample(schema, 0);
}

/** What a reference leads to; a schema without one itself. */
function follow(document: ApiDocument, schema: unknown): JsonObject {
  if (!isJsonObject(schema)) return {};
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  const target = document.resolve($ref)?.value;
  return isJsonObject(target) ? target : {};
}

/** A schema with its reference and its parts put together; of alternatives the first. */
function whole(document: ApiDocument, schema: unknown, depth = 0, place = 0): JsonObject {
  if (!isJsonObject(schema) || depth > 20) return {};
  const { $ref, allOf, oneOf, anyOf, ...own } = schema;
  const alternatives = (
    Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : []
  ) as readonly unknown[];
  const usable = alternatives.filter((one) => whole(document, one, depth + 1)['type'] !== 'null');
  const chosen = usable.slice(place % Math.max(usable.length, 1)).slice(0, 1);
  const parts = [
    ...(typeof $ref === 'string' ? [document.resolve($ref)?.value] : []),
    ...(Array.isArray(allOf) ? (allOf as unknown[]) : []),
    ...chosen,
  ].map((part) => whole(document, part, depth + 1, place));
  return [...parts, own].reduce<JsonObject>(
    (all, part) => ({
      ...all,
      ...part,
      ...(all['properties'] !== undefined || part['properties'] !== undefined
        ? { properties: { ...(all['properties'] as object), ...(part['properties'] as object) } }
        : {}),
      ...(Array.isArray(all['required']) || Array.isArray(part['required'])
        ? { required: [...((all['required'] ?? []) as string[]), ...((part['required'] ?? []) as string[])] }
        : {}),
    }),
    {},
  );
}

function typeOf(schema: JsonObject): string | undefined {
  const type = schema['type'];
  if (Array.isArray(type)) return type.map(String).find((one) => one !== 'null') ?? 'null';
  if (typeof type === 'string') return type;
  if (schema['properties'] !== undefined || schema['additionalProperties'] !== undefined) return 'object';
  return schema['items'] === undefined ? undefined : 'array';
}
