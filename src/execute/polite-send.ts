/** Sending with manners: waits that the target asks for, repeats that are safe, an end where nothing answers. */
import type { Outcome } from '../check/answer.ts';
import type { Connection, WireRequest } from './client.ts';
import { brokeOff, fresh } from './connection-trust.ts';
import type { Run } from './run.ts';

/** Whether a request is one of a case, removes what the run made, or only looks at what is there. */
export type RequestKind = 'case' | 'tidying' | 'look';

export interface Asked {
  /** The case that sends it. */
  readonly caseId: string;
  /** The id of its operation. */
  readonly operation: string;
  /** What it is for: what removes what the run made goes on when the run is halted; a look ends no run. */
  readonly kind: RequestKind;
  /** Whether it is a step of a case that has begun. */
  readonly goesOn: boolean;
  /** Undefined for any connection that fits. */
  readonly connection?: Connection;
}

export interface PoliteSent {
  readonly outcome: Outcome;
  /** What was done beyond sending once, a line each. */
  readonly notes: readonly string[];
  /** What something in front of the API answered first, where the same request then got an answer of the API. */
  readonly instead?: Outcome;
}

/**
 * Sends a request. A wrong answer is never asked for again: only what the target did not look at (429, 503 with
 * Retry-After), and a GET whose connection broke before any byte of an answer came, or that something in front of the
 * API answered in its place. Throws Inconclusive where the run is halted.
 */
export async function sendPolitely(
  run: Run,
  request: WireRequest,
  { caseId, operation, kind, goesOn, connection }: Asked,
): Promise<PoliteSent> {
  const safe = request.method === 'GET';
  const name = `${request.method} ${request.path}`;
  const notes: string[] = [];
  let repeated = false;
  let instead: Outcome | undefined;
  let inPlace = 0;
  let over = connection ?? run.trust.choose(safe);
  for (let attempt = 0; ;) {
    const outcome = await run.client.send(request, over, () => run.admit(kind === 'tidying'), goesOn);
    run.trust.saw(over, outcome);
    if (safe && connection === undefined && !repeated && brokeOff(outcome)) {
      repeated = true;
      run.countRepeat();
      notes.push(`${name}: repeated on a new connection, the first one broke without an answer`);
      over = fresh;
      continue;
    }
    const pause = safe
      ? run.gateways.waitBefore(outcome, `${request.method} ${operation}`, inPlace)
      : undefined;
    if (pause !== undefined) {
      if (inPlace++ === 0) {
        instead = outcome;
        notes.push(
          `${name}: sent again, for something in front of the API answered (${statusText(outcome)})`,
        );
      }
      run.countRepeat();
      await run.pause(pause);
      over = connection ?? fresh;
      continue;
    }
    if (kind !== 'look') await run.breaker.saw(outcome, caseId);
    const wait = run.rateLimit.book(outcome, attempt, safe);
    if (wait === undefined) {
      if (run.rateLimit.exhausted) run.halt({ kind: 'rate-limited', after: caseId });
      if (instead === undefined || run.gateways.kindOf(outcome) !== undefined) return { outcome, notes };
      return { outcome, notes, instead };
    }
    attempt++;
    notes.push(`${name}: sent again after ${wait} ms, as the target asked (${statusText(outcome)})`);
  }
}

function statusText(outcome: Outcome): string {
  return outcome.kind === 'answered' ? String(outcome.status) : outcome.fault;
}
