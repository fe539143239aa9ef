/** The states of a run: forward only, to an end that stays. */
import type { Operation } from '../../contract/types.ts';
import { pathParameters } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { eventually } from '../steady-compare.ts';
import { pause, type Scenario } from './scenario.ts';
import {
  type Dispatching,
  dispatching,
  isTerminal,
  queuedRun,
  reasonOf,
  runsOf,
  stateIn,
} from './dispatch.ts';

/** How long a run is watched, in ms: one that takes longer is judged by what was seen so far. */
const watchMs = 6_000;

/** A run moves forward only, and its end stays. */
export const forward: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const owner = await d.owner();
  const id = queuedRun(context, d, await d.send(owner, { reason: reasonOf(context) }), false);
  if (id === undefined) return;
  const first = await d.statusOfRun(id);
  for (const operation of partsOf(context, d)) {
    // What there is to read of a run that has not ended is left open.
    const plan = planAt(operation, d.by, id);
    context.expect(await context.send(plan), {
      answers: await context.lawfulFor(plan, { id: 'unfinished' }),
      fact: 'no-server-error',
      says: 'What belongs to a run that has not ended is read with a 2xx or a 4xx.',
    });
  }
  const seen = await watch(context, d, id, first);
  const last = seen.at(-1);
  if (last === undefined || !isTerminal(d.resource, last)) {
    context.note(`the run had not ended after ${watchMs} ms (${seen.join(' -> ')})`);
    return;
  }
  let listed: unknown;
  const agrees = await eventually(context, async () => {
    const row = (await runsOf(context, d, owner)).items.find((item) => item.id === id);
    listed = row?.value[d.resource.states?.member ?? 'status'];
    return row === undefined || listed === last;
  });
  if (!agrees) {
    context.fail('list-detail-agree', 'disagreement', 'The list shows another status than the run itself.', {
      expected: last,
      actual: JSON.stringify(listed) ?? 'nothing',
    });
  }
  await readFinished(context, d, id);
};

/** Reads a run until its end has been seen a few times; gives the states in turn. `first` was seen before. */
async function watch(
  context: CaseContext,
  d: Dispatching,
  id: string,
  first: string | undefined,
): Promise<readonly string[]> {
  const order = d.resource.states?.pending ?? [];
  const rank = (state: string): number =>
    isTerminal(d.resource, state) ? order.length : order.indexOf(state);
  const seen: string[] = first === undefined ? [] : [first];
  const started = performance.now();
  let ended = 0;
  for (let wait = 30; performance.now() - started < watchMs && ended < 4; wait = Math.min(wait * 1.3, 400)) {
    const sent = await context.send(planAt(d.read, d.by, id));
    const state = succeeded(sent) ? stateIn(bodyOf(sent), d.resource) : undefined;
    const before = seen.at(-1);
    if (state !== undefined && state !== before) {
      const back =
        before !== undefined &&
        (isTerminal(d.resource, before) || (rank(state) >= 0 && rank(state) < Math.max(...seen.map(rank))));
      if (back) {
        context.fail(
          'run-forward',
          'state',
          isTerminal(d.resource, before) ? 'A terminal status changed.' : 'The run moved backward.',
          {
            expected: isTerminal(d.resource, before) ? `${before}, as before` : `${before} or a later status`,
            actual: state,
          },
          sent,
        );
        return seen;
      }
      seen.push(state);
    }
    if (isTerminal(d.resource, state)) ended++;
    await pause(wait);
  }
  return seen;
}

/** The reads of what belongs to a run: its trace, its evaluation, its tool calls. */
function partsOf(context: CaseContext, d: Dispatching): readonly Operation[] {
  return context.run.contract.operations.filter((operation) => {
    const parameter = pathParameters(operation).at(-1);
    return (
      operation.effect === 'read' && parameter?.resource === d.resource.id && parameter.state !== undefined
    );
  });
}

/** What a finished run has to show. */
async function readFinished(context: CaseContext, d: Dispatching, id: string): Promise<void> {
  for (const operation of partsOf(context, d)) {
    const sent = await context.send(planAt(operation, d.by, id));
    context.expectSuccess(sent, operation, `${operation.id}/success`);
  }
}
