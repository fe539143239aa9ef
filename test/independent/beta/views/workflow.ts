import type { Call } from '../call.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Workflow } from '../model.ts';
import type { Settings } from '../settings.ts';
import { adorned, cased, stamp, trimmed, wrapped } from './envelope.ts';

/** The current version of a workflow in the dialect's form. */
export function versionOf(settings: Settings, workflow: Workflow): Json {
  if (settings.version === 'text') return `v${workflow.version}`;
  if (settings.version === 'number') return workflow.version;
  return { number: workflow.version, createdAt: stamp(settings, workflow.updatedAt), label: null };
}

function categoriesOf(settings: Settings, workflow: Workflow): JsonObject {
  if (settings.workflowCategories === 'absent') return {};
  if (settings.workflowCategories === 'slugs') return { categories: [...workflow.categories] };
  return { categories: workflow.categories.map((slug) => ({ slug, title: slug.toUpperCase() })) };
}

/** A workflow as a row of the list. */
export function workflowRow(settings: Settings, workflow: Workflow): JsonObject {
  const row = cased(
    settings,
    {
      id: workflow.id,
      name: workflow.fields['name'] ?? null,
      description: workflow.fields['description'] ?? null,
      mcpServerId: workflow.fields['mcpServerId'] ?? null,
      schedule: workflow.fields['schedule'] ?? null,
      ...categoriesOf(settings, workflow),
      createdAt: stamp(settings, workflow.createdAt),
      updatedAt: stamp(settings, workflow.updatedAt),
    },
    ['currentVersion'],
  );
  return adorned(settings, trimmed(settings, row, ['schedule']));
}

/** A workflow in full. */
export function workflowRecord(settings: Settings, workflow: Workflow): JsonObject {
  const record = {
    ...workflow.fields,
    schedule: workflow.fields['schedule'] ?? null,
    id: workflow.id,
    environment: 'production',
    status: workflow.archived ? 'archived' : 'active',
    ...categoriesOf(settings, workflow),
    createdAt: stamp(settings, workflow.createdAt),
    updatedAt: stamp(settings, workflow.updatedAt),
  };
  return adorned(settings, trimmed(settings, cased(settings, record), ['schedule']));
}

/** A workflow's record with its current version in it or beside it. */
export function workflowBody(call: Call, workflow: Workflow): JsonObject {
  const version = { currentVersion: versionOf(call.settings, workflow) };
  const record = workflowRecord(call.settings, workflow);
  if (call.settings.versionBeside) return wrapped(call, 'workflow', record, version);
  return wrapped(call, 'workflow', { ...record, ...version });
}
