/** Kinds of documents that are met in public, and servers that keep or break them. */
import { expect, test } from 'vitest';
import { bearerOf, endsOf, initOf, keyOf, lintOf, runOf, serve } from './run-document.ts';

const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const answers = (success: object, more: object = {}): object => ({
  '200': { description: 'fine', ...success },
  '401': { description: 'no key' },
  ...more,
});
const documentOf = (paths: object, components: object = {}): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Public', version: '1' },
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, ...components },
  });
const isKey = (key: string | undefined): boolean => key === keyOf('viewer') || key === keyOf('admin');
const item = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

test('JSON is checked where it is documented, also beside an operation that answers with CSV', async () => {
  const csv = { content: { 'text/csv': { schema: { type: 'string' } } } };
  const made = await initOf({
    'openapi.json': documentOf({
      '/me': { get: { operationId: 'me', responses: answers(json(item)) } },
      '/report': { get: { operationId: 'report', responses: answers(csv) } },
    }),
  });
  const { baseUrl, asked } = await serve((one) => {
    if (!isKey(bearerOf(one))) return { status: 401, body: {} };
    return one.path === '/report'
      ? { status: 200, body: 'a,b', type: 'text/csv' }
      : { status: 200, body: '<html>Sign in</html>', type: 'text/html' };
  });
  const results = await runOf({ made, baseUrl });
  expect(endsOf(results, 'me')).toBe('failed');
  expect(endsOf(results, 'report')).toBe('passed');
  expect(
    asked.some(({ path, headers }) => path === '/report' && headers.accept?.startsWith('text/csv')),
  ).toBe(true);
});

test('a server that lets everybody in breaks a document that tells errors by class alone', async () => {
  const problem = json({ type: 'object', required: ['title'], properties: { title: { type: 'string' } } });
  const refused = { description: 'refused', ...problem };
  const list = json({ type: 'array', items: item });
  const made = await initOf({
    'openapi.json': documentOf({
      '/things': {
        get: { operationId: 'list', responses: { '200': { description: 'all', ...list }, '4XX': refused } },
      },
      '/things/{thingId}': {
        get: {
          operationId: 'read',
          parameters: [{ in: 'path', name: 'thingId', required: true, schema: { type: 'string' } }],
          responses: { '200': { description: 'one', ...json(item) }, default: refused },
        },
      },
    }),
  });
  const { stdout } = await lintOf(made);
  expect(stdout.split('\n').filter((line) => / error  (?!todo)/.test(line))).toEqual([]);
  const open = await serve(({ path }) => ({
    status: 200,
    body: path === '/things' ? [{ id: 'a' }] : { id: 'a' },
  }));
  const broken = await runOf({ made, baseUrl: open.baseUrl });
  expect(endsOf(broken, 'list', 'authentication')).toContain('failed');
  expect(endsOf(broken, 'read', 'not-found')).toBe('failed');
  const kept = await serve((one) => {
    if (!isKey(bearerOf(one))) return { status: 403, body: { title: 'no key' } };
    if (one.path === '/things') return { status: 200, body: [{ id: 'a' }] };
    const there = one.path === '/things/a';
    return { status: there ? 200 : 410, body: there ? { id: 'a' } : { title: 'gone' } };
  });
  const results = await runOf({ made, baseUrl: kept.baseUrl });
  expect(results.cases.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([]);
  expect(endsOf(results, 'read', 'not-found')).toBe('passed');
});

test('media types are asked for and sent as they are documented', async () => {
  const vendor = {
    content: { 'application/vnd.api+json': { schema: { type: 'object', required: ['data'] } } },
  };
  const made = await initOf({
    'openapi.json': documentOf({
      '/things/{thingId}': {
        parameters: [
          { in: 'path', name: 'thingId', required: true, schema: { type: 'string' }, example: 't1' },
        ],
        get: { operationId: 'read', responses: answers(vendor) },
        patch: {
          operationId: 'patch',
          requestBody: {
            required: true,
            content: {
              'application/merge-patch+json': {
                schema: { type: 'object', properties: { name: { type: 'string' } } },
              },
            },
          },
          responses: answers(vendor),
        },
      },
    }),
  });
  const { baseUrl } = await serve((one) => {
    const { accept = '', 'content-type': type = '' } = one.headers;
    if (!isKey(bearerOf(one))) return { status: 401 };
    if (!accept.includes('application/vnd.api+json')) return { status: 406 };
    if (one.method === 'PATCH' && type !== 'application/merge-patch+json') return { status: 415 };
    return { status: 200, body: '{"data":{}}', type: 'application/vnd.api+json' };
  });
  const results = await runOf({ made, baseUrl });
  expect([endsOf(results, 'read'), endsOf(results, 'patch')]).toEqual(['passed', 'passed']);
  expect(results.exitCode).toBe(0);
});

test('a POST that makes nothing that is listed sends all that is required', async () => {
  const quote = {
    type: 'object',
    required: ['amount', 'currency', 'note'],
    properties: {
      amount: { type: 'integer', minimum: 1 },
      currency: { type: 'string', enum: ['EUR', 'USD'] },
      note: { type: 'string' },
    },
  };
  const made = await initOf({
    'openapi.json': documentOf({
      '/quote': {
        post: {
          operationId: 'quote',
          requestBody: { required: true, ...json(quote) },
          responses: answers(json({ type: 'object', required: ['fee'] }), {
            '400': { description: 'not valid' },
          }),
        },
      },
    }),
  });
  const { baseUrl } = await serve((one) => {
    if (!isKey(bearerOf(one))) return { status: 401, body: {} };
    const valid = /^\{"amount":[1-9]\d*,"currency":"(?:EUR|USD)","note":"[^"]*"/.test(one.body);
    return { status: valid ? 200 : 400, body: valid ? { fee: 1 } : {} };
  });
  const results = await runOf({ made, baseUrl });
  expect(endsOf(results, 'quote')).toBe('passed');
  expect(endsOf(results, 'quote', 'authentication')).toContain('passed');
});

test('a slash at the end of a path is a part of it', async () => {
  const made = await initOf({
    'openapi.json': documentOf({
      '/users/': {
        get: { operationId: 'list', responses: answers(json({ type: 'array', items: item })) },
      },
      '/users/{id}/': {
        get: {
          operationId: 'read',
          parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }],
          responses: answers(json(item), { '404': { description: 'none' } }),
        },
      },
    }),
  });
  const { baseUrl } = await serve((one) => {
    if (!one.path.endsWith('/')) return { status: 301, headers: { location: `${one.path}/` } };
    if (!isKey(bearerOf(one))) return { status: 401, body: {} };
    if (one.path === '/users/') return { status: 200, body: [{ id: 'u' }] };
    return { status: one.path === '/users/u/' ? 200 : 404, body: { id: 'u' } };
  });
  const results = await runOf({ made, baseUrl });
  expect([endsOf(results, 'list'), endsOf(results, 'read')]).toEqual(['passed', 'passed']);
});

test('what is sent alone is not required of an answer', async () => {
  const account = {
    type: 'object',
    required: ['name', 'password', 'id'],
    properties: {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      password: { type: 'string', writeOnly: true, example: 'correct-horse' },
    },
  };
  const body = json({ $ref: '#/components/schemas/Account' });
  const made = await initOf({
    'openapi.json': documentOf(
      {
        '/me': { get: { operationId: 'me', responses: answers(body) } },
        '/signup': {
          post: { operationId: 'signup', requestBody: { required: true, ...body }, responses: answers(body) },
        },
      },
      { schemas: { Account: account } },
    ),
  });
  const { baseUrl } = await serve((one) => {
    if (!isKey(bearerOf(one))) return { status: 401, body: {} };
    const valid = one.method === 'GET' || (/"password":/.test(one.body) && !/"id":/.test(one.body));
    return { status: valid ? 200 : 400, body: valid ? { id: 'a', name: 'Ada' } : {} };
  });
  const results = await runOf({ made, baseUrl });
  expect([endsOf(results, 'me'), endsOf(results, 'signup')]).toEqual(['passed', 'passed']);
});

test('the key goes out as the scheme that is used has it', async () => {
  const document = `openapi: 3.0.3
info: { title: Schemes, version: '1' }
security: [{ key: [] }]
x-common: &common
  responses: { '200': { description: fine, content: { application/json: { schema: { type: object } } } } }
  x-old: { $ref: '#/nowhere' }
paths:
  /a: { get: { <<: *common, operationId: a } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key }
    planned: { type: http, scheme: bearer }
`;
  const made = await initOf({ 'openapi.yaml': document });
  expect(made.exitCode).toBe(0);
  const { baseUrl } = await serve(({ headers }) => {
    const known = isKey(headers['x-api-key']?.toString());
    return { status: known ? 200 : 401, body: {} };
  });
  expect(endsOf(await runOf({ made, baseUrl }), 'a')).toBe('passed');
});

test('a document of several files is refused with the places, and what to do', async () => {
  const document = documentOf({ '/users': { $ref: './users.yaml' } });
  const { exitCode, stderr } = await initOf({ 'openapi.json': document, 'users.yaml': '{}' });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/\.\/users\.yaml at \/paths\/\/users/);
  expect(stderr).toContain('Bundle the document');
});
