import type { Run, Tenant, Workflow } from '../data/model.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { invalid, notFound } from '../deployment/refusal.ts';
import { subject } from './lookup.ts';
import { queueRun } from './queue.ts';
import { isOver, runStatus } from './run-status.ts';

interface DispatchOrder {
  readonly reason: string | null;
  readonly baselineRunId: string | null;
  readonly idempotencyKey: string | undefined;
  readonly forceNewRun: boolean;
}

/** The run that a dispatch answers with, and whether it is there by its key. */
interface Existing {
  readonly run: Run;
  readonly byKey: boolean;
}

/** Queues a run of a workflow, or gives the one that the same idempotency key queued before. */
export function dispatchRun(call: EnteredCall, deployment: Deployment): Outcome {
  const { tenant } = call;
  const workflow = subject(tenant.workflows, call, 'workflowId');
  refuseArchived(workflow, deployment);
  const order = readOrder(call, deployment);
  const existing = order.forceNewRun ? undefined : existingRun(tenant, workflow, order, deployment);
  const run = existing?.run ?? newRun(tenant, workflow, order, deployment);
  remember(tenant, run, order, deployment);
  return {
    kind: 'record',
    record: {
      runId: run.id,
      workflowId: workflow.id,
      status: runStatus(run, deployment),
      replayed: existing !== undefined,
    },
    // A dispatch that joins a run is queued as any other is.
    ...(existing?.byKey === true ? { status: deployment.dialect.dispatch.replayStatus } : {}),
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
  order: DispatchOrder,
  deployment: Deployment,
): Existing | undefined {
  const { keyMemory, inFlight, secondKey, sameReason } = deployment.dialect.dispatch;
  const { idempotencyKey: key, reason } = order;
  const known = key === undefined ? undefined : rememberedRun(tenant.idempotency, tenant, workflow, key);
  if (known !== undefined && (keyMemory === 'for-ever' || !isOver(known, deployment)))
    return { run: known, byKey: true };
  const asBefore =
    key === undefined && reason !== null && sameReason === 'one-run'
      ? rememberedRun(tenant.reasons, tenant, workflow, reason)
      : undefined;
  const joins = (key === undefined ? inFlight : secondKey) === 'joined';
  const run = asBefore ?? (joins ? runInFlight(tenant, workflow, deployment) : undefined);
  return run && { run, byKey: false };
}

function rememberedRun(
  memory: Tenant['idempotency'],
  { runs }: Tenant,
  { id }: Workflow,
  word: string,
): Run | undefined {
  return runs.get(memory.get(id)?.get(word) ?? '');
}

function runInFlight(tenant: Tenant, workflow: Workflow, deployment: Deployment): Run | undefined {
  return [...tenant.runs.values()].find((run) => {
    return run.workflowId === workflow.id && run.queuedAt <= deployment.now() && !isOver(run, deployment);
  });
}

function newRun(tenant: Tenant, workflow: Workflow, order: DispatchOrder, deployment: Deployment): Run {
  const { reason, baselineRunId } = order;
  const verdict = deployment.random.chance(0.7) ? 'pass' : 'fail';
  return queueRun(tenant, workflow, { verdict, trigger: 'api', reason, baselineRunId }, deployment);
}

/** A forced run does not take the key away from the run that has it. */
function remember(tenant: Tenant, run: Run, order: DispatchOrder, deployment: Deployment): void {
  const { idempotencyKey: key, reason, forceNewRun } = order;
  const memory = key === undefined ? tenant.reasons : tenant.idempotency;
  const word = key ?? reason;
  if (word === null || (key === undefined && forceNewRun)) return;
  const words = memory.get(run.workflowId) ?? new Map<string, string>();
  const holder = tenant.runs.get(words.get(word) ?? '');
  const forgets = key !== undefined && deployment.dialect.dispatch.keyMemory === 'until-the-end';
  if (holder === undefined || (forgets && isOver(holder, deployment))) words.set(word, run.id);
  memory.set(run.workflowId, words);
}
