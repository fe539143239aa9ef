import { count, type Call } from '../call.ts';
import { reply } from '../call.ts';
import { notFound } from '../checks/refusals.ts';
import { asText, isObject, listIn, recordIn, rowsIn } from '../json.ts';
import { endOf, statusAt, type Run } from '../model.ts';
import { facts } from './facts.ts';
import { on, pause, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const made = (call: Call): Run[] => call.org.runs.filter(({ by }) => by !== 'seed');
const keyOf = (call: Call): string | undefined => {
  const key = call.body['idempotencyKey'];
  return typeof key === 'string' ? key : undefined;
};

function forgetting(id: string, where: string, when: (call: Call, key: string) => boolean): Seed {
  return plant(id, facts.idempotency, where, {
    around: (call, run) => {
      const key = keyOf(call);
      if (on(call, 'workflows.dispatch') && key !== undefined && when(call, key))
        delete call.body['idempotencyKey'];
      return run();
    },
  });
}

function life(
  id: string,
  where: string,
  change: (status: string, call: Call, run: Run) => string,
  fact: string = facts.states,
): Seed {
  return plant(id, fact, where, {
    reply: (call, { status, body }) => {
      if (status !== 200 || !on(call, 'runs.list', 'runs.get')) return;
      for (const row of on(call, 'runs.get') ? [recordIn(body)] : rowsIn(body)) {
        const run = call.org.runs.find(({ id: own }) => own === row['id']);
        if (run) row['status'] = change(asText(row['status']), call, run);
      }
    },
  });
}

const ageAfterEnd = (call: Call, run: Run): number => call.now - (run.createdAt + run.endsAfter);
const isTerminal = (status: string): boolean => ['pass', 'fail', 'partial', 'error'].includes(status);

/** Defects of dispatched runs and of their lives. */
export const dispatchSeeds: readonly Seed[] = [
  forgetting('dispatch-key-ignored', '`idempotencyKey` is ignored', () => true),
  forgetting(
    'dispatch-key-short-memory',
    'only the last key is remembered: a, b, a makes three runs',
    (call, key) => {
      const last = call.memory.get(`key of ${call.id}`);
      call.memory.set(`key of ${call.id}`, key);
      if (last === key || last === undefined) return false;
      return made(call).some((run) => run.workflowId === call.id && run.idempotencyKey === key);
    },
  ),
  forgetting('dispatch-key-per-caller', 'the same key of another caller makes another run', (call, key) =>
    made(call).some(
      (run) => run.workflowId === call.id && run.idempotencyKey === key && run.by !== call.actor.keyId,
    ),
  ),
  forgetting(
    'dispatch-key-with-reason',
    'the same key with another `reason` makes another run',
    (call, key) =>
      made(call).some(
        (run) =>
          run.workflowId === call.id &&
          run.idempotencyKey === key &&
          run.reason !== (call.body['reason'] ?? null),
      ),
  ),
  forgetting(
    'dispatch-key-while-running',
    'the key is forgotten as soon as its run is running',
    (call, key) =>
      made(call).some(
        (run) =>
          run.workflowId === call.id && run.idempotencyKey === key && statusAt(run, call.now) === 'running',
      ),
  ),
  forgetting(
    'dispatch-key-third-time',
    'every third use of a key makes another run',
    (call, key) => count(call.memory, `uses of ${call.id} ${key}`) % 3 === 0,
  ),
  forgetting('dispatch-key-long', 'a key above 32 characters is ignored', (_call, key) => key.length > 32),
  plant('dispatch-key-race', facts.idempotency, 'the same key twice at once makes two runs', {
    around: async (call, run) => {
      const key = keyOf(call);
      if (!on(call, 'workflows.dispatch') || key === undefined) return run();
      const known = made(call).some((old) => old.workflowId === call.id && old.idempotencyKey === key);
      await pause(8);
      if (!known) call.body['forceNewRun'] = true;
      const answer = run();
      const last = call.org.runs.at(-1);
      if (!known && last) call.org.runs.splice(-1, 1, { ...last, idempotencyKey: key });
      return answer;
    },
  }),
  plant(
    'dispatch-key-across-workflows',
    facts.belongs,
    "the same key on another workflow returns the first one's run",
  ),
  plant(
    'dispatch-key-across-tenants',
    facts.belongs,
    "the same key in another organization returns the first one's run",
  ),
  plant('dispatch-force-keyed-ignored', facts.force, '`forceNewRun` is ignored where a key is given'),
  plant(
    'dispatch-force-keyless-ignored',
    facts.force,
    '`forceNewRun` without a key returns the run in flight',
  ),
  plant('dispatch-force-race', facts.force, 'two forced dispatches at once get the same run', {
    around: async (call, run) => {
      if (!on(call, 'workflows.dispatch') || call.body['forceNewRun'] !== true) return run();
      const before = made(call).length;
      await pause(8);
      const fresh = made(call)
        .slice(before)
        .find(({ workflowId }) => workflowId === call.id);
      return fresh ? reply(202, { runId: fresh.id, status: 'pending' }) : run();
    },
  }),
  plant('dispatch-first-workflow', facts.belongs, 'a run with a `reason` belongs to the first workflow', {
    around: (call, run) => {
      const answer = run();
      const last = call.org.runs.at(-1);
      const [first] = call.org.workflows;
      if (on(call, 'workflows.dispatch') && 'reason' in call.body && last?.workflowId === call.id && first)
        last.workflowId = first.id;
      return answer;
    },
  }),
  plant(
    'dispatch-race-workflow',
    facts.belongs,
    'two dispatches of different workflows at once: both runs belong to the later one',
    {
      around: async (call, run) => {
        if (!on(call, 'workflows.dispatch')) return run();
        call.memory.set('dispatching', call.id);
        await pause(6);
        const answer = run();
        const last = call.org.runs.at(-1);
        const other = call.memory.get('dispatching');
        if (last?.workflowId === call.id && typeof other === 'string') last.workflowId = other;
        return answer;
      },
    },
  ),
  plant(
    'dispatch-unknown-id',
    facts.dispatch,
    "the answer's run id is not the one that GET /runs/{id} knows",
    {
      reply: (call, { status, body }) => {
        if (status === 202 && on(call, 'workflows.dispatch') && isObject(body))
          body['runId'] = call.world.newId('run');
      },
    },
  ),
  plant('dispatch-no-id', facts.dispatch, 'the answer has no run id', {
    reply: (call, { status }) =>
      status === 202 && on(call, 'workflows.dispatch') ? reply(202, { queued: true }) : undefined,
  }),
  plant(
    'dispatch-older-run',
    facts.dispatch,
    'a dispatch of a workflow that has ended runs returns one of them',
    {
      around: (call, run) => {
        const ended = call.org.runs.find(
          (old) => old.workflowId === call.id && endOf(old, call.now) !== null,
        );
        const fresh = Number(call.memory.get(`fresh ${call.id}`) ?? 0) > 0;
        if (!on(call, 'workflows.dispatch') || !ended || fresh || keyOf(call) !== undefined) return run();
        count(call.memory, `fresh ${call.id}`);
        return reply(202, { runId: ended.id, status: statusAt(ended, call.now) });
      },
    },
  ),
  plant('dispatch-not-listed', facts.runs, 'GET /runs does not list dispatched runs', {
    around: (call, run) => {
      const answer = run();
      const last = call.org.runs.at(-1);
      if (on(call, 'workflows.dispatch') && last) last.hidden = true;
      return answer;
    },
  }),
  plant('dispatch-unlisted-by-workflow', facts.runs, 'GET /runs?workflowId does not list dispatched runs', {
    reply: (call, { status, body }) => {
      if (status !== 200 || !on(call, 'runs.list') || !call.query.has('workflowId')) return;
      const ids = made(call).map(({ id }) => id);
      const rows = listIn(body);
      rows.splice(
        0,
        rows.length,
        ...rows.filter((row) => !isObject(row) || !ids.includes(asText(row['id']))),
      );
    },
  }),
  plant(
    'dispatch-unreadable',
    facts.dispatch,
    'GET /runs/{id} of a dispatched run is 404 while it is pending',
    {
      reply: (call, { status }) =>
        status === 200 &&
        on(call, 'runs.get') &&
        made(call).some((run) => run.id === call.id && statusAt(run, call.now) === 'pending')
          ? notFound(call)
          : undefined,
    },
  ),
  life('state-backward', 'a running run is pending again for a while', (status, call, run) =>
    status === 'running' && run.by !== 'seed' && call.now - run.createdAt > 400 ? 'pending' : status,
  ),
  life('state-terminal-changes', 'the outcome of a run changes 400 ms after its end', (status, call, run) =>
    run.by !== 'seed' && ageAfterEnd(call, run) > 400 ? (status === 'pass' ? 'fail' : 'pass') : status,
  ),
  life('state-early-end', 'a run shows its end for a moment before it runs', (status, call, run) =>
    status === 'pending' && run.by !== 'seed' && call.now - run.createdAt > 60 ? 'error' : status,
  ),
  life(
    'state-ended-runs-again',
    'an ended run is running again from the second look on',
    (status, call, run) =>
      run.by !== 'seed' && isTerminal(status) && count(call.memory, `looks at ${run.id}`) >= 2
        ? 'running'
        : status,
  ),
  life('state-flickers', 'every third look at an old `partial` run says `error`', (status, call, run) =>
    run.by === 'seed' && status === 'partial' && call.number % 3 === 0 ? 'error' : status,
  ),
  life(
    'state-detail-late',
    'the summary of an ended run still says `running`, the list does not',
    (status, call, run) =>
      on(call, 'runs.get') && run.by !== 'seed' && isTerminal(status) ? 'running' : status,
    facts.run,
  ),
  life(
    'state-list-late',
    'the list says `pending` until the end, and then for a second more',
    (status, call, run) =>
      on(call, 'runs.list') && run.by !== 'seed' && ageAfterEnd(call, run) < 1500 ? 'pending' : status,
    facts.run,
  ),
  life(
    'state-error-as-fail',
    'the list says `fail` where the summary says `error`',
    (status, call) => (on(call, 'runs.list') && status === 'error' ? 'fail' : status),
    facts.run,
  ),
];
