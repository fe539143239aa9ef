import type { JsonObject } from './json-object.ts';
import { componentReference, toComponents } from './openapi-schema.ts';
import type { Contract, Operation, Parameter, QueryParameter } from './types.ts';

const bearerAuth = 'bearerAuth';

/**
 * The contract as an OpenAPI 3.0.3 document. Operations that need no key are in it with an empty `security`.
 * `x-roles` lists the roles that are allowed, `x-effect` what an operation may do, `x-codes` the pinned error codes.
 *
 * @param options `serverUrl`: where the API stands, base path included.
 */
export function toOpenapi(contract: Contract, options: { readonly serverUrl: string }): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of contract.operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = toOperation(operation, contract);
  }
  return {
    openapi: '3.0.3',
    info: { title: contract.api.title, version: contract.api.version },
    servers: [{ url: options.serverUrl }],
    tags: [...new Set(contract.operations.map(({ surface }) => surface))].map((name) => ({ name })),
    security: [{ [bearerAuth]: [] }],
    paths,
    components: {
      securitySchemes: {
        [bearerAuth]: {
          type: 'http',
          scheme: 'bearer',
          ...(contract.api.keyPrefix === undefined
            ? {}
            : { bearerFormat: `${contract.api.keyPrefix}_<key-id>_<secret>` }),
        },
      },
      schemas: toComponents(contract.schemas),
    },
  };
}

function toOperation(operation: Operation, contract: Contract): JsonObject {
  return {
    operationId: operation.id,
    tags: [operation.surface],
    summary: operation.summary,
    ...(operation.keyless ? { security: [] } : {}),
    ...(operation.parameters.length > 0 ? { parameters: operation.parameters.map(toParameter) } : {}),
    ...(operation.request === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(operation.request) } }),
    responses: {
      [operation.success.status]: {
        description: operation.summary,
        ...(operation.success.schema === undefined ? {} : { content: jsonContent(operation.success.schema) }),
      },
      ...errorResponses(operation, contract),
    },
    'x-roles': contract.roles.filter((role) => operation.roles[role] === 'allowed'),
    'x-effect': operation.effect,
  };
}

function jsonContent(schemaFile: string): JsonObject {
  return { 'application/json': { schema: componentReference(schemaFile) } };
}

/** One response a status: documented errors with the same status share it. */
function errorResponses(operation: Operation, contract: Contract): JsonObject {
  const errors = operation.errors.flatMap((id) => contract.errors[id] ?? []);
  return Object.fromEntries(
    [...new Set(errors.map(({ status }) => status))].map((status) => {
      const alike = errors.filter((error) => error.status === status);
      const codes = alike.flatMap(({ code }) => code ?? []);
      const response = {
        description: alike.map(({ about }) => about).join('; '),
        content: jsonContent(contract.errorSchema),
        ...(codes.length > 0 ? { 'x-codes': codes } : {}),
      };
      return [String(status), response];
    }),
  );
}

function toParameter(parameter: Parameter): JsonObject {
  if (parameter.in === 'path') {
    return {
      name: parameter.name,
      in: 'path',
      required: true,
      description: `the id of a ${parameter.resource}`,
      schema: { type: 'string', minLength: 1 },
    };
  }
  return {
    name: parameter.name,
    in: 'query',
    ...(parameter.about === undefined ? {} : { description: parameter.about }),
    ...valueOf(parameter),
  };
}

/** The schema of a query parameter, with the style where it is a list. */
function valueOf({ values, default: fallback, filter }: QueryParameter): JsonObject {
  if (filter?.kind === 'any-of') {
    return { style: 'form', explode: false, schema: { type: 'array', items: { type: 'string' } } };
  }
  if (filter?.kind === 'limit' || filter?.kind === 'page') {
    // The values of a number are examples of what is accepted: other numbers are as good.
    const example = values?.[0] === undefined ? {} : { example: Number(values[0]) };
    return { schema: { type: 'integer', ...example } };
  }
  const choice = values === undefined ? {} : { enum: values };
  return { schema: { type: 'string', ...choice, ...(fallback === undefined ? {} : { default: fallback }) } };
}
