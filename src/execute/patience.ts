/** Asking again for what must be done or known at the end of a run, longer than a case would. */
import { saysNothing } from '../check/gateway.ts';
import type { Sent } from './evidence.ts';
import { retryAfterMs } from './rate-limit.ts';

/**
 * Sends until an answer says something, at most once more than there are waits; gives the last answer. For requests
 * that come to the same when they are sent twice.
 * @param waits ms between the tries
 */
export async function sendPatiently(send: () => Promise<Sent>, waits: readonly number[]): Promise<Sent> {
  let sent = await send();
  for (const wait of waits) {
    if (!saysNothing(sent.outcome)) return sent;
    await pause(Math.max(wait, askedWaitMs(sent)));
    sent = await send();
  }
  return sent;
}

/** The longest wait that a target can ask for, in ms. */
const longestWaitMs = 10_000;

/** How long an answer asks to be left alone, in ms, within bounds; 0 where it asks for nothing. */
export function askedWaitMs({ outcome }: Sent): number {
  const asked = outcome.kind === 'answered' ? retryAfterMs(outcome.headers, Date.now()) : undefined;
  return Math.min(asked ?? 0, longestWaitMs);
}

/** Waits for some ms. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
