/** A server made from an OpenAPI document: it checks key, role and id, and answers with samples of the schemas. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject } from '../../src/contract/json-object.ts';
import type { ApiDocument } from '../../src/init/api-document.ts';
import { createSampler } from './sample-of.ts';

export interface DocumentServer {
  readonly baseUrl: string;
  /** By role. */
  readonly keys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface DocumentServerOptions {
  readonly basePath: string;
  readonly roles: readonly string[];
  /** The header that shows the key, and what stands before it. */
  readonly header?: string;
  readonly scheme?: string;
  readonly allows: (role: string, method: string, path: string) => boolean;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly form: RegExp;
  readonly operation: JsonObject;
}

/** Starts the server on a free port of the loopback interface. */
export async function serveDocument(
  document: ApiDocument,
  options: DocumentServerOptions,
): Promise<DocumentServer> {
  const { basePath, roles, header = 'authorization', scheme = 'Bearer ', allows } = options;
  const keys = Object.fromEntries(roles.map((role) => [role, `key_${role}id_${role}Secret0123456789`]));
  const roleOf = new Map(Object.entries(keys).map(([role, key]) => [`${scheme}${key}`, role]));
  const routes = routesOf(document);
  const sample = createSampler(document);
  const bodies = new Map<Route, unknown>();
  const bodyOf = (route: Route): unknown => {
    if (!bodies.has(route)) bodies.set(route, successOf(document, route.operation, sample));
    return bodies.get(route);
  };
  /** Whether each id of a path is one that the list above it shows, where there is such a list. */
  const exists = (route: Route, path: string): boolean => {
    const values = path.split('/');
    return route.path.split('/').every((segment, index, all) => {
      const list = segment.startsWith('{')
        ? routes.find((one) => one.method === 'GET' && one.path === all.slice(0, index).join('/'))
        : undefined;
      // What the author of a matrix gives is there.
      if (list === undefined || values[index] === 'sample') return true;
      const shown = JSON.stringify(bodyOf(list));
      return (
        !shown.includes('{"') ||
        shown.includes(JSON.stringify(decodeURIComponent(values[index] ?? '')).slice(1, -1))
      );
    });
  };

  const answer = async (request: IncomingMessage): Promise<readonly [number, unknown]> => {
    const method = request.method ?? '';
    const path = new URL(request.url ?? '/', 'http://host').pathname.slice(basePath.length) || '/';
    const text = await textOf(request);
    // A path without parameters is meant before one with them.
    const route = routes.find((one) => one.method === method && one.form.test(path));
    if (route === undefined) return [404, { message: 'no such path' }];
    const security = route.operation['security'] ?? document.root['security'];
    const keyless =
      Array.isArray(security) &&
      (security.length === 0 || security.some((one) => isJsonObject(one) && Object.keys(one).length === 0));
    const role = roleOf.get(request.headers[header]?.toString() ?? '');
    if (!keyless && role === undefined) return [401, { message: 'no valid key' }];
    if (role !== undefined && !allows(role, method, route.path))
      return [403, { message: 'not for this role' }];
    if (!exists(route, path)) return [404, { message: 'no such thing' }];
    if (route.operation['requestBody'] !== undefined && text !== '' && !isObjectText(text))
      return [statusOf(route.operation, ['422', '400']), { message: 'not valid' }];
    return [statusOf(route.operation), bodyOf(route)];
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch(failed)
      .then(([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${basePath}`,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function failed(error: unknown): readonly [number, unknown] {
  return [500, { message: String(error) }];
}

function routesOf(document: ApiDocument): readonly Route[] {
  return Object.entries(document.root['paths'] as JsonObject)
    .flatMap(([path, item]) =>
      Object.entries(item as JsonObject).flatMap(([method, operation]): Route[] =>
        isJsonObject(operation) && operation['responses'] !== undefined
          ? [
              {
                method: method.toUpperCase(),
                path,
                form: new RegExp(
                  `^${path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{[^{}]+\}/g, '[^/]+')}$`,
                ),
                operation,
              },
            ]
          : [],
      ),
    )
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
}

function statusOf({ responses }: JsonObject, among?: readonly string[]): number {
  const codes = Object.keys(responses as JsonObject);
  if (among !== undefined) return Number(among.find((code) => codes.includes(code)) ?? '400');
  return Number(codes.filter((code) => /^2\d\d$/.test(code)).toSorted()[0] ?? '200');
}

/** The sample of the JSON body of the success; undefined where it has none. */
function successOf(
  document: ApiDocument,
  operation: JsonObject,
  sample: (schema: unknown) => unknown,
): unknown {
  const at = (value: unknown): JsonObject => {
    if (!isJsonObject(value)) return {};
    const target = typeof value['$ref'] === 'string' ? document.resolve(value['$ref'])?.value : value;
    return isJsonObject(target) ? target : {};
  };
  const content = at(at(at(operation['responses'])[String(statusOf(operation))])['content']);
  const json = Object.entries(content).find(([media]) => /json/.test(media));
  return json === undefined ? undefined : sample(at(json[1])['schema']);
}

function isObjectText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
