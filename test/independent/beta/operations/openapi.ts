import type { Call, Operation, Reply } from '../call.ts';
import { reply } from '../call.ts';
import type { Member, Shape } from '../checks/shape.ts';
import type { JsonObject } from '../json.ts';

const parameters: Readonly<Record<string, readonly string[]>> = {
  'sources.list': ['category', 'categorySlug'],
  'workflows.list': ['category', 'categorySlug'],
  'runs.list': ['range', 'workflowId', 'status', 'classification', 'search', 'page', 'pageSize', 'sort'],
  'insights.overview': ['range'],
  'topics.list': ['range', 'sort', 'limit'],
  'searches.list': ['range', 'limit'],
  'sessions.list': ['range', 'intent', 'limit'],
};

function memberSchema(member: Member): JsonObject {
  if (member.type === 'any') return {};
  const schema: JsonObject = { type: member.type };
  if (member.nullable === true) schema['nullable'] = true;
  if (member.choices) schema['enum'] = [...member.choices];
  if (member.uri === true) schema['format'] = 'uri';
  if (member.type === 'array') schema['items'] = member.items ? memberSchema(member.items) : {};
  if (member.members) schema['properties'] = shapeProperties(member.members);
  return schema;
}

function shapeProperties(shape: Shape): JsonObject {
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, memberSchema(member)]));
}

function bodySchema(shape: Shape): JsonObject {
  const required = Object.keys(shape).filter((name) => shape[name]?.required === true);
  const schema: JsonObject = { type: 'object', properties: shapeProperties(shape) };
  return required.length > 0 ? { ...schema, required } : schema;
}

const success: Readonly<Record<string, string>> = {
  'sources.create': '201',
  'workflows.create': '201',
  'workflows.dispatch': '202',
};

function describe(operation: Operation, perOperation: boolean): JsonObject {
  const counts = ['page', 'pageSize', 'limit'];
  const query = (parameters[operation.name] ?? []).map((name) => ({
    name,
    in: 'query',
    required: false,
    schema: { type: counts.includes(name) ? 'integer' : 'string' },
  }));
  const described: JsonObject = {
    operationId: operation.name.replace('.', '_'),
    parameters: query,
    responses: {
      [success[operation.name] ?? '200']: {
        description: 'Success',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      default: { description: 'Error', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  };
  if (operation.shape) {
    const content = { 'application/json': { schema: bodySchema(operation.shape) } };
    described['requestBody'] = { required: operation.name !== 'workflows.dispatch', content };
  }
  if (perOperation) described['security'] = [{ bearerAuth: [] }];
  return described;
}

/** `GET /openapi`, for a deployment of the operations. */
export function getOpenapi(call: Call, operations: readonly Operation[]): Reply {
  const { prefixed, perOperation, version } = call.settings.openapi;
  const prefix = prefixed ? '/api/armature/v1' : '';
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    if (operation.name === 'openapi') continue;
    const path = prefix + operation.path;
    const item = paths[path] ?? {};
    paths[path] = item;
    if (operation.path.includes('{id}')) {
      item['parameters'] = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    }
    item[operation.method.toLowerCase()] = describe(operation, perOperation);
  }
  return reply(200, {
    openapi: version,
    info: { title: 'Armature', version: '1.0.0' },
    servers: [{ url: prefixed ? '/' : '/api/armature/v1' }],
    paths,
    components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } } },
    ...(perOperation ? {} : { security: [{ bearerAuth: [] }] }),
  });
}
