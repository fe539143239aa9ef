import { objectOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Defect, Hooks } from './defect.ts';
import { answers, bodies, inner, must, omit, should, successStatus } from './hooking.ts';

const serving: readonly Defect[] = [
  must(
    'document-needs-key',
    'document-valid',
    'getOpenapi',
    'The document needs a key.',
    answers('getOpenapi', (answer, call) =>
      call.authorization.length === 0
        ? {
            status: 401,
            headers: { 'www-authenticate': 'Bearer' },
            body: { error: { code: 'unauthenticated', message: 'A key is needed.' } },
          }
        : answer,
    ),
  ),
  must(
    'document-refuses-bad-key',
    'document-valid',
    'getOpenapi',
    'The document is refused to who sends a bad key.',
    answers('getOpenapi', (answer, call, { keys }) => {
      const key = call.authorization[0]?.replace(/^bearer +/i, '');
      const isGood = key === undefined || keys.find(key)?.revoked === false;
      return isGood
        ? answer
        : {
            status: 401,
            headers: { 'www-authenticate': 'Bearer' },
            body: { error: { code: 'unauthenticated', message: 'A bad key.' } },
          };
    }),
  ),
  must(
    'document-202',
    'getOpenapi/success',
    'getOpenapi',
    'The document is 202.',
    successStatus('getOpenapi', 202),
  ),
  must(
    'document-swagger',
    'getOpenapi/success',
    'getOpenapi',
    'The document is of Swagger 2.',
    changing((document) => ({ swagger: '2.0', ...omit(document, 'openapi') })),
  ),
  must(
    'document-31',
    'getOpenapi/success',
    'getOpenapi',
    'The document is of OpenAPI 3.1.',
    changing((document) => ({ ...document, openapi: '3.1.0' })),
  ),
];

const content: readonly Defect[] = [
  must(
    'document-without-info',
    'document-valid',
    'getOpenapi',
    'The document has no title.',
    changing((document) => ({ ...document, info: {} })),
  ),
  must(
    'document-bad-responses',
    'document-valid',
    'getOpenapi',
    'An operation has no responses.',
    changing((document) => onOperation(document, '/org', 'get', (operation) => omit(operation, 'responses'))),
  ),
  must(
    'document-dangling-reference',
    'document-valid',
    'getOpenapi',
    'A parameter has no schema.',
    changing((document) =>
      onOperation(document, '/runs', 'get', (operation) => ({
        ...operation,
        parameters: [{ name: 'range', in: 'nowhere' }],
      })),
    ),
  ),
  must(
    'document-lacks-path',
    'document-complete',
    'getOpenapi',
    'The document lacks the tool calls.',
    changing((document) => ({
      ...document,
      paths: omitWhere(inner(document, 'paths'), (path) => path.endsWith('/tool-calls')),
    })),
  ),
  must(
    'document-lacks-method',
    'document-complete',
    'getOpenapi',
    'The document lacks the archive of a workflow.',
    changing((document) =>
      onPath(
        document,
        (path) => /\/workflows\/\{[^}]+\}$/.test(path),
        (item) => omit(item, 'delete'),
      ),
    ),
  ),
  must(
    'document-lacks-insights',
    'document-complete',
    'getOpenapi',
    'The document lacks insights.',
    changing((document) => ({
      ...document,
      paths: omitWhere(inner(document, 'paths'), (path) => path.includes('/insights/')),
    })),
  ),
  must(
    'document-no-scheme',
    'document-security',
    'getOpenapi',
    'The document has no security scheme.',
    changing((document) => ({
      ...document,
      components: omit(inner(document, 'components'), 'securitySchemes'),
    })),
  ),
  must(
    'document-other-scheme',
    'document-security',
    'getOpenapi',
    'The scheme is called apiKey and is one in a header.',
    changing((document) => ({
      ...document,
      components: {
        ...inner(document, 'components'),
        securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
      },
    })),
  ),
  must(
    'document-open-operation',
    'document-security',
    'getOpenapi',
    'One operation needs no security.',
    changing((document) =>
      onOperation(document, '/workflows', 'post', (operation) => ({ ...operation, security: [] })),
    ),
  ),
  should(
    'document-names-more',
    'document-no-more',
    'getOpenapi',
    'The document names an operation that is none of the contract.',
    changing((document) => ({
      ...document,
      paths: {
        ...inner(document, 'paths'),
        '/billing': {
          get: { security: [{ bearerAuth: [] }], responses: { 200: { description: 'Invoices' } } },
        },
      },
    })),
  ),
  should(
    'document-names-delete',
    'document-no-more',
    'getOpenapi',
    'The document names the deletion of a source.',
    changing((document) =>
      onPath(
        document,
        (path) => /\/mcp-servers\/\{[^}]+\}$/.test(path),
        (item) => ({ ...item, delete: item['get'] }),
      ),
    ),
  ),
  should(
    'document-not-true',
    'document-true',
    'getOpenapi',
    'The document promises a member that is not sent.',
    changing((document) =>
      onOperation(document, '/org', 'get', (operation) => ({
        ...operation,
        responses: {
          200: {
            description: 'The organization',
            content: { 'application/json': { schema: { type: 'object', required: ['billing'] } } },
          },
        },
      })),
    ),
  ),
  should(
    'document-number-for-text',
    'document-true',
    'getOpenapi',
    'The document promises a number where a text is sent.',
    changing((document) =>
      onOperation(document, '/runs', 'get', (operation) => ({
        ...operation,
        responses: {
          200: {
            description: 'Runs',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { total: { type: 'string' }, rows: { type: 'object' } },
                },
              },
            },
          },
        },
      })),
    ),
  ),
];

/** Defects of the OpenAPI document. */
export const documentDefects: readonly Defect[] = [...serving, ...content];

function changing(change: (document: JsonObject) => JsonObject): () => Hooks {
  return bodies('getOpenapi', change);
}

function omitWhere(record: JsonObject, when: (name: string) => boolean): JsonObject {
  return omit(record, ...Object.keys(record).filter(when));
}

function onPath(
  document: JsonObject,
  isPath: (path: string) => boolean,
  change: (item: JsonObject) => JsonObject,
): JsonObject {
  const paths = Object.entries(inner(document, 'paths')).map(([path, item]) => [
    path,
    isPath(path) ? change(objectOf(item)) : item,
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}

function onOperation(
  document: JsonObject,
  end: string,
  method: string,
  change: (operation: JsonObject) => JsonObject,
): JsonObject {
  return onPath(
    document,
    (path) => path.endsWith(end),
    (item) => (item[method] === undefined ? item : { ...item, [method]: change(inner(item, method)) }),
  );
}
