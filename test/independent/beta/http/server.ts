import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Operation, Reply } from '../call.ts';
import { authenticate } from '../checks/credential.ts';
import { notFound, refusal, unauthenticated } from '../checks/refusals.ts';
import type { Seed } from '../defects/seed.ts';
import type { World } from '../model.ts';
import type { Settings } from '../settings.ts';
import { readBody } from './intake.ts';
import { answer } from './pipeline.ts';
import { routeOf, type Route } from './router.ts';
import { bytesOf, send } from './wire.ts';

/** The path that all operations are below. */
export const basePath = '/api/armature/v1';

const nowhere: Operation = {
  name: 'org.get',
  method: 'GET',
  path: '',
  write: false,
  insights: false,
  run: (call) => notFound(call),
};

/** A server for one world. */
export function makeServer(world: World, settings: Settings, seed: Seed | undefined): Server {
  const memory = new Map<string, unknown>();
  const connections = new WeakMap<object, Map<string, unknown>>();
  let requests = 0;

  const callFor = (
    request: IncomingMessage,
    route: Route | undefined,
    operation: Operation,
    raw: Buffer,
  ): Call => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const connection = connections.get(request.socket) ?? new Map<string, unknown>();
    connections.set(request.socket, connection);
    const [org] = world.orgs;
    const [actor] = world.keys;
    if (!org || !actor) throw new Error('the world is empty');
    return {
      world,
      settings,
      seed,
      operation,
      method: request.method ?? 'GET',
      id: route?.id ?? '',
      oddPath: route?.odd ?? false,
      url,
      query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
      headers: request.headers,
      number: (requests += 1),
      connection,
      memory,
      raw,
      now: Date.now(),
      body: {},
      problems: [],
      actor,
      org,
      forced: false,
    };
  };

  const otherMethod = (call: Call, route: Route): Reply => {
    const { otherMethod: rule, codes } = settings;
    const seeded = seed?.early?.(call);
    if (seeded) return seeded;
    const open = route.operations.every(({ name }) => name === 'openapi');
    if (rule.authFirst && !open && !authenticate(call)) return unauthenticated(call);
    const made =
      rule.status === 404
        ? notFound(call)
        : refusal(call, rule.status, codes.method, 'This method is not supported.');
    if (rule.allow) made.headers['Allow'] = route.operations.map(({ method }) => method).join(', ');
    return made;
  };

  const resolve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readBody(request, settings.maxBody);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const route = path.startsWith(basePath) ? routeOf(path.slice(basePath.length)) : undefined;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const operation = route?.operations.find((candidate) => candidate.method === method);
    const call = callFor(request, route, operation ?? { ...nowhere, path: 'none' }, raw ?? Buffer.alloc(0));
    const [least, most] = settings.delay;
    if (most > 0) await pause(least + Math.random() * (most - least));
    const silent = operation ? seed?.silent?.(call) : undefined;
    if (silent === 'cut') request.socket.destroy();
    if (silent) return;
    let made: Reply;
    if (!route) made = authenticate(call) ? notFound(call) : unauthenticated(call);
    else if (!operation) made = otherMethod(call, route);
    else if (raw === undefined) {
      const known = authenticate(call);
      made = known
        ? refusal(call, 413, 'payload_too_large', 'The body is too large.')
        : unauthenticated(call);
    } else made = await answer(call);
    const bytes = bytesOf(made);
    send(request, response, settings, made, operation && seed?.wire ? seed.wire(call, bytes, made) : bytes);
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.on('error', () => undefined);
    resolve(request, response).catch((fault: unknown) => {
      if (process.env['BETA_DEBUG'] !== undefined) console.error(fault);
      if (response.headersSent || request.socket.destroyed) response.destroy();
      else
        response
          .writeHead(500, { 'Content-Type': 'application/json' })
          .end('{"error":{"code":"internal","message":"-"}}');
    });
  });
  server.on('clientError', (_fault, socket) => {
    if (!socket.writable) return;
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}
