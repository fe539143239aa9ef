/** Sending with manners: waits that the target asks for, repeats that are safe, an end where nothing answers. */
import type { Outcome } from '../check/answer.ts';
import type { Connection, WireRequest } from './client.ts';
import { brokeOff, fresh } from './connection-trust.ts';
import type { Run } from './run.ts';

export interface Asked {
  /** The case that sends it. */
  readonly caseId: string;
  /** Whether it removes what the run made, which a halted run still does. */
  readonly tidying: boolean;
  /** Whether it is a step of a case that has begun. */
  readonly goesOn: boolean;
  /** Undefined for any connection that fits. */
  readonly connection?: Connection;
}

export interface PoliteSent {
  readonly outcome: Outcome;
  /** What was done beyond sending once, a line each. */
  readonly notes: readonly string[];
}

/**
 * Sends a request. A wrong answer is never asked for again: only what the target did not look at (429, 503 with
 * Retry-After) and a GET whose connection broke before any byte of an answer came. Throws Inconclusive where the
 * run is halted.
 */
export async function sendPolitely(
  run: Run,
  request: WireRequest,
  { caseId, tidying, goesOn, connection }: Asked,
): Promise<PoliteSent> {
  const safe = request.method === 'GET';
  const name = `${request.method} ${request.path}`;
  const notes: string[] = [];
  let repeated = false;
  let over = connection ?? run.trust.choose(safe);
  for (let attempt = 0; ;) {
    const outcome = await run.client.send(request, over, () => run.admit(tidying), goesOn);
    run.trust.saw(over, outcome);
    if (safe && connection === undefined && !repeated && brokeOff(outcome)) {
      repeated = true;
      run.countRepeat();
      notes.push(`${name}: repeated on a new connection, the first one broke without an answer`);
      over = fresh;
      continue;
    }
    await run.breaker.saw(outcome, caseId);
    const wait = run.rateLimit.book(outcome, attempt, safe);
    if (wait === undefined) {
      if (run.rateLimit.exhausted) run.halt({ kind: 'rate-limited', after: caseId });
      return { outcome, notes };
    }
    attempt++;
    notes.push(`${name}: sent again after ${wait} ms, as the target asked (${statusText(outcome)})`);
  }
}

function statusText(outcome: Outcome): string {
  return outcome.kind === 'answered' ? String(outcome.status) : outcome.fault;
}
