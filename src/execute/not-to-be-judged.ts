/** What a request got that says nothing of whether the API keeps its contract. */
import { describeOutcome } from '../check/answer.ts';
import type { RequestPlan } from '../plan/types.ts';
import type { Sent } from './evidence.ts';
import { isRateLimited } from './rate-limit.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';

/** Why nothing can be concluded from an answer; undefined where it is to be judged. */
export async function notToBeJudged(
  run: Run,
  sent: Sent,
  plan: RequestPlan,
): Promise<Inconclusive | undefined> {
  if (isRateLimited(sent.outcome)) return stillLimited(sent);
  return (
    (await run.gateways.objection(sent, plan.method === 'GET')) ?? run.refusedWrites.objection(sent, plan)
  );
}

function stillLimited({ request, outcome }: Sent): Inconclusive {
  return new Inconclusive(
    `the target kept on limiting the rate: ${request.method} ${request.path} got ${describeOutcome(outcome)}`,
    'Lower --rate or --concurrency, or raise --max-wait.',
  );
}
