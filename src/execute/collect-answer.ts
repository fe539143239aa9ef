/** One request over a dispatcher, its answer collected whole: bounded in time and in size. */
import type { Dispatcher } from 'undici';
import { mostBodyBytes } from './body-limit.ts';
import type { FaultError } from './fault.ts';

export type Collected =
  | {
      readonly kind: 'whole';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly raw: Uint8Array;
    }
  | {
      readonly kind: 'broken';
      readonly error: unknown;
      /** Whether the head of an answer had come. */
      readonly begun: boolean;
    };

export interface Collecting {
  /** Never rejects. */
  readonly ended: Promise<Collected>;
  /** Breaks it off: `ended` gives the error. */
  abort(error: Error | FaultError): void;
}

/** How late a timer may fire without a word, in ms. */
const mostLateMs = 50;

const ignore = (): void => undefined;

/**
 * Sends a request and collects its answer. The callbacks of the dispatcher are used straight: a stream for each body
 * costs more than the rest of a request.
 * @param timeoutMs the whole time, connection and body included, in ms
 */
export function collectAnswer(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  timeoutMs: number,
): Collecting {
  let controller: Dispatcher.DispatchController | undefined;
  let head:
    { readonly status: number; readonly headers: Record<string, string | string[] | undefined> } | undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let end: (collected: Collected) => void = ignore;
  let over = false;
  const settle = (collected: Collected): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    end(collected);
  };
  const abort = (error: Error | FaultError): void => {
    settle({ kind: 'broken', error, begun: head !== undefined });
    controller?.abort(new Error('broken off'));
  };
  const due = performance.now() + timeoutMs;
  const runOut = (): void => {
    const late = performance.now() - due;
    // A timer this late says that this process was busy, not the target: what has come meanwhile is read first.
    if (late > mostLateMs && !patient) {
      patient = true;
      timer = setTimeout(runOut, Math.min(late, timeoutMs));
    } else abort({ fault: 'timeout', message: `no whole answer within ${timeoutMs} ms` });
  };
  let patient = false;
  let timer = setTimeout(runOut, timeoutMs);
  const ended = new Promise<Collected>((resolve) => {
    end = resolve;
  });
  dispatcher.dispatch(request, {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error('broken off'));
    },
    onResponseStart(_, status, headers) {
      // An informational answer comes before the one that counts (RFC 9110, 15.2).
      if (status >= 200) head = { status, headers };
    },
    onResponseData(_, chunk) {
      size += chunk.byteLength;
      if (size > mostBodyBytes) {
        abort({ fault: 'too-large', message: `the body is longer than ${mostBodyBytes} bytes` });
      } else chunks.push(chunk);
    },
    onResponseEnd() {
      if (head === undefined) return;
      const raw = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      settle({ kind: 'whole', ...head, raw });
    },
    onResponseError(_, error) {
      settle({ kind: 'broken', error, begun: head !== undefined });
    },
  });
  return { ended, abort };
}
