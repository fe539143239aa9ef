import type { JsonObject, Workflow } from '../data/model.ts';
import { isObject } from '../data/json.ts';
import { timestamp } from '../data/time.ts';
import type { Dialect } from '../dialects/dialect.ts';

/** What the deployment takes for members that were not sent; a schedule is none of them: without one it has none. */
const usualMembers: JsonObject = {
  testerModelId: 'claude-sonnet-4-5',
  limits: { maxTurns: 20 },
  retryPolicy: { maxAttempts: 1 },
  toolPolicy: {},
  metadata: {},
};

/** A workflow as a list shows it. */
export function workflowRow(workflow: Workflow): JsonObject {
  const { members } = workflow;
  return {
    id: workflow.id,
    name: members.name,
    description: members['description'] ?? null,
    mcpServerId: members.mcpServerId,
    categories: workflow.categories,
    schedule: members['schedule'] ?? null,
    currentVersion: workflow.version,
    updatedAt: timestamp(workflow.updatedAt),
  };
}

/** A workflow in full: its members as they were sent, null or the usual value where they were not. */
export function workflowRecord(workflow: Workflow, { workflows }: Dialect): JsonObject {
  const { members, archivedAt } = workflow;
  const usual = workflows.unset === 'defaults' ? usualMembers : {};
  const member = (name: string): unknown => members[name] ?? usual[name] ?? null;
  return {
    ...workflowRow(workflow),
    testerPrompt: members.testerPrompt,
    defaultMcpAuthProfileId: member('defaultMcpAuthProfileId'),
    testerModelId: member('testerModelId'),
    testerModelIds: member('testerModelIds'),
    testerTargets: member('testerTargets'),
    criteria:
      workflows.criteria === 'with-ids' ? withIds(member('criteria'), workflow.id) : member('criteria'),
    limits: member('limits'),
    retryPolicy: member('retryPolicy'),
    toolPolicy: member('toolPolicy'),
    metadata: member('metadata'),
    environment: 'production',
    archivedAt: archivedAt === null ? null : timestamp(archivedAt),
    createdAt: timestamp(workflow.createdAt),
  };
}

function withIds(criteria: unknown, workflowId: string): unknown {
  if (!Array.isArray(criteria)) return criteria;
  return criteria.map((criterion: unknown, index) =>
    isObject(criterion) ? { ...criterion, id: `${workflowId}-c${index}` } : criterion,
  );
}
