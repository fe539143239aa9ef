import { laxPath } from './lax-path.ts';
import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import type { Operation } from '../../src/contract/types.ts';
import type { Arrival, Call, RequestBody } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { errorAnswer, errorBody } from '../deployment/errors.ts';
import { handle } from '../deployment/handle.ts';
import type { Answer } from '../deployment/outcome.ts';
import { strayAnswer } from '../deployment/stray.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { createDoor } from '../mcp/door.ts';
import { createGateway } from './gateway.ts';
import { toPacket, type Packet } from './packet.ts';
import { hasBody, readBody } from './read-body.ts';
import { send } from './send.ts';

type Environment = { Bindings: HttpBindings };

/** Routes requests to the deployment: the paths and methods are those of the contract. */
export function createApp(deployment: Deployment, latencyMs: number): Hono<Environment> {
  const { contract, dialect } = deployment;
  const base = `${dialect.base.mount}${contract.api.basePath}`;
  const isLax = dialect.methods.spelling === 'served' || deployment.hooks.routesOtherSpellings === true;
  const app = new Hono<Environment>(
    isLax ? { getPath: (request) => laxPath(pathOf(request.url), base) } : {},
  );
  if (hasFront(dialect)) standInFront(app, deployment);
  const methodsByPath = new Map<string, Operation[]>();
  for (const operation of contract.operations) {
    const path = `${base}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
    app.on(operation.method, path, (context) => answerCall(context, operation, deployment, latencyMs));
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), operation]);
  }
  for (const [path, operations] of methodsByPath) {
    app.all(path, (context) => answerStray(context, operations, deployment, latencyMs));
  }
  const { mcp } = contract;
  if (mcp !== undefined && dialect.mcp.endpoint === 'served') {
    const door = createDoor(deployment);
    app.all(`${dialect.base.mount}${mcp.path}`, (context) =>
      door(() => context.req.raw, toArrival(context.env.incoming)),
    );
  }
  app.notFound((context) => answerStray(context, [], deployment, latencyMs));
  app.onError((error, context) => {
    // A fault of the mock itself: it is said aloud, and is the one 5xx that there is.
    const body = errorBody('internal', `The mock failed: ${error.message}`, [], dialect);
    sendAnswer(context.env, { status: 500, headers: {}, body }, deployment, 0);
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

/** The path of a URL as it was sent. */
function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*([^?#]*)/.exec(url)?.[1] ?? '/';
}

/** Whether anything looks at a request before the API does: without it a request takes a shorter way. */
function hasFront({ gateway, limits, transport }: Dialect): boolean {
  const answers = gateway.hiccups !== undefined || gateway.rateLimit || Number.isFinite(limits.url);
  return answers || transport.connection === 'twenty-requests';
}

function standInFront(app: Hono<Environment>, deployment: Deployment): void {
  const gateway = createGateway(deployment);
  app.use((context, next) => {
    const { incoming, outgoing } = context.env;
    closeInTime(context.env, deployment.dialect.transport.connection);
    const packet = gateway(incoming.method ?? 'GET') ?? refuseLongUrl(incoming, deployment);
    if (packet === undefined) return next();
    send(packet, outgoing);
    return Promise.resolve(RESPONSE_ALREADY_SENT);
  });
}

/** How many requests a connection carries where it is not kept for ever. */
const requestsOfConnection = 20;

const requestsSoFar = new WeakMap<object, number>();

/** Says on the last request of a connection that it is the last. */
function closeInTime({ incoming, outgoing }: HttpBindings, kept: Dialect['transport']['connection']): void {
  if (kept !== 'twenty-requests') return;
  const count = (requestsSoFar.get(incoming.socket) ?? 0) + 1;
  requestsSoFar.set(incoming.socket, count);
  if (count >= requestsOfConnection) outgoing.setHeader('connection', 'close');
}

/** The answer to a URL that is longer than the limit; the key is not looked at. */
function refuseLongUrl(incoming: IncomingMessage, deployment: Deployment): Packet | undefined {
  const { contract, dialect } = deployment;
  const limit = dialect.limits.url;
  if ((incoming.url ?? '').length <= limit) return undefined;
  const answer = errorAnswer({ kind: 'too-long', limit }, contract, dialect);
  return toPacket(answer, dialect.transport, incoming.headers['accept-encoding'] ?? '', 0);
}

type MockContext = Context<Environment>;

function answerCall(
  context: MockContext,
  operation: Operation,
  deployment: Deployment,
  latencyMs: number,
): Response | Promise<Response> {
  const { incoming } = context.env;
  if (incoming.method === 'HEAD' && deployment.dialect.methods.head === 'refused') {
    return answerStray(context, [operation], deployment, latencyMs);
  }
  if (operation.request === undefined || !hasBody(incoming)) {
    return finish(context, toCall(context, operation, { kind: 'none' }), deployment, latencyMs);
  }
  return readBody(incoming, deployment.dialect.limits.body).then((body) =>
    finish(context, toCall(context, operation, body), deployment, latencyMs),
  );
}

function finish(
  context: MockContext,
  call: Call,
  deployment: Deployment,
  latencyMs: number,
): Response | Promise<Response> {
  const { hooks, dialect } = deployment;
  const { incoming, outgoing } = context.env;
  const packet = toPacket(
    handle(call, deployment),
    dialect.transport,
    incoming.headers['accept-encoding'] ?? '',
    latencyMs + ownLatency(call, deployment),
  );
  if (hooks.packet === undefined) {
    send(packet, outgoing);
    return RESPONSE_ALREADY_SENT;
  }
  return Promise.resolve(hooks.packet(call, packet)).then((changed) => {
    send(changed, outgoing);
    return RESPONSE_ALREADY_SENT;
  });
}

function answerStray(
  context: MockContext,
  operations: readonly Operation[],
  deployment: Deployment,
  latencyMs: number,
): Response {
  const { incoming } = context.env;
  const arrival = toArrival(incoming);
  const run = (): Answer => strayAnswer(arrival, operations, deployment);
  const { hooks } = deployment;
  const answer = hooks.stray === undefined ? run() : hooks.stray(arrival, run);
  sendAnswer(context.env, answer, deployment, latencyMs);
  return RESPONSE_ALREADY_SENT;
}

function sendAnswer(
  { incoming, outgoing }: HttpBindings,
  answer: Answer,
  deployment: Deployment,
  latencyMs: number,
): void {
  const asked = incoming.headers['accept-encoding'] ?? '';
  send(toPacket(answer, deployment.dialect.transport, asked, latencyMs), outgoing);
}

/** A new source is probed before it is answered, where the dialect does so. */
function ownLatency({ operation }: Call, { dialect, random }: Deployment): number {
  const [from, to] = dialect.transport.latencyMs;
  const usual = to === 0 ? 0 : random.integer(from, to);
  return operation.id === 'createMcpServer' ? usual + dialect.sources.probeMs : usual;
}

function toCall(context: MockContext, operation: Operation, body: RequestBody): Call {
  const { incoming } = context.env;
  const url = incoming.url ?? '';
  const queryAt = url.indexOf('?');
  return {
    ...toArrival(incoming),
    operation,
    parameters: context.req.param(),
    query: new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt)),
    body,
  };
}

function toArrival(incoming: IncomingMessage): Arrival {
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '',
    headers: incoming.headers,
    authorization: incoming.headersDistinct['authorization'] ?? [],
    connection: incoming.socket,
  };
}
