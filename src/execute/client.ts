/** The HTTP edge: one request out, one outcome back, whatever the target does. */
import type { Dispatcher } from 'undici';
import type { Outcome } from '../check/answer.ts';
import { parseJsonBody } from '../check/json-body.ts';
import { mostBodyBytes } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';
import { createDispatchers, type Network } from './dispatchers.ts';
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
  | { readonly kind: 'held'; readonly client: Dispatcher };

export interface ClientOptions {
  readonly origin: string;
  /** Whole time for an answer, its body included, in ms. */
  readonly timeoutMs: number;
  /** The most requests at the same moment. */
  readonly concurrency: number;
  readonly network?: Network;
  /** Aborts what is in flight. */
  readonly signal?: AbortSignal;
}

export interface HttpClient {
  /** Rejects only with what `admit` throws. */
  send(request: WireRequest, connection: Connection, admit?: Admit): Promise<Outcome>;
  /** A connection of its own for requests that must share one. */
  readonly hold: () => Dispatcher;
  readonly close: () => Promise<void>;
}

/** Lets a request go out, when its time has come; throws where the run has ended meanwhile. */
export type Admit = () => Promise<void>;

/** A client for one origin. Never throws on what the target does: a fault is an outcome. */
export function createClient(options: ClientOptions): HttpClient {
  const { pooled, fresh, hold, destroy } = createDispatchers(
    options.origin,
    { connections: options.concurrency, timeoutMs: options.timeoutMs },
    options.network ?? {},
  );
  const slots = createSlots(options.concurrency);
  return {
    async send(request, connection, admit) {
      await slots.take();
      try {
        await admit?.();
        const dispatcher =
          connection.kind === 'held' ? connection.client : connection.kind === 'fresh' ? fresh : pooled;
        return await exchange(dispatcher, request, options);
      } finally {
        slots.give();
      }
    },
    hold,
    close: destroy,
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
  let begun = false;
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
    begun = true;
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
    const fault = describeFault(error, timedOut, options.timeoutMs);
    return {
      kind: 'unanswered',
      ...(begun ? cutOff(fault) : fault),
      durationMs: elapsed(),
    };
  }
}

/** A connection that breaks within an answer has given a wrong answer, not none. */
function cutOff(fault: FaultError): FaultError {
  return fault.fault === 'reset' || fault.fault === 'network'
    ? { fault: 'cut-off', message: 'the connection was closed before the answer was whole' }
    : fault;
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
