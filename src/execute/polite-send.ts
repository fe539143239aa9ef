/** Sending with manners: waits that the target asks for, repeats that are safe, an end where nothing answers. */
import type { Outcome } from '../check/answer.ts';
import { isGateways } from '../check/gateway.ts';
import type { Connection, HttpClient, WireRequest } from './client.ts';
import { brokeOff, fresh } from './connection-trust.ts';
import { isRateLimited } from './rate-limit.ts';
import type { Run } from './run.ts';

/** How long is waited before each repeat of what a gateway answered in the API's place, in ms. */
const gatewayWaits = [50, 200, 600] as const;

/** Whether a request is one of a case, removes what the run made, or only looks at what is there. */
export type RequestKind = 'case' | 'tidying' | 'look';

export interface Asked {
  /** The case that sends it. */
  readonly caseId: string;
  /** What it is for: what removes what the run made goes on when the run is halted; a look ends no run. */
  readonly kind: RequestKind;
  /** Whether it is a step of a case that has begun. */
  readonly goesOn: boolean;
  /** Where it goes; by default to the target of the run. */
  readonly client?: HttpClient;
  /** Undefined for any connection that fits. */
  readonly connection?: Connection;
  /** Whether it can be sent again without doing anything twice that matters. */
  readonly repeatable: boolean;
  /** Told before a request that changes something is sent again: it counts like any other. */
  readonly onRepeat: () => void;
  /** Books a repeat against the promise of the run; gives whether it may be sent. */
  readonly bookRepeat: () => boolean;
}

export interface PoliteSent {
  readonly outcome: Outcome;
  /** What was done beyond sending once, a line each. */
  readonly notes: readonly string[];
  /** What a gateway answered in the API's place, and not again when it was asked once more. */
  readonly passing: readonly Outcome[];
  /** True where the outcome may be a gateway's, and the request cannot be repeated to see. */
  readonly unsure: boolean;
}

/**
 * Sends a request. A wrong answer is never asked for again: only what the target did not look at (429, 503 with
 * Retry-After), what a gateway may have answered in its place, and a GET whose connection broke before any byte of an
 * answer came. Throws Inconclusive where the run is halted.
 */
export async function sendPolitely(
  run: Run,
  request: WireRequest,
  { caseId, kind, goesOn, client = run.client, connection, repeatable, onRepeat, bookRepeat }: Asked,
): Promise<PoliteSent> {
  const safe = request.method === 'GET';
  const name = `${request.method} ${request.path}`;
  const notes: string[] = [];
  const passing: Outcome[] = [];
  let repeated = false;
  let over = connection ?? run.trust.choose(safe);
  for (let attempt = 0; ;) {
    const outcome = await client.send(request, over, () => run.admit(kind === 'tidying'), goesOn);
    run.countSent();
    run.trust.saw(over, outcome);
    if (safe && connection === undefined && !repeated && brokeOff(outcome)) {
      repeated = true;
      bookRepeat();
      run.countRepeat();
      notes.push(`${name}: repeated on a new connection, the first one broke without an answer`);
      over = fresh;
      continue;
    }
    if (kind !== 'look') await run.breaker.saw(outcome, caseId);
    if (isRateLimited(outcome)) run.limited();
    const wait = run.rateLimit.book(outcome, attempt, safe);
    if (wait === undefined) {
      if (run.rateLimit.exhausted) run.halt({ kind: 'rate-limited', after: caseId });
      const fromGateway = !isRateLimited(outcome) && isGateways(run.contract, run.validate, outcome);
      const rest = gatewayWaits[passing.length];
      if (!fromGateway) return { outcome, notes, passing, unsure: false };
      // What comes again each time is the deployment's own.
      if (!repeatable || rest === undefined) return { outcome, notes, passing: [], unsure: !repeatable };
      passing.push(outcome);
      notes.push(`${name}: sent again, ${statusText(outcome)} is not an answer of the API`);
      run.countRepeat();
      onRepeat();
      await run.rest(rest);
      continue;
    }
    if (!bookRepeat()) {
      notes.push(`${name}: not sent again, for that would be more than the run promised`);
      return { outcome, notes, passing, unsure: false };
    }
    attempt++;
    notes.push(`${name}: sent again after ${wait} ms, as the target asked (${statusText(outcome)})`);
  }
}

function statusText(outcome: Outcome): string {
  return outcome.kind === 'answered' ? String(outcome.status) : outcome.fault;
}
