import type { JsonObject } from './data/model.ts';
import { objectOf } from './data/json.ts';
import type { Dialect } from './dialects/dialect.ts';
import { toOpenapi } from '../src/contract/openapi.ts';
import type { Contract } from '../src/contract/types.ts';

/**
 * The OpenAPI document of a deployment, written in the way of its dialect.
 *
 * @param baseUrl where the API stands, base path included.
 */
export function documentOf(contract: Contract, dialect: Dialect, baseUrl: string): JsonObject {
  const { version, server, security } = dialect.document;
  const document: JsonObject = { ...toOpenapi(contract, { serverUrl: baseUrl }), openapi: version };
  const secured = security === 'once' ? document : securedEach(document);
  const { origin, pathname } = new URL(baseUrl);
  switch (server) {
    case 'absolute':
      return secured;
    case 'relative':
      return { ...secured, servers: [{ url: pathname }] };
    case 'in-paths':
      return { ...secured, servers: [{ url: origin }], paths: below(pathname, objectOf(secured['paths'])) };
  }
}

function below(prefix: string, paths: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [`${prefix}${path}`, item]));
}

/** The scheme is named by each operation instead of once for all. */
function securedEach({ security, ...document }: JsonObject): JsonObject {
  const paths = Object.entries(objectOf(document['paths'])).map(([path, item]) => {
    const operations = Object.entries(objectOf(item)).map(([method, operation]) => [
      method,
      { security, ...objectOf(operation) },
    ]);
    return [path, Object.fromEntries(operations)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
