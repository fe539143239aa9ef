import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAjv } from '../../src/contract/ajv.ts';
import { atPointer } from '../../src/contract/json-pointer.ts';
import { loadContract } from '../../src/contract/load.ts';
import { toComponents } from '../../src/contract/openapi-schema.ts';
import { toOpenapi } from '../../src/contract/openapi.ts';
import type { JsonObject } from '../../src/contract/json-object.ts';
import type { Contract, JsonSchema } from '../../src/contract/types.ts';

let contract: Contract;
let document: JsonObject;

beforeAll(async () => {
  contract = await loadContract();
  document = toOpenapi(contract, { serverUrl: 'http://127.0.0.1:8080/api/armature/v1' });
});

/** A validator of components; `nullable`, the word of OpenAPI 3.0, is one that Ajv knows. */
function componentAjv(schemas: Readonly<Record<string, JsonSchema>>): Ajv {
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
  addFormatsModule.default(ajv);
  ajv.addSchema({ components: { schemas: toComponents(schemas) } }, 'document');
  return ajv;
}

function validateComponent(ajv: Ajv, name: string, body: unknown): boolean {
  return ajv.validate({ $ref: `document#/components/schemas/${name}` }, body);
}

function operationOf({ paths }: JsonObject, path: string, method: string): unknown {
  return atPointer(paths, `/${path.replaceAll('/', '~1')}/${method}`);
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.0', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.0');
  });

  test('is made of the contract, and leaves it as it is', async () => {
    const again = toOpenapi(await loadContract(), { serverUrl: 'http://127.0.0.1:8080/api/armature/v1' });
    expect(again).toEqual(document);
    expect(contract).toEqual(await loadContract());
  });

  test('covers every operation, with a key but where none is needed', () => {
    for (const { id, method, path, keyless } of contract.operations) {
      expect(document).toHaveProperty(['paths', path, method.toLowerCase(), 'operationId'], id);
      const operation = Object(operationOf(document, path, method.toLowerCase()));
      expect(Object.hasOwn(operation, 'security')).toBe(keyless);
    }
    expect(document).toMatchObject({ security: [{ bearerAuth: [] }] });
  });

  test('says who may do what', () => {
    expect(operationOf(document, '/workflows', 'post')).toMatchObject({
      'x-roles': ['editor', 'admin', 'owner'],
      'x-effect': 'create',
      responses: { 201: {}, 400: {}, 401: { 'x-codes': ['unauthenticated'] }, 403: {} },
    });
  });

  test('tells errors with one status in one response', () => {
    expect(operationOf(document, '/insights/topics/{topicId}', 'patch')).toMatchObject({
      responses: { 403: { 'x-codes': ['forbidden_role', 'feature_disabled'] } },
    });
  });

  test('has query parameters with their values and defaults', () => {
    expect(operationOf(document, '/runs', 'get')).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({
          name: 'range',
          schema: { type: 'string', enum: ['24h', '7d', '30d'], default: '24h' },
        }),
        expect.objectContaining({ name: 'pageSize', schema: { type: 'integer' } }),
      ]),
    });
  });
});

const row = { id: 'x', name: 'n', transport_type: 'sse', base_url: null, categories: [] };
const session = {
  id: 's',
  session_key: 'k',
  raw_intent: null,
  mcp_server_id: null,
  event_count: 0,
  ok_count: 0,
};

const bodies: [component: string, body: unknown][] = [
  ['error', { error: { code: 'c', message: 'm', details: null } }],
  ['id', 'abc'],
  ['id', ''],
  ['insights.overview.response', { a: null }],
  ['insights.session-trace.response', { events: [{ metadata: { tool_name: null } }] }],
  ['insights.session-trace.response', { events: [{}] }],
  ['insights.sessions.response', { sessions: [{ ...session, error_count: 1, actor_id: null }] }],
  ['insights.sessions.response', { sessions: [session] }],
  ['list.response', []],
  ['list.response', [{ id: 1 }]],
  ['list.response', { rows: [], next: null }],
  ['list.response', { rows: null }],
  ['mcp-servers.list.response', { rows: [{ ...row, base_url: 'https://a.example' }] }],
  ['mcp-servers.list.response', { rows: [{ ...row, transport_type: 'stdio_hosted' }] }],
  ['mcp-servers.list.response', { rows: [{ id: 'x' }] }],
  ['ok.response', { ok: true }],
  ['ok.response', { ok: false }],
  ['org.response', { organization: { id: 'o', slug: 's', name: 'n' }, actor: {} }],
  ['run.dispatch.response', { run: { id: 'r' } }],
  ['run.dispatch.response', { runId: '' }],
  ['run.evaluation.response', []],
  ['run.evaluation.response', {}],
  ['run.evaluation.response', null],
  ['run.response', { run: { status: 'pass' }, other: 1 }],
  ['run.response', { run: {} }],
  ['workflow.response', { workflow: { currentVersion: 3, schedule: null } }],
  ['workflow.response', { currentVersion: { n: 1 }, schedule: {} }],
  ['workflow.response', { currentVersion: null, schedule: {} }],
  ['workflow.create.request', { name: 'n', mcpServerId: 'm', testerPrompt: 'p' }],
  ['workflow.create.request', { name: 'n', mcpServerId: 1, testerPrompt: 'p' }],
  ['workflow.create.request', { name: 'n' }],
  ['workflow.update.request', { schedule: null, testerModelIds: ['a'] }],
  ['workflow.update.request', { name: 3 }],
  ['workflow.update.response', { currentVersion: 2 }],
];

describe('the components', () => {
  let schemaAjv: ReturnType<typeof createAjv>;
  let ajv: Ajv;

  beforeAll(() => {
    schemaAjv = createAjv(contract.schemas);
    ajv = componentAjv(contract.schemas);
  });

  test.for(bodies)('%s takes %j as its schema does', ([name, body]) => {
    const accepted = schemaAjv.validate(`${name}.schema.json`, body);
    expect(validateComponent(ajv, name, body)).toBe(accepted);
  });

  test.for([
    [{ properties: { a: {} }, unevaluatedProperties: false }, { a: 1 }],
    [{ type: 'object', patternProperties: { '^x': {} }, additionalProperties: false }, { xy: 1 }],
    [{ not: { type: 'array', contains: { const: 1 } } }, [2]],
    [{ not: { $ref: '#/$defs/a' }, $defs: { a: { type: 'array', contains: { const: 1 } } } }, [2]],
    [
      {
        oneOf: [
          { type: 'array', contains: { const: 1 } },
          { type: 'array', maxItems: 1 },
        ],
      },
      [2],
    ],
    [{ type: ['string', 'array', 'null'], maxLength: 3 }, null],
    [{ const: null }, null],
    [{ type: 'null' }, null],
    [{ properties: { $ref: { type: 'string' } } }, { $ref: 'text' }],
    [{ $ref: '#/$defs/a', minLength: 2, $defs: { a: { type: 'string' } } }, 'ab'],
    [{ properties: { a: false } }, {}],
    [{ type: ['string', 'integer'], anyOf: [{ minimum: 2 }, { maxLength: 2 }] }, 'ab'],
  ] as const)('of %j still takes %j', ([schema, body]) => {
    const schemas = { 'a.schema.json': { $id: 'a.schema.json', ...schema } };
    expect(createAjv(schemas, { trusted: true }).validate('a.schema.json', body)).toBe(true);
    expect(validateComponent(componentAjv(schemas), 'a', body)).toBe(true);
  });

  test('say an exclusive bound as OpenAPI 3.0 does', () => {
    expect(toComponents({ 'a.schema.json': { exclusiveMinimum: 1, exclusiveMaximum: 3 } })).toEqual({
      a: { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true },
    });
  });
});
