/** The HTTP edge: one request out, one outcome back, whatever the target does. */
import { Agent, Client, type Dispatcher } from 'undici';
import type { Outcome } from '../check/answer.ts';
import { parseJsonBody } from '../check/json-body.ts';
import { mostBodyBytes } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';
import { describeFault, type FaultError } from './fault.ts';

export interface WireRequest {
  readonly method: string;
  /** Path and query, percent-encoded, from the root of the origin. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Which connection a request goes out on. */
export type Connection =
  /** Any open one, or a new one. */
  | { readonly kind: 'pooled' }
  /** A new one, closed afterwards. */
  | { readonly kind: 'fresh' }
  /** One that the requests of a scenario share. */
  | { readonly kind: 'held'; readonly client: Client };

export interface ClientOptions {
  readonly origin: string;
  /** Whole time for an answer, its body included, in ms. */
  readonly timeoutMs: number;
  /** The most requests at the same moment. */
  readonly concurrency: number;
  /** Aborts what is in flight. */
  readonly signal?: AbortSignal;
}

const mostHeaderBytes = 64 * 1024;
/** Below the usual keep-alive limits of servers, so that no request meets a connection that is being closed. */
const keepAliveMs = 2_000;

export interface HttpClient {
  send(request: WireRequest, connection: Connection): Promise<Outcome>;
  /** A connection of its own for requests that must share one. */
  hold(): Client;
  close(): Promise<void>;
}

/** A client for one origin. Never throws on what the target does: a fault is an outcome. */
export function createClient(options: ClientOptions): HttpClient {
  const shared = {
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: mostHeaderBytes,
    connect: { timeout: options.timeoutMs },
  };
  const pooled = new Agent({
    ...shared,
    connections: options.concurrency,
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  });
  // Pipelining 0 closes each connection after its answer.
  const fresh = new Agent({ ...shared, pipelining: 0 });
  const held = new Set<Client>();
  const slots = createSlots(options.concurrency);

  return {
    async send(request, connection) {
      await slots.take();
      try {
        const dispatcher =
          connection.kind === 'held' ? connection.client : connection.kind === 'fresh' ? fresh : pooled;
        return await exchange(dispatcher, request, options);
      } finally {
        slots.give();
      }
    },
    hold() {
      const client = new Client(options.origin, { ...shared, pipelining: 1, keepAliveTimeout: keepAliveMs });
      held.add(client);
      return client;
    },
    async close() {
      await Promise.all([pooled.destroy(), fresh.destroy(), ...[...held].map((client) => client.destroy())]);
    },
  };
}

async function exchange(
  dispatcher: Dispatcher,
  request: WireRequest,
  options: ClientOptions,
): Promise<Outcome> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const answer = await dispatcher.request({
      origin: options.origin,
      path: request.path,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal,
    });
    const headers = joinHeaders(answer.headers);
    const raw = await readBounded(answer.body);
    const bytes = decodeBody(raw, headers['content-encoding']);
    return {
      kind: 'answered',
      status: answer.statusCode,
      headers,
      bytes,
      body: parseJsonBody(bytes),
      durationMs: elapsed(),
    };
  } catch (error) {
    const timedOut = timeout.aborted && options.signal?.aborted !== true;
    return {
      kind: 'unanswered',
      ...describeFault(error, timedOut, options.timeoutMs),
      durationMs: elapsed(),
    };
  }
}

async function readBounded(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > mostBodyBytes) {
      body.destroy();
      const tooLarge: FaultError = {
        fault: 'too-large',
        message: `the body is longer than ${mostBodyBytes} bytes`,
      };
      throw tooLarge;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function joinHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

interface Slots {
  take(): Promise<void>;
  give(): void;
}

/** Bounds the requests in flight, over all connections; those that wait go first come, first served. */
function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    async take() {
      if (free > 0) {
        free--;
        return;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    },
  };
}
