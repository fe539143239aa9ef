import type { Call, Reply } from '../call.ts';
import { has, reply, scope } from '../call.ts';
import { notFound, refusal } from '../checks/refusals.ts';
import { workflowBody as createShape } from '../checks/bodies.ts';
import type { JsonObject } from '../json.ts';
import type { Org, Workflow } from '../model.ts';
import { adorned, listed } from '../views/envelope.ts';
import { versionOf, workflowBody, workflowRow } from '../views/workflow.ts';
import { queueRun } from './dispatch.ts';
import { locate, visible } from './locate.ts';
import { byCategory } from './parameters.ts';

/** `GET /workflows` */
export function listWorkflows(call: Call): Reply {
  const active = visible(call, 'workflows').filter(({ archived }) => !archived);
  const rows = byCategory(call, active).map((workflow) => workflowRow(call.settings, workflow));
  return reply(200, listed(call, 'workflows', rows));
}

/** Whether the workflow of a call's id is there for this operation. */
export function hasWorkflow(call: Call): boolean {
  const item = locate(call, 'workflows')?.item;
  if (!item) return false;
  if (!item.archived) return true;
  switch (call.operation.name) {
    case 'workflows.archive':
      return call.settings.secondArchive === 200;
    case 'workflows.get':
      return call.settings.archivedReadable;
    case 'workflows.dispatch':
      return call.settings.archivedDispatch;
    default:
      return false;
  }
}

/** `GET /workflows/{id}` */
export function getWorkflow(call: Call): Reply {
  const found = locate(call, 'workflows');
  return found ? reply(200, workflowBody(call, found.item)) : notFound(call);
}

function documented(call: Call): JsonObject {
  const named = Object.keys(createShape).filter((name) => Object.hasOwn(call.body, name));
  return Object.fromEntries(
    named.flatMap((name) => {
      const value = call.body[name];
      return value === undefined || (value === null && name !== 'schedule') ? [] : [[name, value]];
    }),
  );
}

function badReference(call: Call, fields: JsonObject, org: Org): Reply | undefined {
  const wanted = fields['mcpServerId'];
  if (call.forced || wanted === undefined || typeof wanted !== 'string') return undefined;
  const owners = scope(call).includes(org) ? scope(call) : [org];
  if (owners.some(({ sources }) => sources.some(({ id }) => id === wanted))) return undefined;
  const { missingReference, codes } = call.settings;
  const code = missingReference === 404 ? codes.missing : codes.invalid;
  return refusal(call, missingReference, code, 'mcpServerId names no source.');
}

/** `POST /workflows` */
export function createWorkflow(call: Call): Reply {
  const fields = documented(call);
  const refused = badReference(call, fields, call.org);
  if (refused) return refused;
  const source = call.org.sources.find(({ id }) => id === fields['mcpServerId']);
  const workflow: Workflow = {
    id: call.world.newId('wf'),
    fields: has(call, 'workflow-schedule-dropped') ? { ...fields, schedule: null } : fields,
    categories: [...(source?.categories ?? [])],
    version: 1,
    archived: has(call, 'workflow-created-unlisted'),
    createdAt: call.now,
    updatedAt: call.now,
  };
  call.org.workflows.push(workflow);
  if (call.settings.firstWindowRun) queueRun(call, call.org, workflow, { trigger: 'first_window' });
  if (call.settings.created === 'bare') return reply(201, { id: workflow.id });
  const { created: form } = call.settings;
  if (form === 'decoy') {
    return reply(
      201,
      adorned(call.settings, { id: workflow.id, source: { id: source?.id ?? '' }, message: 'created' }),
    );
  }
  return reply(201, workflowBody(call, workflow));
}

/** `PATCH /workflows/{id}` */
export function updateWorkflow(call: Call): Reply {
  const found = locate(call, 'workflows');
  if (!found) return notFound(call);
  const workflow = found.item;
  const fields = documented(call);
  const refused = badReference(call, fields, found.org);
  if (refused) return refused;
  const before = workflow.version;
  workflow.fields = { ...workflow.fields, ...fields };
  workflow.version += 1;
  workflow.updatedAt = call.now;
  if (has(call, 'update-version-stays')) workflow.version = before;
  if (has(call, 'update-metadata-no-version') && Object.keys(fields).join() === 'metadata')
    workflow.version = before;
  if (call.settings.updateBody === 'record') return reply(200, workflowBody(call, workflow));
  return reply(200, { currentVersion: versionOf(call.settings, workflow) });
}

/** `DELETE /workflows/{id}` */
export function archiveWorkflow(call: Call): Reply {
  const found = locate(call, 'workflows');
  if (!found) return notFound(call);
  if (!has(call, 'archive-without-effect')) found.item.archived = true;
  return reply(200, { ok: true, ...(call.settings.extras ? { archivedAt: call.now, id: call.id } : {}) });
}
