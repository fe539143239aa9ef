import { randomUUID } from 'node:crypto';
import type { KeyRecord } from '../keys/mint.ts';
import type { McpArrival, McpHooks } from '../mcp/hooks.ts';
import type { Defect } from './defect.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { mcpMust } from './mcp-hooking.ts';

/** The record of the viewer of the main organization: whom a defect lets in. */
function anyViewer({ keys }: Deployment): KeyRecord | undefined {
  return [...keys.entries()]
    .map(([, record]) => record)
    .find(({ role, revoked }) => role === 'viewer' && !revoked);
}

function lettingIn(when: (arrival: McpArrival) => boolean) {
  return () => ({
    authenticate: (arrival: McpArrival, actor: KeyRecord | undefined, deployment: Deployment) =>
      actor ?? (when(arrival) ? anyViewer(deployment) : undefined),
  });
}

const methods = [
  'initialize',
  'ping',
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
  'tools/call',
  'resources/read',
  'prompts/get',
  'notifications/initialized',
] as const;

/** Each method that needs no key. */
const open: readonly Defect[] = methods.map((method) =>
  mcpMust(
    `auth-open-${method.replaceAll('/', '-')}`,
    'mcp-auth',
    'endpoint',
    `${method} needs no key.`,
    lettingIn((arrival) => arrival.method === method),
  ),
);

/** The key of a text, by its parts alone. */
function recordOf(text: string | null | undefined, { keys }: Deployment): KeyRecord | undefined {
  return text === null || text === undefined ? undefined : keys.find(text);
}

const elsewhere: readonly (readonly [what: string, read: (headers: Headers) => string | null | undefined])[] =
  [
    ['x-api-key', (headers) => headers.get('x-api-key')],
    ['cookie', (headers) => /(?:^|; )api_key=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1]],
    ['token-scheme', (headers) => /^Token (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]],
    ['no-scheme', (headers) => /^(\S+)$/.exec(headers.get('authorization') ?? '')?.[1]],
    ['quoted', (headers) => /^Bearer "(\S+)"$/.exec(headers.get('authorization') ?? '')?.[1]],
    ['comma', (headers) => /^Bearer (\S+),/.exec(headers.get('authorization') ?? '')?.[1]],
  ];

const places: readonly Defect[] = elsewhere.map(([what, read]) =>
  mcpMust(`auth-by-${what}`, 'mcp-auth', 'endpoint', `A key counts by ${what} too.`, () => ({
    authenticate: (arrival, actor, deployment) => actor ?? recordOf(read(arrival.headers), deployment),
  })),
);

/** A deployment that gives a session with the handshake, and makes more of it than it may. */
function withSessions(
  act: (opener: KeyRecord, actor: KeyRecord | undefined) => KeyRecord | undefined,
): () => McpHooks {
  return () => {
    const openers = new Map<string, KeyRecord>();
    let last: KeyRecord | undefined;
    return {
      authenticate: ({ headers, method }, actor) => {
        if (method === 'initialize') last = actor;
        const opener = openers.get(headers.get('mcp-session-id') ?? '');
        return opener === undefined ? actor : act(opener, actor);
      },
      response: ({ method }, response) => {
        if (method !== 'initialize' || response.status !== 200 || last === undefined) return response;
        const id = randomUUID();
        openers.set(id, last);
        response.headers.set('mcp-session-id', id);
        return response;
      },
    };
  };
}

/** Defects of keys over MCP. */
export const mcpKeyDefects: readonly Defect[] = [
  ...open,
  ...places,
  mcpMust(
    'session-is-key',
    'mcp-session-no-key',
    'endpoint',
    'A session needs no key.',
    withSessions((opener, actor) => actor ?? opener),
  ),
  mcpMust(
    'session-raises',
    'mcp-session-no-key',
    'endpoint',
    'A session lends the role of the key that opened it.',
    withSessions((opener, actor) => (actor === undefined ? undefined : { ...actor, role: opener.role })),
  ),
  mcpMust(
    'session-of-organization',
    'mcp-session-no-key',
    'endpoint',
    'A session works in the organization of the key that opened it.',
    withSessions((opener, actor) =>
      actor === undefined ? undefined : { ...actor, organizationId: opener.organizationId },
    ),
  ),
  mcpMust(
    'auth-none',
    'mcp-auth',
    'endpoint',
    'No request needs a key.',
    lettingIn(() => true),
  ),
  mcpMust(
    'auth-unknown-method',
    'mcp-auth',
    'endpoint',
    'An unknown method needs no key.',
    lettingIn(({ method }) => method === 'no/such/method'),
  ),
  mcpMust(
    'auth-unparsable',
    'mcp-auth',
    'endpoint',
    'A body that is no JSON is looked at before the key.',
    lettingIn(({ method, httpMethod }) => method === undefined && httpMethod === 'POST'),
  ),
  mcpMust('auth-revoked', 'mcp-auth', 'endpoint', 'A revoked key still counts.', () => ({
    authenticate: ({ headers }, actor, deployment) =>
      actor ?? recordOf(/^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1], deployment),
  })),
  mcpMust('auth-401-is-200', 'mcp-auth', 'endpoint', 'The 401 is a JSON-RPC error under 200.', () => ({
    response: (_arrival, response) =>
      response.status === 401
        ? Response.json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'A key is needed.' } })
        : response,
  })),
  mcpMust('auth-401-is-403', 'mcp-auth', 'endpoint', 'A request without a key is 403.', () => ({
    response: (_arrival, response) =>
      response.status === 401 ? new Response('{}', { status: 403, headers: response.headers }) : response,
  })),
  mcpMust('auth-401-is-400', 'mcp-auth', 'endpoint', 'A request without a key is 400.', () => ({
    response: (_arrival, response) =>
      response.status === 401 ? new Response('{}', { status: 400, headers: response.headers }) : response,
  })),
  mcpMust('auth-get-open', 'mcp-auth', 'endpoint', 'GET without a key succeeds.', () => ({
    response: ({ httpMethod }, response) => (httpMethod === 'GET' ? Response.json({ ok: true }) : response),
  })),
  mcpMust('auth-delete-open', 'mcp-auth', 'endpoint', 'DELETE without a key succeeds.', () => ({
    response: ({ httpMethod }, response) =>
      httpMethod === 'DELETE' ? new Response(null, { status: 204 }) : response,
  })),
  ...(['viewer', 'editor', 'admin'] as const).map((role) =>
    mcpMust(
      `auth-${role}-refused`,
      'mcp-same-keys',
      'endpoint',
      `The key of ${role} counts over REST alone.`,
      () => ({
        authenticate: (_arrival, actor) => (actor?.role === role ? undefined : actor),
      }),
    ),
  ),
  ...(['viewer', 'editor'] as const).map((role) =>
    mcpMust(
      `auth-${role}-as-owner`,
      'mcp-role',
      '*',
      `The key of ${role} has the rights of an owner.`,
      () => ({
        authenticate: (_arrival, actor) => (actor?.role === role ? { ...actor, role: 'owner' } : actor),
      }),
    ),
  ),
];
