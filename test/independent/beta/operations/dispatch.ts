import type { Call, Reply } from '../call.ts';
import { count, has, reply } from '../call.ts';
import { notFound } from '../checks/refusals.ts';
import type { JsonObject } from '../json.ts';
import { endOf, type Org, type Phase, type Run, statusAt, type Workflow } from '../model.ts';
import { runRow } from '../views/run.ts';
import { locate } from './locate.ts';

const outcomes = ['pass', 'fail', 'partial', 'error', 'pass'] as const;

function lifeOf(call: Call, turn: number): { phases: readonly Phase[]; starts: number; ends: number } {
  const outcome = outcomes[turn % outcomes.length] ?? 'pass';
  const ends = 650 + (turn % 4) * 60;
  if (!call.settings.furtherStatuses) {
    const phases = [
      { after: 160, status: 'running' },
      { after: ends, status: outcome },
    ];
    return { phases, starts: 160, ends };
  }
  const phases = [
    { after: 0, status: 'queued' },
    { after: 60, status: 'pending' },
    { after: 180, status: 'running' },
    { after: 450, status: 'evaluating' },
    { after: ends, status: turn % 6 === 5 ? 'cancelled' : outcome },
  ];
  return { phases, starts: 180, ends };
}

/** What is special about a run. */
export interface RunWish {
  readonly trigger: string;
  readonly reason?: string | null;
  readonly key?: string | null;
}

/** Queues a run of a workflow. */
export function queueRun(call: Call, org: Org, workflow: Workflow, wish: RunWish): Run {
  const turn = count(call.memory, 'queued');
  const { phases, starts, ends } = lifeOf(call, turn);
  const run: Run = {
    id: call.world.newId('run'),
    workflowId: workflow.id,
    createdAt: Date.now(),
    phases,
    startsAfter: starts,
    endsAfter: ends,
    model: 'claude-sonnet-4',
    reason: wish.reason ?? null,
    trigger: wish.trigger,
    idempotencyKey: wish.key ?? null,
    classification: null,
    cost: 0.0123,
    version: workflow.version,
    by: call.actor.keyId,
  };
  org.runs.push(run);
  return run;
}

function existingRun(call: Call, org: Org, workflow: Workflow, key: string | null): Run | undefined {
  const { settings, now } = call;
  const acrossWorkflows = has(call, 'dispatch-key-across-workflows');
  const shelf = has(call, 'dispatch-key-across-tenants')
    ? call.world.orgs.flatMap(({ runs }) => runs)
    : org.runs;
  const flying = (run: Run): boolean => endOf(run, now) === null;
  const known = shelf.filter(
    (run) => run.by !== 'seed' && (run.workflowId === workflow.id || acrossWorkflows || shelf !== org.runs),
  );
  if (key !== null) {
    const made = known.filter((run) => run.idempotencyKey === key && (!settings.keyForgotten || flying(run)));
    return settings.forceTakesKey ? made.at(-1) : made[0];
  }
  const waiting = has(call, 'dispatch-force-keyless-ignored') && call.body['forceNewRun'] === true;
  if (!settings.inFlightDedup && !waiting) return undefined;
  return known.findLast((run) => run.idempotencyKey === null && flying(run));
}

function dispatched(call: Call, run: Run, replayed: boolean): Reply {
  const { settings } = call;
  const status = statusAt(run, Date.now());
  const bodies: Record<typeof settings.dispatchBody, () => JsonObject> = {
    runId: () => ({ runId: run.id, status, deduplicated: replayed }),
    run_id: () => ({ run_id: run.id, queued: !replayed }),
    run: () => ({ run: runRow({ ...call, now: Date.now() }, run) }),
    id: () => ({ id: run.id, status }),
    decoy: () => ({
      id: `d-${call.world.newId('dispatch')}`,
      run: { id: run.id },
      workflow: { id: run.workflowId },
    }),
  };
  const replayOfKey = replayed && typeof call.body['idempotencyKey'] === 'string';
  return reply(replayOfKey ? settings.replayStatus : 202, bodies[settings.dispatchBody]());
}

/** `POST /workflows/{id}/runs` */
export function dispatchRun(call: Call): Reply {
  const found = locate(call, 'workflows');
  if (!found) return notFound(call);
  const { reason, idempotencyKey, forceNewRun } = call.body;
  const key = typeof idempotencyKey === 'string' ? idempotencyKey : null;
  const forced =
    forceNewRun === true &&
    !(key !== null && has(call, 'dispatch-force-keyed-ignored')) &&
    !has(call, 'dispatch-force-keyless-ignored');
  const existing = forced ? undefined : existingRun(call, found.org, found.item, key);
  if (existing) return dispatched(call, existing, true);
  const run = queueRun(call, found.org, found.item, {
    trigger: 'api',
    reason: typeof reason === 'string' ? reason : null,
    key: forced && !call.settings.forceTakesKey ? null : key,
  });
  return dispatched(call, run, false);
}
