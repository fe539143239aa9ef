import type { JsonObject, Workflow } from '../data/model.ts';
import { timestamp } from '../data/time.ts';

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

/** A workflow in full: its members as they were sent, null where they were not. */
export function workflowRecord(workflow: Workflow): JsonObject {
  const { members, archivedAt } = workflow;
  const member = (name: string): unknown => members[name] ?? null;
  return {
    ...workflowRow(workflow),
    testerPrompt: members.testerPrompt,
    defaultMcpAuthProfileId: member('defaultMcpAuthProfileId'),
    testerModelId: member('testerModelId'),
    testerModelIds: member('testerModelIds'),
    testerTargets: member('testerTargets'),
    criteria: member('criteria'),
    limits: member('limits'),
    retryPolicy: member('retryPolicy'),
    toolPolicy: member('toolPolicy'),
    metadata: member('metadata'),
    environment: 'production',
    archivedAt: archivedAt === null ? null : timestamp(archivedAt),
    createdAt: timestamp(workflow.createdAt),
  };
}
