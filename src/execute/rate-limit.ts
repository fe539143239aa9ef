/** Doing what a target asks for that is under load: 429, and 503 with Retry-After (RFC 9110, section 10.2.3). */
import type { Manners } from '../results/types.ts';
import type { Outcome } from '../check/answer.ts';
import { waitUntil } from './pace.ts';

/** The longest single wait, in ms: what asks for more is not waited for. */
const longestWaitMs = 30_000;
/** How often one request is sent again. */
const mostRepeats = 3;
/** The first wait after a 429 that names none, in ms; it doubles each time. */
const firstBackoffMs = 1_000;
/** So many limited answers in a row, with nothing left to wait, and the target is in no state to be judged. */
const mostLimitedInARow = 20;

export const defaultMaxWaitMs = 120_000;

export interface RateLimit {
  /** Settles when no pause is running; undefined where none is. */
  ready(): Promise<void> | undefined;
  /**
   * Books an answer. Gives how long to wait before the same request may be sent again, in ms, having begun the
   * pause for all requests; undefined where it is not to be sent again.
   * @param attempt how often the request was sent before
   * @param safe whether the request changes nothing
   */
  book(outcome: Outcome, attempt: number, safe: boolean): number | undefined;
  /** Answers that were limited. */
  readonly limited: number;
  /** What the run waited in all, in ms. */
  readonly waitedMs: number;
  /** True where the target does nothing but limit, and the run has waited as long as it may. */
  readonly exhausted: boolean;
}

/** True where an answer says that the target was too busy to look at the request: it judges nothing. */
export function isRateLimited(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return false;
  return (
    outcome.status === 429 ||
    (outcome.status === 503 && retryAfterMs(outcome.headers, Date.now()) !== undefined)
  );
}

/**
 * The wait that a Retry-After asks for, in ms: a number of seconds or an HTTP date. Undefined where there is none
 * that can be read.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * @param maxWaitMs what a run waits at most in all, in ms
 * @param spent what it was limited and waited before
 */
export function createRateLimit(
  maxWaitMs: number = defaultMaxWaitMs,
  spent?: Pick<Manners, 'rateLimited' | 'waitedMs'>,
): RateLimit {
  let limited = spent?.rateLimited ?? 0;
  let inARow = 0;
  let waitedMs = spent?.waitedMs ?? 0;
  let pausedUntil = 0;
  const affordable = (wait: number): boolean => {
    if (wait > longestWaitMs) return false;
    const added = Math.max(0, performance.now() + wait - Math.max(pausedUntil, performance.now()));
    return waitedMs + added <= maxWaitMs;
  };
  return {
    ready: () => (pausedUntil > performance.now() ? waitUntil(pausedUntil) : undefined),
    book(outcome, attempt, safe) {
      if (!isRateLimited(outcome) || outcome.kind !== 'answered') {
        if (outcome.kind === 'answered') inARow = 0;
        return undefined;
      }
      limited++;
      inARow++;
      // A 503 may come after the work was done: a write is never sent again for one.
      if (attempt >= mostRepeats || (outcome.status === 503 && !safe)) return undefined;
      const wait = retryAfterMs(outcome.headers, Date.now()) ?? firstBackoffMs * 2 ** attempt;
      if (!affordable(wait)) return undefined;
      const now = performance.now();
      waitedMs += Math.max(0, now + wait - Math.max(pausedUntil, now));
      pausedUntil = Math.max(pausedUntil, now + wait);
      return wait;
    },
    get limited() {
      return limited;
    },
    get waitedMs() {
      return Math.round(waitedMs);
    },
    get exhausted() {
      return inARow >= mostLimitedInARow;
    },
  };
}
