import { bodyRules } from './check.ts';
import type { Exchange, Reply } from './exchange.ts';
import type { Obj } from './model.ts';
import { operations, type Operation } from './operations.ts';

const parameters: Readonly<Record<string, readonly string[]>> = {
  listSources: ['category', 'categorySlug'],
  listWorkflows: ['category', 'categorySlug'],
  listRuns: ['range', 'workflowId', 'status', 'classification', 'search', 'page', 'pageSize', 'sort'],
  overview: ['range'],
  listTopics: ['range', 'sort', 'limit'],
  listSearches: ['range', 'limit'],
  listSessions: ['range', 'intent', 'limit'],
};

function schemaOf(type: string): Obj {
  if (type === 'strings') return { type: 'array', items: { type: 'string' } };
  if (type === 'objects') return { type: 'array', items: { type: 'object' } };
  return type === 'any' ? {} : { type };
}

function bodyOf(name: string): Obj {
  const rules = Object.entries(bodyRules[name] ?? {});
  const required = rules.filter(([, rule]) => rule.required).map(([member]) => member);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(rules.map(([member, rule]) => [member, schemaOf(rule.type)])),
    ...(required.length > 0 ? { required } : {}),
  };
  return { requestBody: { content: { 'application/json': { schema } } } };
}

function describe(operation: Operation): Obj {
  const inPath = operation.path.includes('{id}')
    ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
    : [];
  const inQuery = (parameters[operation.name] ?? []).map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  return {
    operationId: operation.name,
    parameters: [...inPath, ...inQuery],
    ...(operation.body ? bodyOf(operation.name) : {}),
    responses: {
      [operation.success]: {
        description: 'Done',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      401: { description: 'No valid key' },
    },
  };
}

/** Builds the OpenAPI document. */
export function openapiDocument(x: Exchange): Obj {
  const prefixed = x.site.dialect.document === 'prefixed';
  const paths: Record<string, Obj> = {};
  for (const operation of operations) {
    if (operation.name === 'openapi' && !prefixed) continue;
    const path = `${prefixed ? '/api/armature/v1' : ''}${operation.path}`;
    const security = operation.name === 'openapi' ? [] : [{ bearerAuth: [] }];
    const placed = (paths[path] ??= {});
    placed[operation.method.toLowerCase()] = { ...describe(operation), ...(prefixed ? { security } : {}) };
  }
  return {
    openapi: prefixed ? '3.0.0' : '3.0.3',
    info: { title: 'Armature REST API', version: '1' },
    servers: [{ url: prefixed ? '/' : '/api/armature/v1' }],
    ...(prefixed ? {} : { security: [{ bearerAuth: [] }] }),
    paths,
    components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } } },
  };
}

/** `GET /openapi` */
export function readDocument(x: Exchange): Reply {
  const document = openapiDocument(x);
  const shown = x.site.hooks.record === undefined ? document : x.site.hooks.record(x, 'openapi', document, 0);
  return { status: 200, body: shown };
}
