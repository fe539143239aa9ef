/** What a run says of answers that are easily misjudged. */
import { expect, test } from 'vitest';
import { endsOf, initOf, runOf, serve, wordsOf } from './run-document.ts';

const paths = (schemas: Readonly<Record<string, string>>): string =>
  `openapi: 3.1.0\ninfo: { title: Judged, version: '1' }\npaths:\n${Object.entries(schemas)
    .map(
      ([name, schema]) =>
        `  /${name}: { get: { operationId: ${name}, responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } } }\n`,
    )
    .join('')}`;

/** The documented answers of a read: one JSON schema, and a 404. */
const found = (schema: string): string =>
  `'200': { description: x, content: { application/json: { schema: ${schema} } } }, '404': { description: none }`;

/** A run of operations without parameters, each with a schema and a body. */
async function judged(
  operations: Readonly<Record<string, readonly [schema: string, body: string]>>,
): Promise<Awaited<ReturnType<typeof runOf>>> {
  const { baseUrl } = await serve(({ path }) => ({
    status: 200,
    body: operations[path.slice(1)]?.[1] ?? '0',
  }));
  const made = await initOf({
    'openapi.yaml': paths(
      Object.fromEntries(Object.entries(operations).map(([name, [schema]]) => [name, schema])),
    ),
  });
  return runOf({ made, baseUrl });
}

test('what every object inherits is no member of a body', async () => {
  const results = await judged({
    good: [
      '{ type: object, properties: { constructor: { type: string }, toString: { type: string } } }',
      '{"id":1}',
    ],
    bad: ['{ type: object, required: [constructor] }', '{"id":1}'],
  });
  expect(endsOf(results, 'good')).toBe('passed');
  expect(endsOf(results, 'bad')).toBe('failed');
  expect(wordsOf(results, 'bad')[0]).toContain('lacks the member "constructor"');
});

test('prices in whole cents are multiples of 0.01, and numbers beyond a double are not accused', async () => {
  const results = await judged({
    good: [
      '{ type: array, items: { type: number, multipleOf: 0.01 } }',
      '[19.99, 143.48, 1.11, 0, 123456789.12]',
    ],
    bad: ['{ type: array, items: { type: number, multipleOf: 0.01 } }', '[19.999]'],
    long: ['{ type: array, items: { type: integer, multipleOf: 5 } }', '[9007199254740995]'],
  });
  expect(endsOf(results, 'good')).toBe('passed');
  expect(endsOf(results, 'bad')).toBe('failed');
  expect(endsOf(results, 'long')).toBe('passed');
});

test('a pattern that takes time without end leaves its case open, and the others judged', async () => {
  const body = JSON.stringify({ name: `${'a'.repeat(48)}!` });
  const results = await judged({
    a: [`{ type: object, properties: { name: { type: string, pattern: '^([a-z]+)+$' } } }`, body],
    b: ['{ type: object }', body],
  });
  expect(endsOf(results, 'a')).toBe('inconclusive');
  expect(endsOf(results, 'b')).toBe('passed');
  expect(results.cases.find(({ operation }) => operation === 'a')?.reason).toMatch(
    /the pattern \^\(\[a-z\]\+\)\+\$ of a\.response\.schema\.json could not be held/,
  );
});

test('an id beyond what a double holds is asked for as it was listed', async () => {
  const id = '9007199254740993';
  const { baseUrl, asked } = await serve(({ path }) =>
    path === '/things'
      ? { status: 200, body: `[{"id":${id}}]` }
      : { status: path === `/things/${id}` ? 200 : 404, body: `{"id":${id}}` },
  );
  const thing = '{ type: object, required: [id], properties: { id: { type: integer } } }';
  const made = await initOf({
    'openapi.yaml': `openapi: 3.0.3
info: { title: Long, version: '1' }
paths:
  /things: { get: { operationId: list, responses: { ${found(`{ type: array, items: ${thing} }`)} } } }
  /things/{id}:
    get:
      operationId: read
      parameters: [{ in: path, name: id, required: true, schema: { type: integer } }]
      responses: { ${found(thing)} }
`,
  });
  const results = await runOf({ made, baseUrl });
  expect(asked.map(({ path }) => path)).toContain(`/things/${id}`);
  expect(endsOf(results, 'read')).toBe('passed');
});

test('a broken rule is told in words of its own', async () => {
  const results = await judged({
    several: ['{ oneOf: [{ type: integer }, { type: number }] }', '1'],
    none: [
      '{ oneOf: [{ title: Cat, type: object, required: [lives] }, { title: Dog, type: object, required: [bark] }] }',
      '{}',
    ],
    short: ['{ type: string, minLength: 5 }', '"abc"'],
    twice: ['{ type: array, items: {}, uniqueItems: true }', '[{"a":1,"b":2},3,{"b":2,"a":1}]'],
    form: [`{ type: string, pattern: '^[A-Z]+$' }`, '"abc"'],
    more: ['{ type: object, additionalProperties: false }', '{"x":1}'],
  });
  const told = (name: string): string => wordsOf(results, name)[0] ?? '';
  expect(told('several')).toContain('fits 2 of the 2 forms (form 1 (integer) and form 2 (number))');
  expect(told('none')).toContain(
    'fits none of the 2 forms (form 1 (Cat): the body lacks the member "lives"; form 2 (Dog): the body lacks the member "bark")',
  );
  expect(told('short')).toContain('must be a text of at least 5 characters');
  expect(told('twice')).toContain('has the items 0 and 2 alike');
  expect(told('form')).toContain('does not match the pattern ^[A-Z]+$');
  expect(told('more')).toContain('has the member "x", which the schema does not take');
});
