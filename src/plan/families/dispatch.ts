/** What a dispatch queues. */
import { states, type PlanContext } from '../case.ts';
import { allowedCredentials } from '../request.ts';
import type { Case } from '../types.ts';
import { scenario } from './scenario.ts';

/** Runs: queued once for each key, found where they belong, moving forward only. */
export function dispatchCases({ contract }: PlanContext): readonly Case[] {
  return contract.operations
    .filter((operation) => operation.effect === 'dispatch' && operation.idempotency !== undefined)
    .flatMap((operation) => {
      const credential = allowedCredentials(contract, operation)[0];
      const resource = Object.values(contract.resources).find(({ create }) => create === operation.id);
      if (credential === undefined || resource === undefined) return [];
      const rows: readonly (readonly [
        what: string,
        fact: string,
        title: string,
        dispatches: number,
        steps: readonly string[],
      ])[] = [
        [
          'queued',
          'dispatch-run',
          'a dispatch is found by its id and in the list',
          1,
          [
            'dispatched on a new workflow',
            'read by its id, and in the list of that workflow',
            'its status, workflow and id agree in both',
          ],
        ],
        [
          'idempotent',
          'dispatch-idempotent',
          'the same idempotencyKey returns the same run',
          22,
          [
            'dispatched twice with one idempotencyKey: one run id',
            'with the same key on another workflow: another run',
            'one run of that key in the list',
            'the same with a key that is not ASCII, where it is taken',
          ],
        ],
        [
          'idempotent-at-once',
          'dispatch-idempotent',
          'the same idempotencyKey at the same moment is one run',
          18,
          ['six dispatches with one idempotencyKey at the same moment: one run id'],
        ],
        [
          'forced',
          'dispatch-forced',
          'forceNewRun queues another run',
          4,
          [
            'dispatched with an idempotencyKey',
            'dispatched again with the key and forceNewRun, with a reason and without: another run id each time',
            'the forced run belongs to the workflow too',
          ],
        ],
        [
          'forward',
          'run-forward',
          'a run moves forward only, and its end stays',
          2,
          [
            'dispatched, and read again and again: each status is the same or a later one',
            'once terminal, it stays; list and run agree',
            'evaluation, trace and tool calls of the finished run answer 200',
          ],
        ],
      ];
      return rows
        .filter(([, fact]) => states(contract, fact))
        .map(([what, fact, title, dispatches, steps]) =>
          scenario(contract, operation, credential, {
            family: what === 'idempotent-at-once' ? 'concurrency' : 'dispatch',
            what,
            title: `${operation.id}: ${title}`,
            facts: [fact, `${operation.id}/success`, `${operation.id}/request`],
            says: contract.facts[fact]?.statement ?? title,
            scenario: `dispatch-${what}`,
            parameters: { resource: resource.id },
            steps,
            footprint: { create: 2, archive: 2, dispatch: dispatches },
          }),
        );
    });
}
