import { requireFreeName } from './free-name.ts';
import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../data/json.ts';
import type { JsonObject, Workflow, WorkflowMembers } from '../data/model.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { notFound } from '../deployment/refusal.ts';
import { hasCategories } from './categories.ts';
import { queueFirstWindow } from './first-window.ts';
import { listed } from './lagging.ts';
import { inListOrder } from './list-order.ts';
import { subject } from './lookup.ts';
import { workflowRecord, workflowRow } from './workflow-record.ts';

/** The active production workflows. */
export function listWorkflows(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect } = deployment;
  const workflows = listed(call.tenant.workflows, deployment)
    .filter(({ archivedAt }) => archivedAt === null)
    .filter(({ paused }) => !paused || dialect.workflows.paused === 'listed')
    .filter((workflow) => hasCategories(call, workflow.categories, dialect));
  const items = inListOrder(workflows, dialect).map(workflowRow);
  return { kind: 'list', items, beside: { total: items.length } };
}

/** Makes a workflow and queues its first dispatch window. */
export function createWorkflow(call: EnteredCall, deployment: Deployment): Outcome {
  const sent = membersOf(call, deployment);
  // The check of the body has seen to it that the three are there.
  const members: WorkflowMembers = {
    ...sent,
    name: textOf(sent['name']),
    mcpServerId: textOf(sent['mcpServerId']),
    testerPrompt: textOf(sent['testerPrompt']),
  };
  const active = [...call.tenant.workflows.values()].filter(({ archivedAt }) => archivedAt === null);
  requireFreeName(
    members.name,
    active.map((workflow) => workflow.members.name),
    deployment,
  );
  const now = deployment.now();
  const workflow: Workflow = {
    id: deployment.newId('wf'),
    members,
    categories: call.tenant.sources.get(members.mcpServerId)?.categories ?? [],
    version: 1,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    paused: false,
  };
  call.tenant.workflows.set(workflow.id, workflow);
  queueFirstWindow(call.tenant, workflow, deployment);
  return { kind: 'record', record: workflowRecord(workflow, deployment.dialect) };
}

/** One workflow in full. */
export function getWorkflow(call: EnteredCall, deployment: Deployment): Outcome {
  return { kind: 'record', record: workflowRecord(visibleWorkflow(call, deployment), deployment.dialect) };
}

/** Writes a new version of a workflow. */
export function updateWorkflow(call: EnteredCall, deployment: Deployment): Outcome {
  const workflow = visibleWorkflow(call, deployment);
  const changes = membersOf(call, deployment);
  const status = deployment.dialect.workflows.updateStatus;
  if (isSame(workflow, changes) && deployment.dialect.workflows.sameEdit === 'same-version')
    return { kind: 'record', record: workflowRecord(workflow, deployment.dialect), status };
  const updated: Workflow = {
    ...workflow,
    members: { ...workflow.members, ...changes },
    version: workflow.version + 1,
    updatedAt: deployment.now(),
  };
  call.tenant.workflows.set(updated.id, updated);
  return { kind: 'record', record: workflowRecord(updated, deployment.dialect), status };
}

/** Archives a workflow. */
export function archiveWorkflow(call: EnteredCall, { dialect, now }: Deployment): Outcome {
  const workflow = subject(call.tenant.workflows, call, 'workflowId');
  if (workflow.archivedAt !== null && dialect.archive.again === 404) throw notFound('workflow');
  call.tenant.workflows.set(workflow.id, { ...workflow, archivedAt: workflow.archivedAt ?? now() });
  return { kind: 'record', record: { ok: true, ...dialect.archive.answer }, status: dialect.archive.status };
}

/** Whether an edit changes nothing. */
function isSame({ members }: Workflow, changes: JsonObject): boolean {
  return Object.entries(changes).every(([name, value]) => isDeepStrictEqual(members[name] ?? null, value));
}

function visibleWorkflow(call: EnteredCall, { dialect }: Deployment): Workflow {
  const workflow = subject(call.tenant.workflows, call, 'workflowId');
  if (workflow.archivedAt !== null && !dialect.archive.readable) throw notFound('workflow');
  return workflow;
}
