import { textOf } from '../data/json.ts';
import type { Tenant } from '../data/model.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Defect, Hooks } from './defect.ts';
import {
  erratic,
  everyNth,
  inputs,
  isTo,
  items,
  must,
  omit,
  outcomes,
  records,
  sentMembers,
  withMembers,
  withParameter,
} from './hooking.ts';

const queueing: readonly Defect[] = [
  must(
    'run-not-found',
    'dispatch-run',
    'dispatchRun',
    'The id of a dispatch is none of a run.',
    records('dispatchRun', (record) => ({ ...record, runId: `${String(record['runId'])}0` })),
  ),
  must(
    'run-not-kept',
    'dispatch-run',
    'dispatchRun',
    'A dispatch queues nothing.',
    outcomes('dispatchRun', (outcome, { tenant }) => {
      if (outcome.kind === 'record') tenant.runs.delete(String(outcome.record['runId']));
      return outcome;
    }),
  ),
  must('run-unlisted', 'dispatch-run', 'listRuns', 'Runs that were dispatched are not in the list.', () => {
    const dispatched = new Set<unknown>();
    return {
      perform: (call, run) => {
        const outcome = run(call);
        if (isTo('dispatchRun', call) && outcome.kind === 'record') dispatched.add(outcome.record['runId']);
        if (!isTo('listRuns', call) || outcome.kind !== 'list') return outcome;
        return { ...outcome, items: outcome.items.filter(({ id }) => !dispatched.has(id)) };
      },
    };
  }),
  must(
    'run-of-another-workflow',
    'dispatch-run',
    'dispatchRun',
    'The run is of another workflow.',
    inputs('dispatchRun', (call) =>
      withParameter(call, 'workflowId', firstOther(call.tenant, call.parameters['workflowId'])),
    ),
  ),
  must(
    'run-named-after-another-workflow',
    'dispatch-run',
    'listRuns',
    'The list names another workflow for new runs.',
    items('listRuns', (list, call) =>
      list.map((row) =>
        Object.is(row['endedAt'], null)
          ? { ...row, workflowId: firstOther(call.tenant, String(row['workflowId'])) }
          : row,
      ),
    ),
  ),
  must(
    'run-answers-workflow-id',
    'dispatch-run',
    'dispatchRun',
    'The id that a dispatch answers is that of the workflow.',
    records('dispatchRun', (record) => ({ ...record, runId: record['workflowId'] })),
  ),
];

const idempotency: readonly Defect[] = [
  must(
    'key-disregarded',
    'dispatch-idempotent',
    'dispatchRun',
    'An idempotencyKey is not looked at.',
    inputs('dispatchRun', (call) => withMembers(call, (members) => omit(members, 'idempotencyKey'))),
  ),
  must(
    'key-of-all-workflows',
    'dispatch-idempotent',
    'dispatchRun',
    'An idempotencyKey counts for all workflows together.',
    () => {
      const dispatched = new Map<unknown, Outcome>();
      return {
        perform: (call, run) => {
          const { idempotencyKey: key, forceNewRun } = sentMembers(call);
          if (!isTo('dispatchRun', call) || key === undefined || forceNewRun === true) return run(call);
          const outcome = dispatched.get(key) ?? run(call);
          dispatched.set(key, outcome);
          return outcome;
        },
      };
    },
  ),
  must(
    'key-cut',
    'dispatch-idempotent',
    'dispatchRun',
    'Every second replay of an idempotencyKey queues another run.',
    () => {
      const sometimes = everyNth<boolean>(2, () => false);
      return inputs('dispatchRun', (call) =>
        sentMembers(call)['idempotencyKey'] === undefined || sometimes(true)
          ? call
          : withMembers(call, (members) => ({ ...members, forceNewRun: true })),
      )();
    },
  ),
  must('key-replay-409', 'dispatch-idempotent', 'dispatchRun', 'A replay is 409.', replayAnswered(409)),
  must('key-replay-201', 'dispatch-idempotent', 'dispatchRun', 'A replay is 201.', replayAnswered(201)),
  must(
    'key-with-reason',
    'dispatch-idempotent',
    'dispatchRun',
    'The same key with another body is another run.',
    inputs('dispatchRun', (call) =>
      withMembers(call, (members) =>
        members['idempotencyKey'] === undefined
          ? members
          : { ...members, idempotencyKey: JSON.stringify(members) },
      ),
    ),
  ),
  erratic(
    must(
      'key-not-under-concurrency',
      'dispatch-idempotent',
      'dispatchRun',
      'The same key at the same moment queues two runs.',
      () => {
        let last = { key: '', at: 0 };
        return inputs('dispatchRun', (call, { now }) => {
          const key = textOf(sentMembers(call)['idempotencyKey']);
          const raced = key !== '' && key === last.key && now() - last.at < 3;
          last = { key, at: now() };
          return raced ? withMembers(call, (members) => ({ ...members, forceNewRun: true })) : call;
        })();
      },
    ),
  ),
  must(
    'force-disregarded',
    'dispatch-forced',
    'dispatchRun',
    'forceNewRun is not looked at.',
    inputs('dispatchRun', (call) => withMembers(call, (members) => omit(members, 'forceNewRun'))),
  ),
  must(
    'force-without-run',
    'dispatch-forced',
    'dispatchRun',
    'A forced dispatch answers a run that is not kept.',
    outcomes('dispatchRun', (outcome, call) => {
      if (outcome.kind === 'record' && sentMembers(call)['forceNewRun'] === true)
        call.tenant.runs.delete(String(outcome.record['runId']));
      return outcome;
    }),
  ),
  must(
    'force-of-another-workflow',
    'dispatch-forced',
    'dispatchRun',
    'A forced run is of another workflow.',
    inputs('dispatchRun', (call) =>
      sentMembers(call)['forceNewRun'] === true
        ? withParameter(call, 'workflowId', firstOther(call.tenant, call.parameters['workflowId']))
        : call,
    ),
  ),
];

const progress: readonly Defect[] = [
  must(
    'run-goes-back',
    'run-forward',
    'getRun',
    'A run that was running is pending again at times.',
    statusSeen((status, seen) => (seen > 1 && seen % 2 === 0 && status !== 'pending' ? 'pending' : status)),
  ),
  must(
    'run-verdict-changes',
    'run-forward',
    'getRun',
    'The verdict of a run changes at each read.',
    statusSeen((status, seen) => {
      const other = status === 'pass' ? 'fail' : status === 'fail' ? 'pass' : status;
      return seen % 2 === 0 ? other : status;
    }),
  ),
  must(
    'run-leaves-its-end',
    'run-forward',
    'getRun',
    'A run that is over runs again at its third read.',
    statusSeen((status, seen) =>
      seen % 3 === 0 && !['pending', 'running'].includes(status) ? 'running' : status,
    ),
  ),
  must(
    'run-ends-before-it-runs',
    'run-forward',
    'getRun',
    'A new run is over at its first read, and then runs.',
    statusSeen((status, seen) => (seen === 1 && ['pending', 'running'].includes(status) ? 'pass' : status)),
  ),
];

/** Defects of dispatching, and of the way that a run takes. */
export const dispatchDefects: readonly Defect[] = [...queueing, ...idempotency, ...progress];

function firstOther({ workflows }: Tenant, id: string | undefined): string {
  return [...workflows.keys()].find((other) => other !== id) ?? '';
}

function replayAnswered(status: number): () => Hooks {
  return outcomes('dispatchRun', (outcome) =>
    outcome.kind === 'record' && outcome.record['replayed'] === true ? { ...outcome, status } : outcome,
  );
}

/** Shows another status for a run, by how often it was read. */
function statusSeen(change: (status: string, seen: number) => string): () => Hooks {
  return () => {
    const reads = new Map<unknown, number>();
    return records('getRun', (record) => {
      const seen = (reads.get(record['id']) ?? 0) + 1;
      reads.set(record['id'], seen);
      return { ...record, status: change(String(record['status']), seen) };
    })();
  };
}
