/** The HTTP edge: one request out, one outcome back, whatever the target does. */
import type { Dispatcher } from 'undici';
import type { Answered, Outcome } from '../check/answer.ts';
import { bodyText, parseJsonBody } from '../check/json-body.ts';
import { collectAnswer, type Collected, type Collecting } from './collect-answer.ts';
import { decodeBody } from './content-coding.ts';
import { createDispatchers, type Network } from './dispatchers.ts';
import { describeFault, type FaultError } from './fault.ts';
import { createPlaces } from './places.ts';

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
  /**
   * Rejects only with what `admit` throws, and where the request cannot be sent at all: a fault of the suite.
   * @param goesOn whether it is a step of a case that has begun: it goes before the first requests of others
   */
  send(request: WireRequest, connection: Connection, admit?: Admit, goesOn?: boolean): Promise<Outcome>;
  /** A connection of its own for requests that must share one. */
  readonly hold: () => Dispatcher;
  readonly close: () => Promise<void>;
}

/** Lets a request go out, when its time has come; throws where the run has ended meanwhile. */
export type Admit = () => Promise<void> | undefined;

/** A client for one origin. Never throws on what the target does: a fault is an outcome. */
export function createClient(options: ClientOptions): HttpClient {
  const { pooled, fresh, hold, destroy } = createDispatchers(
    options.origin,
    { connections: options.concurrency, timeoutMs: options.timeoutMs },
    options.network ?? {},
  );
  const places = createPlaces(options.concurrency);
  const inFlight = new Set<Collecting>();
  options.signal?.addEventListener('abort', () => {
    for (const collecting of inFlight) collecting.abort({ fault: 'aborted', message: 'the run was ended' });
  });
  return {
    async send(request, connection, admit, goesOn) {
      await places.take(goesOn);
      try {
        await admit?.();
        if (connection.kind !== 'fresh') {
          const dispatcher = connection.kind === 'held' ? connection.client : pooled;
          return await exchange(dispatcher, request, options, inFlight);
        }
        const one = fresh();
        try {
          return await exchange(one.dispatcher, request, options, inFlight);
        } finally {
          one.close();
        }
      } finally {
        places.give();
      }
    },
    hold,
    close: destroy,
  };
}

async function exchange(
  dispatcher: Dispatcher,
  request: WireRequest,
  { origin, timeoutMs }: ClientOptions,
  inFlight: Set<Collecting>,
): Promise<Outcome> {
  const started = performance.now();
  const { method, path, headers, body = null } = request;
  const collecting = collectAnswer(dispatcher, { origin, path, method, headers, body }, timeoutMs);
  inFlight.add(collecting);
  const collected = await collecting.ended;
  inFlight.delete(collecting);
  const outcome = collected.kind === 'whole' ? answerOf(collected) : collected;
  if (outcome.kind === 'broken' && isOurs(outcome.error)) throw outcome.error;
  const durationMs = performance.now() - started;
  if (outcome.kind === 'answered') return { ...outcome, durationMs };
  const fault = describeFault(outcome.error);
  return { kind: 'unanswered', ...(outcome.begun ? cutOff(fault) : fault), durationMs };
}

/** A request that could not be sent as it was made says nothing of the target. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}

function answerOf(
  whole: Extract<Collected, { kind: 'whole' }>,
): Omit<Answered, 'durationMs'> | Extract<Collected, { kind: 'broken' }> {
  const headers = joinHeaders(whole.headers);
  try {
    const bytes = decodeBody(whole.raw, headers['content-encoding']);
    const text = bodyText(bytes);
    return { kind: 'answered', status: whole.status, headers, bytes, text, body: parseJsonBody(bytes, text) };
  } catch (error) {
    return { kind: 'broken', error, begun: true };
  }
}

/** An answer that begins and does not end is a wrong answer, not none. */
function cutOff(fault: FaultError): FaultError {
  switch (fault.fault) {
    case 'reset':
    case 'network':
      return { fault: 'cut-off', message: 'the connection was closed before the answer was whole' };
    case 'timeout':
      return { fault: 'cut-off', message: `the answer began, but there was ${fault.message}`, late: true };
    default:
      return fault;
  }
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
