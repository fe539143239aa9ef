/** Requests that something is concluded from: what a target could not answer is asked for again. */
import { saysNothing } from '../check/gateway.ts';
import type { RequestPlan } from '../plan/types.ts';
import type { CaseContext } from './case-context.ts';
import { described, type Sent } from './evidence.ts';
import { GatewayAnswered, Inconclusive } from './stop.ts';

/** How long is waited before a read is tried again, in ms. */
const waits = [30, 150, 500] as const;

/** A read that is sent again, a few times, where it got a 5xx or no answer; gives what came last. */
export async function readAgain(context: CaseContext, plan: RequestPlan): Promise<Sent> {
  let sent = await context.send(plan);
  for (const wait of waits) {
    if (!saysNothing(sent.outcome)) return sent;
    const tookLong = sent.outcome.kind === 'unanswered' && sent.outcome.fault === 'timeout';
    await context.run.rest(wait);
    sent = await context.send(plan);
    if (tookLong) break;
  }
  return sent;
}

/**
 * A read whose answer says something. Throws Inconclusive where the target never gives one.
 * @param toSee what is to be seen, such as `whether the refused write changed the workflow`
 */
export async function readSurely(context: CaseContext, plan: RequestPlan, toSee: string): Promise<Sent> {
  const sent = await readAgain(context, plan);
  if (!saysNothing(sent.outcome)) return sent;
  throw new Inconclusive(
    `${toSee} cannot be seen: ${plan.method} ${plan.path} got ${described(sent)}, again and again`,
    `See the cases of ${plan.operation}.`,
  );
}

/**
 * Does something that sends a write once more, where its answer said nothing of it; gives what came last.
 * @param send sends it
 * @param again allows for the second one, which no promise counts
 */
export async function writeAgain(send: () => Promise<Sent>, again: () => void): Promise<Sent> {
  try {
    const sent = await send();
    if (!saysNothing(sent.outcome)) return sent;
  } catch (error) {
    if (!(error instanceof GatewayAnswered)) throw error;
  }
  again();
  return send();
}
