/** The second door: the MCP endpoint, on the official server SDK, which is loaded with the first request. */
import { randomUUID } from 'node:crypto';
import type * as sdkTypes from '@modelcontextprotocol/server';
import { isObject, objectOf, textOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import { authenticate } from '../deployment/authentication.ts';
import type { Arrival } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { Refused } from '../deployment/refusal.ts';
import type { KeyRecord } from '../keys/mint.ts';
import { callTool, getPrompt, McpDenied, mayDo, readResource } from './carry-out.ts';
import { McpFailure } from './failure.ts';
import type { McpArrival, McpCall } from './hooks.ts';
import { listPage } from './lists.ts';
import { resourceAt } from './resources.ts';
import { failedResult, failureCode } from './shapes.ts';
import { toolsOf } from './tools.ts';

type Sdk = typeof sdkTypes;
type Transport = InstanceType<Sdk['WebStandardStreamableHTTPServerTransport']>;

/** Answers a request to the endpoint. */
export type Door = (request: () => Request, arrival: Arrival) => Response | Promise<Response>;

interface Session {
  readonly transport: Transport;
  readonly keyId: string;
}

let sdkOnce: Promise<Sdk> | undefined;

/** The endpoint of a deployment. */
export function createDoor(deployment: Deployment): Door {
  const sessions = new Map<string, Session>();
  const { hooks, dialect } = deployment;
  return (asked, arrival) => {
    const own = keyOf(arrival, deployment);
    // Without a defect to look further, a request without a good key is not looked at any more.
    if (own === undefined && hooks.mcp === undefined) return unauthenticated(dialect.mcp.noKeyBody);
    return enter(asked(), own);
  };

  async function enter(request: Request, own: KeyRecord | undefined): Promise<Response> {
    const text = request.method === 'POST' ? await request.text() : '';
    const message = parsed(text);
    const seen: McpArrival = {
      httpMethod: request.method,
      method: isObject(message) && typeof message['method'] === 'string' ? message['method'] : undefined,
      message,
      headers: request.headers,
    };
    const actor = hooks.mcp?.authenticate === undefined ? own : hooks.mcp.authenticate(seen, own, deployment);
    const respond = async (): Promise<Response> => {
      if (actor === undefined) return unauthenticated(dialect.mcp.noKeyBody);
      sdkOnce ??= import('@modelcontextprotocol/server');
      const sdk = await sdkOnce;
      const early = refusedEarly(message, actor, deployment);
      if (early !== undefined) return early;
      return serve(sdk, sessions, deployment, actor, withBody(request, text), message, text);
    };
    const response = await respond();
    return (await hooks.mcp?.response?.(seen, response)) ?? response;
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function keyOf(arrival: Arrival, deployment: Deployment): KeyRecord | undefined {
  try {
    return authenticate(arrival, deployment);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function unauthenticated(form: Deployment['dialect']['mcp']['noKeyBody']): Response {
  const headers = { 'content-type': 'application/json', 'www-authenticate': 'Bearer' };
  const error = { code: 'unauthenticated', message: 'A key is needed.' };
  switch (form) {
    case 'empty':
      return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
    case 'json-rpc':
      return Response.json(
        { jsonrpc: '2.0', id: null, error: { code: -32001, message: error.message } },
        { status: 401, headers },
      );
    case 'error':
      return Response.json({ error }, { status: 401, headers });
  }
}

function withBody(request: Request, text: string): Request {
  const { method, url, headers } = request;
  return new Request(url, { method, headers, ...(method === 'POST' ? { body: text } : {}) });
}

/** A call below the role, where the deployment refuses it over HTTP. */
function refusedEarly(message: unknown, actor: KeyRecord, deployment: Deployment): Response | undefined {
  if (deployment.dialect.mcp.refusal !== 'http-403' || !isObject(message)) return undefined;
  if (message['method'] !== 'tools/call') return undefined;
  const { name } = objectOf(message['params']);
  const tool = toolsOf(deployment).find((one) => one.name === name);
  if (tool === undefined || mayDo(deployment, tool.operation, actor.role)) return undefined;
  deployment.hooks.mcp?.refused?.(toolCall(objectOf(message['params']), actor, deployment), (call) =>
    tool.run(call.arguments, { tenant: call.tenant, deployment }),
  );
  const error = { code: -32003, message: 'The role is too low.', data: { code: 'forbidden_role' } };
  return Response.json({ jsonrpc: '2.0', id: message['id'] ?? null, error }, { status: 403 });
}

async function serve(
  sdk: Sdk,
  sessions: Map<string, Session>,
  deployment: Deployment,
  actor: KeyRecord,
  request: Request,
  message: unknown,
  text: string,
): Promise<Response> {
  const { mcp } = deployment.dialect;
  const authInfo = { token: 'shown', clientId: actor.id, scopes: [], extra: { actor } };
  const unreadable = message === undefined && text !== '';
  const legacy =
    mcp.eras !== 'modern' && (unreadable || (await sdk.isLegacyRequest(request.clone(), message)));
  if (!legacy) {
    const handler = sdk.createMcpHandler(() => createServer(sdk, deployment), {
      legacy: 'reject',
      responseMode: mcp.answers === 'json' ? 'auto' : 'sse',
    });
    return mcp.eras === 'legacy'
      ? Response.json(
          { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'This revision is not spoken.' } },
          { status: 400 },
        )
      : handler.fetch(request, { authInfo });
  }
  if (mcp.sessions === 'none') {
    if (request.method !== 'POST') return notAllowed();
    const transport = await connect(sdk, deployment, undefined);
    return transport.handleRequest(request, { authInfo });
  }
  return inSession(sdk, sessions, deployment, actor, request, message);
}

async function inSession(
  sdk: Sdk,
  sessions: Map<string, Session>,
  deployment: Deployment,
  actor: KeyRecord,
  request: Request,
  message: unknown,
): Promise<Response> {
  const authInfo = { token: 'shown', clientId: actor.id, scopes: [], extra: { actor } };
  const id = request.headers.get('mcp-session-id');
  // A stream that the server opens by itself has nothing to tell here.
  if (request.method === 'GET') return notAllowed();
  if (id === null) {
    if (!isObject(message) || message['method'] !== 'initialize')
      return Response.json(
        { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'A session is needed.' } },
        { status: 400 },
      );
    const transport = await connect(sdk, deployment, (sessionId, made) =>
      sessions.set(sessionId, { transport: made, keyId: actor.id }),
    );
    return transport.handleRequest(request, { authInfo });
  }
  const session = sessions.get(id);
  const bound = deployment.dialect.mcp.sessionBinding === 'own-key';
  if (session === undefined || (bound && session.keyId !== actor.id))
    return Response.json(
      { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'There is no such session.' } },
      { status: 404 },
    );
  if (request.method === 'DELETE') sessions.delete(id);
  return session.transport.handleRequest(request, { authInfo });
}

async function connect(
  sdk: Sdk,
  deployment: Deployment,
  keep: ((id: string, transport: Transport) => void) | undefined,
): Promise<Transport> {
  const transport: Transport = new sdk.WebStandardStreamableHTTPServerTransport({
    enableJsonResponse: deployment.dialect.mcp.answers === 'json',
    ...(keep === undefined
      ? {}
      : { sessionIdGenerator: randomUUID, onsessioninitialized: (id) => keep(id, transport) }),
  });
  await createServer(sdk, deployment).connect(transport);
  return transport;
}

function notAllowed(): Response {
  return new Response(null, { status: 405, headers: { allow: 'POST' } });
}

function createServer(sdk: Sdk, deployment: Deployment): InstanceType<Sdk['Server']> {
  const server = new sdk.Server(
    { name: 'armature-mock', version: '1' },
    { capabilities: { tools: {}, resources: {}, prompts: {} } },
  );
  server.fallbackRequestHandler = ({ method, params }, context) =>
    told(sdk, deployment, method, () => answer(method, objectOf(params), actorOf(context), deployment));
  return server;
}

/** The lists, with the member that holds their items. */
const listed: Readonly<Record<string, string>> = {
  'tools/list': 'tools',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
  'prompts/list': 'prompts',
};

function answer(method: string, params: JsonObject, actor: KeyRecord, deployment: Deployment): JsonObject {
  const member = listed[method];
  if (member !== undefined) return listPage(method, member, params['cursor'], actor, deployment);
  const given = { arguments: objectOf(params['arguments']) };
  switch (method) {
    case 'tools/call':
      return callTool(toolCall(params, actor, deployment), deployment);
    case 'resources/read': {
      const uri = textOf(params['uri']);
      const operation = resourceAt(uri)?.resource.operation ?? uri;
      const call = { operation, kind: 'resource', asked: uri, arguments: {} } as const;
      return readResource(entered(call, actor, deployment), deployment);
    }
    case 'prompts/get': {
      const name = textOf(params['name']);
      const call = { operation: name, kind: 'prompt', asked: name, ...given } as const;
      return getPrompt(entered(call, actor, deployment), deployment);
    }
    default:
      throw new McpFailure('unknown_method', 'Method not found');
  }
}

function actorOf({
  http,
}: {
  readonly http?: { readonly authInfo?: { readonly extra?: Record<string, unknown> } };
}): KeyRecord {
  const actor = http?.authInfo?.extra?.['actor'];
  if (!isActor(actor)) throw new Error('A request without its key.');
  return actor;
}

function isActor(value: unknown): value is KeyRecord {
  return isObject(value) && typeof value['role'] === 'string';
}

function toolCall(params: JsonObject, actor: KeyRecord, deployment: Deployment): McpCall {
  const asked = textOf(params['name']);
  const operation = toolsOf(deployment).find(({ name }) => name === asked)?.operation ?? asked;
  return entered(
    { operation, kind: 'tool', asked, arguments: objectOf(params['arguments']) },
    actor,
    deployment,
  );
}

function entered(call: Omit<McpCall, 'actor' | 'tenant'>, actor: KeyRecord, deployment: Deployment): McpCall {
  const own = deployment.tenants.get(actor.organizationId);
  if (own === undefined) throw new Error('A key without an organization.');
  const tenant = deployment.hooks.mcp?.enter?.(actor, own, deployment) ?? own;
  return { ...call, actor, tenant };
}

/** Does something and tells its failure in the way of the deployment. */
async function told(
  sdk: Sdk,
  deployment: Deployment,
  method: string,
  work: () => JsonObject,
): Promise<JsonObject> {
  const { dialect } = deployment;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof McpFailure)) throw error;
    const code = failureCode(error, dialect);
    const { failure, refusal } = dialect.mcp;
    const inResult = error instanceof McpDenied ? refusal === 'is-error' : failure !== 'json-rpc-error';
    if (method === 'tools/call' && inResult && error.code !== 'unknown_tool')
      return failedResult(code, error.message, failure === 'is-error-structured');
    throw new sdk.ProtocolError(
      numberOf(error.code),
      error.message,
      code === undefined ? undefined : { code },
    );
  }
}

function numberOf(code: string): number {
  if (code === 'unknown_method') return -32601;
  if (['unknown_tool', 'validation_failed', 'invalid_cursor'].includes(code)) return -32602;
  return code === 'not_found' ? -32002 : -32000;
}
