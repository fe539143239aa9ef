/** Bodies that the contract allows, from the request schemas: believable, and the same for the same seed. */
import { faker } from '@faker-js/faker/locale/en';
import { createHash } from 'node:crypto';
import type { Contract, JsonSchema, Operation, Resource } from '../contract/types.ts';
import { isObject } from '../check/members.ts';
import { asJson } from './json.ts';
import { membersOf, wholeSchema, typesOf, type SchemaMember } from './schema-view.ts';
import type { JsonValue } from './types.ts';

export type JsonRecord = { readonly [member: string]: JsonValue };

/** The resource whose create, update or dispatch an operation is; undefined for another operation. */
export function resourceWritten(contract: Contract, operation: Operation): Resource | undefined {
  return Object.values(contract.resources).find(
    (resource) =>
      resource.create === operation.id ||
      resource.update === operation.id ||
      resource.archive === operation.id,
  );
}

/** Seeds the generator from the seed of the run and a text, so that each body depends on nothing else. */
function seedFor(seed: number, salt: string): void {
  faker.seed(createHash('sha256').update(`${seed}/${salt}`).digest().readUInt32BE(0));
}

/**
 * A body that the operation must take. A create holds what is required and what the schema gives examples of; an
 * update changes one text (or is the resource's unchanging body); the texts of a dispatch bear a marker.
 * @param salt makes the body of one case differ from another's
 */
export function validBody(contract: Contract, operation: Operation, seed: number, salt: string): JsonRecord {
  const resource = resourceWritten(contract, operation);
  if (operation.effect === 'update') {
    if (resource?.unchanging !== undefined) return asRecord(resource.unchanging);
    // Only a PATCH sends a part (RFC 5789): a PUT replaces, and what a POST does needs all that it asks for.
    if (operation.method === 'PATCH') return updateBody(contract, operation, resource, seed, salt);
  }
  seedFor(seed, salt);
  const body = Object.fromEntries(
    requestMembers(contract, operation)
      .filter(
        ({ schema, required }) => required || (isExemplified(schema) && typesOf(schema)[0] !== 'object'),
      )
      .map((member) => [member.name, exampleValue(member.name, member.schema, resource)]),
  );
  return operation.effect === 'dispatch' ? marked(contract, operation, body) : body;
}

/** What is queued has no name: its texts tell whose it is, and two dispatches with the same ones may be one. */
function marked(contract: Contract, operation: Operation, body: JsonRecord): JsonRecord {
  const texts = freeTexts(contract, operation).flatMap(({ name }) =>
    typeof body[name] === 'string' ? [[name, `${body[name]} {{marker}}`] as const] : [],
  );
  return { ...body, ...Object.fromEntries(texts) };
}

/** A body with what is required and nothing else. */
export function leastBody(contract: Contract, operation: Operation, seed: number, salt: string): JsonRecord {
  const required = new Set(
    requestMembers(contract, operation).flatMap(({ name, required: is }) => (is ? [name] : [])),
  );
  const valid = validBody(contract, operation, seed, salt);
  return Object.fromEntries(Object.entries(valid).filter(([name]) => required.has(name)));
}

/**
 * The same body with other documented values: each member that has an enum takes the value at this place of it,
 * counted round.
 */
export function withValuesAt(
  contract: Contract,
  operation: Operation,
  body: JsonRecord,
  place: number,
): JsonRecord {
  const values = requestMembers(contract, operation).flatMap(({ name, schema: { enum: all } }) =>
    name in body && Array.isArray(all) && all.length > 0
      ? [[name, asJson(all[place % all.length])] as const]
      : [],
  );
  return { ...body, ...Object.fromEntries(values) };
}

/** A value of the documented type for a member, whatever it means; undefined where the type is left open. */
export function anyValue({ name, schema }: SchemaMember): JsonValue | undefined {
  if (schema['x-resource'] !== undefined || typesOf(schema).length === 0) return undefined;
  if (typesOf(schema)[0] === 'boolean') return true;
  return exampleValue(name, schema, undefined);
}

/** A body with every member that can be made up without knowing the target: the free objects are left empty. */
export function fullBody(contract: Contract, operation: Operation, seed: number, salt: string): JsonRecord {
  const resource = resourceWritten(contract, operation);
  seedFor(seed, salt);
  return Object.fromEntries(
    requestMembers(contract, operation)
      .filter(
        ({ name, schema }) =>
          schema['x-reference'] !== true && name !== resource?.schedule && !isFlag(schema),
      )
      .map((member) => [member.name, exampleValue(member.name, member.schema, resource)]),
  );
}

/** The members of the request of an operation; none where it takes no body. */
export function requestMembers(contract: Contract, operation: Operation): readonly SchemaMember[] {
  if (operation.request === undefined) return [];
  const { file, schema } = wholeSchema(contract, operation.request);
  return membersOf(contract, file, schema);
}

/** The text members of an update that may be changed freely: no ids, no enums, no formats. */
export function freeTexts(contract: Contract, operation: Operation): readonly SchemaMember[] {
  return requestMembers(contract, operation).filter(
    ({ schema }) =>
      typesOf(schema).join() === 'string' &&
      schema['x-resource'] === undefined &&
      schema['x-reference'] === undefined &&
      schema['enum'] === undefined &&
      schema['format'] === undefined,
  );
}

/** The members of an object as JSON. */
export function asRecord(object: Readonly<Record<string, unknown>>): JsonRecord {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, asJson(value)]));
}

function updateBody(
  contract: Contract,
  operation: Operation,
  resource: Resource | undefined,
  seed: number,
  salt: string,
): JsonRecord {
  const texts = freeTexts(contract, operation);
  const text = texts.find(({ name }) => name !== resource?.name) ?? texts[0];
  if (text === undefined) return {};
  seedFor(seed, salt);
  return { [text.name]: `{{marker}} ${faker.lorem.sentence()}` };
}

function isExemplified(schema: JsonSchema): boolean {
  return Array.isArray(schema['examples']) || schema['default'] !== undefined;
}

function isFlag(schema: JsonSchema): boolean {
  return typesOf(schema).join() === 'boolean';
}

function exampleValue(name: string, schema: JsonSchema, resource: Resource | undefined): JsonValue {
  if (resource?.name === name) return `conformance {{marker}} ${faker.commerce.productName()}`;
  if (typeof schema['x-resource'] === 'string') return `{{listed:${schema['x-resource']}}}`;
  const examples = schema['examples'];
  if (Array.isArray(examples) && examples.length > 0) return asJson(faker.helpers.arrayElement(examples));
  const enumerated = schema['enum'];
  if (Array.isArray(enumerated)) return asJson(enumerated[0]);
  switch (typesOf(schema)[0]) {
    case 'string':
      return exampleText(schema);
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return exampleNumber(schema);
    case 'array':
      return [];
    case 'object':
      return requiredObject(schema, resource);
    default:
      return null;
  }
}

/** A text of the format, and of the length that the schema asks for. */
function exampleText({ format, minLength, maxLength }: JsonSchema): string {
  switch (format) {
    case 'email':
      return faker.internet.email();
    case 'uuid':
      return faker.string.uuid();
    case 'date':
      return '2026-01-01';
    case 'date-time':
      return '2026-01-01T00:00:00Z';
    case 'hostname':
      return faker.internet.domainName();
    case 'ipv4':
      return '192.0.2.1';
    case 'uri':
    case 'url':
      return 'https://example.com/conformance';
    default: {
      const text = faker.lorem.sentence();
      const whole = typeof minLength === 'number' ? text.padEnd(minLength, 'x') : text;
      return typeof maxLength === 'number' ? whole.slice(0, maxLength) : whole;
    }
  }
}

function exampleNumber({ minimum, maximum }: JsonSchema): number {
  const least = typeof minimum === 'number' ? Math.ceil(minimum) : 1;
  const most = typeof maximum === 'number' ? Math.floor(maximum) : Math.max(least, 9);
  return faker.number.int({ min: Math.min(least, most), max: most });
}

function requiredObject(schema: JsonSchema, resource: Resource | undefined): JsonValue {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      required.includes(name) && isObject(property) ? [[name, exampleValue(name, property, resource)]] : [],
    ),
  );
}
