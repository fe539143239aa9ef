import { makeRun, quickCourse } from '../data/course.ts';
import type { Run, Tenant, Workflow } from '../data/model.ts';
import { toolsOf } from '../data/tools.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { invalid, notFound } from '../deployment/refusal.ts';
import { subject } from './lookup.ts';
import { requireReference } from './references.ts';
import { isOver, runStatus } from './run-status.ts';

interface DispatchOrder {
  readonly reason: string | null;
  readonly baselineRunId: string | null;
  readonly idempotencyKey: string | undefined;
  readonly forceNewRun: boolean;
}

/** Queues a run of a workflow, or gives the one that the same idempotency key queued before. */
export function dispatchRun(call: EnteredCall, deployment: Deployment): Outcome {
  const { tenant } = call;
  const workflow = subject(tenant.workflows, call, 'workflowId');
  refuseArchived(workflow, deployment);
  const order = readOrder(call, deployment);
  if (order.baselineRunId !== null)
    requireReference(tenant.runs, order.baselineRunId, 'baselineRunId', deployment);
  const existing = order.forceNewRun ? undefined : existingRun(tenant, workflow, order, deployment);
  const run = existing ?? queueRun(tenant, workflow, order, deployment);
  const { replayStatus } = deployment.dialect.dispatch;
  return {
    kind: 'record',
    record: {
      runId: run.id,
      workflowId: workflow.id,
      status: runStatus(run, deployment),
      replayed: existing !== undefined,
    },
    ...(existing === undefined ? {} : { status: replayStatus }),
  };
}

function refuseArchived(workflow: Workflow, { dialect }: Deployment): void {
  if (workflow.archivedAt === null || dialect.archive.dispatch === 'accepted') return;
  throw dialect.archive.dispatch === 404
    ? notFound('workflow')
    : invalid('workflowId', 'the workflow is archived');
}

function readOrder(call: EnteredCall, deployment: Deployment): DispatchOrder {
  const { reason, baselineRunId, idempotencyKey, forceNewRun } = membersOf(call, deployment);
  return {
    reason: typeof reason === 'string' ? reason : null,
    baselineRunId: typeof baselineRunId === 'string' ? baselineRunId : null,
    idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : undefined,
    forceNewRun: forceNewRun === true,
  };
}

function existingRun(
  tenant: Tenant,
  workflow: Workflow,
  { idempotencyKey }: DispatchOrder,
  deployment: Deployment,
): Run | undefined {
  const { forgetsKeyAfterRun, joinsInFlight } = deployment.dialect.dispatch;
  if (idempotencyKey === undefined) {
    return joinsInFlight ? runInFlight(tenant, workflow, deployment) : undefined;
  }
  const run = tenant.runs.get(tenant.idempotency.get(workflow.id)?.get(idempotencyKey) ?? '');
  return run !== undefined && forgetsKeyAfterRun && isOver(run, deployment) ? undefined : run;
}

function runInFlight(tenant: Tenant, workflow: Workflow, deployment: Deployment): Run | undefined {
  return [...tenant.runs.values()].find((run) => {
    return run.workflowId === workflow.id && run.queuedAt <= deployment.now() && !isOver(run, deployment);
  });
}

function queueRun(tenant: Tenant, workflow: Workflow, order: DispatchOrder, deployment: Deployment): Run {
  const { random, newId, now } = deployment;
  const run = makeRun(
    {
      id: newId('run'),
      workflow,
      tools: toolsOf(tenant, workflow),
      course: quickCourse(now(), random),
      verdict: random.chance(0.7) ? 'pass' : 'fail',
      trigger: 'api',
      reason: order.reason,
      baselineRunId: order.baselineRunId,
    },
    random,
  );
  tenant.runs.set(run.id, run);
  if (order.idempotencyKey !== undefined) rememberKey(tenant, run, order.idempotencyKey, deployment);
  return run;
}

/** A forced run does not take the key away from the run that has it. */
function rememberKey(tenant: Tenant, run: Run, key: string, deployment: Deployment): void {
  const runsByKey = tenant.idempotency.get(run.workflowId) ?? new Map<string, string>();
  const holder = tenant.runs.get(runsByKey.get(key) ?? '');
  const isFree =
    holder === undefined || (deployment.dialect.dispatch.forgetsKeyAfterRun && isOver(holder, deployment));
  if (isFree) runsByKey.set(key, run.id);
  tenant.idempotency.set(run.workflowId, runsByKey);
}
