/** Bodies that the documentation makes invalid, one rule broken at a time, derived from the request schemas. */
import type { Contract, JsonSchema, Operation } from '../contract/types.ts';
import { isObject } from '../check/members.ts';
import { membersOf, resolveSchema, rootSchema, typesOf } from './schema-view.ts';
import type { BodyPlan, JsonValue } from './types.ts';
import type { JsonRecord } from './valid-body.ts';

export interface InvalidBody {
  /** Stable, path-like: `name/missing`, `testerModelIds/0/number`. */
  readonly id: string;
  readonly title: string;
  readonly body: BodyPlan;
}

/** Values of each JSON type, those among them that careless code takes for nothing or for another type. */
const wrongValues: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  string: { string: 'text', 'string-true': 'true', 'string-digits': '1', 'string-empty': '' },
  number: { number: 42, 'number-zero': 0 },
  boolean: { boolean: true, 'boolean-false': false },
  array: { array: [], 'array-filled': ['text'] },
  object: { object: {}, 'object-filled': { text: 'text' } },
};

const notUris: Readonly<Record<string, string>> = {
  words: 'not a uri',
  'no-scheme': '://nowhere',
  'space-in-host': 'http://exa mple.com/x y',
};

/**
 * Every documented way to break the body of an operation: a required member missing or null, a member of another
 * type at every depth, a value outside an enum, a text that is no URI, a body that is no object or no JSON.
 * What the documentation leaves open (null for an optional member, unknown members, empty texts) is not among them.
 * @param valid a body that the operation takes; each invalid one differs from it in one place
 */
export function invalidBodies(
  contract: Contract,
  operation: Operation,
  valid: JsonRecord,
): readonly InvalidBody[] {
  if (operation.request === undefined) return [];
  const root = rootSchema(contract, operation.request);
  // A body that is no object is invalid only where the schema has no other form.
  const wholes = typesOf(root.schema).join() === 'object' ? notObjects(valid) : [];
  const seen = new Set<string>();
  return [
    ...requiredBroken(root.schema, valid),
    ...memberBreaks(contract, root.file, root.schema).map(({ id, title, member, value }) => ({
      id,
      title,
      body: json({ ...valid, [member]: value }),
    })),
    ...breaksInOtherBodies(contract, root.file, root.schema, valid),
    ...wholes,
    ...notJson(valid),
  ].filter(({ id }) => !seen.has(id) && seen.add(id).size > 0);
}

/** What stands for a member in an id. What is wrong with the whole body has the word `body`. */
function idPart(name: string): string {
  return name === 'body' ? '.body' : name;
}

/**
 * A value outside an enum or a text that is no URI, in every other kind of body: with each other documented value of
 * the other members, and with what is required alone.
 */
function breaksInOtherBodies(
  contract: Contract,
  file: string,
  schema: JsonSchema,
  valid: JsonRecord,
): readonly InvalidBody[] {
  const members = membersOf(contract, file, schema);
  const least = Object.fromEntries(
    members.flatMap(({ name, required }) => (required ? [[name, valid[name] ?? '']] : [])),
  );
  const others = members.flatMap(({ name, schema: { enum: values } }) =>
    (Array.isArray(values) ? values : []).map((value: JsonValue) => ({ name, value })),
  );
  return memberBreaks(contract, file, schema)
    .filter(({ id }) => /\/not-[^/]*$/.test(id))
    .flatMap(({ id, title, member, value }) => [
      { id: `${id}/alone`, title: `${title} and nothing else`, body: json({ ...least, [member]: value }) },
      ...others
        .filter(({ name, value: other }) => name !== member && valid[name] !== other)
        .map(({ name, value: other }) => ({
          id: `${id}/${name}-${JSON.stringify(other).replaceAll('"', '')}`,
          title: `${title} and ${name} ${JSON.stringify(other)}`,
          body: json({ ...valid, [name]: other, [member]: value }),
        })),
    ]);
}

function requiredBroken(schema: JsonSchema, valid: JsonRecord): readonly InvalidBody[] {
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  return required.flatMap((name) => {
    const { [name]: _, ...rest } = valid;
    return [
      { id: `${idPart(name)}/missing`, title: `without the required member "${name}"`, body: json(rest) },
      {
        id: `${idPart(name)}/null`,
        title: `with null for the required member "${name}"`,
        body: json({ ...valid, [name]: null }),
      },
    ];
  });
}

function json(value: JsonValue): BodyPlan {
  return { kind: 'json', value };
}

interface MemberBreak {
  readonly id: string;
  readonly title: string;
  readonly member: string;
  readonly value: JsonValue;
}

function memberBreaks(contract: Contract, file: string, schema: JsonSchema): readonly MemberBreak[] {
  return membersOf(contract, file, schema).flatMap(({ name, schema: member }) =>
    valueBreaks(contract, file, member).map(({ at, why, value }) => ({
      id: [idPart(name), ...at].join('/'),
      title: `with ${why} at "${[name, ...at.slice(0, -1)].join('/')}"`,
      member: name,
      value,
    })),
  );
}

interface ValueBreak {
  readonly at: readonly string[];
  readonly why: string;
  readonly value: JsonValue;
}

function valueBreaks(contract: Contract, file: string, schema: JsonSchema): readonly ValueBreak[] {
  const types = typesOf(schema);
  const wrong = types.length === 0 ? [] : Object.entries(wrongValues).filter(([type]) => !takes(types, type));
  return [
    ...wrong.flatMap(([, values]) =>
      Object.entries(values).map(([id, value]) => ({
        at: [id],
        why: `${JSON.stringify(value)} where ${types.join(' or ')} is documented`,
        value,
      })),
    ),
    ...notInEnum(schema),
    ...(schema['format'] === 'uri'
      ? Object.entries(notUris).map(([id, value]) => ({
          at: [`not-a-uri-${id}`],
          why: 'a text that is no URI',
          value,
        }))
      : []),
    ...nestedBreaks(contract, file, schema, types),
  ];
}

/** A text outside an enum, and one of its values in another case. */
function notInEnum(schema: JsonSchema): readonly ValueBreak[] {
  const values: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0) return [];
  const why = 'a value outside the documented ones';
  const upper = texts.map((text) => text.toUpperCase()).find((text) => !texts.includes(text));
  return [
    { at: ['not-in-enum'], why, value: 'not-a-documented-value' },
    ...(upper === undefined ? [] : [{ at: ['not-in-enum-upper-case'], why, value: upper }]),
  ];
}

function takes(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'number' && types.includes('integer'));
}

function nestedBreaks(
  contract: Contract,
  file: string,
  schema: JsonSchema,
  types: readonly string[],
): readonly ValueBreak[] {
  const items = schema['items'];
  const inItems =
    types.includes('array') && isObject(items)
      ? valueBreaks(contract, file, items).flatMap(({ at, why, value }) => [
          { at: ['0', ...at], why, value: [value] },
          // Behind an item that is as documented: a target may look at the first one alone.
          ...itemsLike(contract, file, items).map((good) => ({
            at: ['1', ...at],
            why,
            value: [good, value],
          })),
        ])
      : [];
  const inMembers = types.includes('object')
    ? memberBreaks(contract, file, schema).map(({ id, title, member, value }) => ({
        at: id.split('/'),
        why: title.replace(/^with /, '').replace(/ at ".*"$/, ''),
        value: { [member]: value },
      }))
    : [];
  return [...inItems, ...inMembers];
}

/** An item that the schema of the items takes; none where that cannot be told from the schema alone. */
function itemsLike(contract: Contract, file: string, items: JsonSchema): readonly JsonValue[] {
  const [type] = typesOf(resolveSchema(contract, file, items).schema);
  return type === 'string' ? ['text'] : type === 'object' ? [{}] : [];
}

function notObjects(valid: JsonRecord): readonly InvalidBody[] {
  const bodies: readonly (readonly [id: string, words: string, value: JsonValue])[] = [
    ['array', 'an array', []],
    ['array-of-it', 'an array that holds a valid one', [valid]],
    ['string', 'a string', 'text'],
    ['number', 'a number', 42],
    ['boolean', 'a boolean', true],
    ['null', 'null', null],
  ];
  return bodies.map(([id, words, value]) => ({
    id: `body/${id}`,
    title: `with ${words} as its body`,
    body: json(value),
  }));
}

function notJson(valid: JsonRecord): readonly InvalidBody[] {
  const whole = JSON.stringify(valid);
  const texts: Readonly<Record<string, string>> = {
    truncated: whole.length > 2 ? whole.slice(0, -1) : '{"',
    words: 'this is not JSON',
    'single-quotes': `{'name': 'x'}`,
    'trailing-comma': '{"name":"x",}',
    'text-behind': `${whole} x`,
  };
  return Object.entries(texts).map(([id, text]) => ({
    id: `body/not-json-${id}`,
    title: `with a body that is no JSON (${id})`,
    body: { kind: 'text' as const, text, contentType: 'application/json' },
  }));
}
