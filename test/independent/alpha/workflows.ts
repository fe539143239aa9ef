import { listBody, optional, recordBody } from './envelope.ts';
import { caller, flawed, Refusal, type Exchange, type Reply } from './exchange.ts';
import { locateWorkflow, missing, sees } from './lookup.ts';
import { isObj, type Obj, type Workflow } from './model.ts';
import { inCategories } from './query.ts';
import { startRun } from './run-state.ts';

function categoriesOf(x: Exchange, workflow: Workflow): readonly string[] {
  return x.site.world.sources.get(workflow.sourceId)?.categories ?? [];
}

function base(x: Exchange, workflow: Workflow): Obj {
  const slugs = categoriesOf(x, workflow);
  const form = x.site.dialect.workflowCategories;
  const more = x.site.dialect.extras ? { owner: { id: 'team-1', name: 'QA' }, tags: {} } : {};
  return {
    ...more,
    id: workflow.id,
    name: workflow.name,
    ...optional(x, 'description', workflow.description),
    mcpServerId: workflow.sourceId,
    ...(form === 'absent'
      ? {}
      : { categories: form === 'slugs' ? slugs : slugs.map((slug) => ({ slug, title: slug })) }),
    environment: 'production',
  };
}

function versionOf(x: Exchange, workflow: Workflow): unknown {
  switch (x.site.dialect.version) {
    case 'number':
      return workflow.version;
    case 'string':
      return `v${workflow.version}.0`;
    case 'object':
      return {
        id: `${workflow.id}-${workflow.version}`,
        number: workflow.version,
        testerPrompt: workflow.testerPrompt,
        ...workflow.rest,
      };
  }
}

/** The full record of a workflow, with its version in it or beside it. */
function fullBody(x: Exchange, kind: 'workflow' | 'createdWorkflow', workflow: Workflow): unknown {
  const inside =
    x.site.dialect.version === 'object' ? {} : { testerPrompt: workflow.testerPrompt, ...workflow.rest };
  const record: Obj = {
    ...base(x, workflow),
    ...inside,
    schedule: workflow.schedule,
    archived: workflow.archived,
    currentVersion: versionOf(x, workflow),
    createdAt: new Date(workflow.createdAt).toISOString(),
  };
  const name = x.site.dialect.wraps[kind];
  if (!x.site.dialect.versionBeside || name === '') return recordBody(x, kind, record);
  const body = recordBody(x, kind, record);
  const shown = isObj(body) ? body[name] : undefined;
  if (!isObj(body) || !isObj(shown) || !('currentVersion' in shown)) return body;
  const { currentVersion, ...rest } = shown;
  return { ...body, [name]: rest, currentVersion };
}

/** `GET /workflows` */
export function listWorkflows(x: Exchange): Reply {
  const found = [...x.site.world.workflows.values()].filter(
    (workflow) =>
      sees(x, workflow.orgId) &&
      (!workflow.archived ||
        flawed(x, 'archived-still-listed') ||
        (flawed(x, 'archived-listed-by-slug') && x.query.has('categorySlug'))) &&
      !(flawed(x, 'created-workflow-not-listed') && workflow.rest['live'] === true) &&
      inCategories(x, categoriesOf(x, workflow)),
  );
  if (x.site.dialect.ascending) found.reverse();
  return {
    status: 200,
    body: listBody(
      x,
      'workflows',
      found.map((workflow) => base(x, workflow)),
    ),
  };
}

/** `GET /workflows/{id}` */
export function readWorkflow(x: Exchange): Reply {
  return { status: 200, body: fullBody(x, 'workflow', locateWorkflow(x)) };
}

/** Refuses a source that the caller's organization does not have. */
function checkSource(x: Exchange, id: unknown): void {
  if (typeof id !== 'string') return;
  const source = x.site.world.sources.get(id);
  if (source !== undefined && source.orgId === caller(x).org.id) return;
  const status = x.site.dialect.missingReference;
  const code = status === 404 ? x.site.dialect.missingCode : x.site.dialect.invalidCode;
  throw new Refusal(status, code, 'mcpServerId names no source of this organization.');
}

function apply(workflow: Workflow, body: Obj): void {
  const { name, description, mcpServerId, testerPrompt, schedule, ...rest } = body;
  if (typeof name === 'string') workflow.name = name;
  if (typeof description === 'string') workflow.description = description;
  if (description === null) workflow.description = null;
  if (typeof mcpServerId === 'string') workflow.sourceId = mcpServerId;
  if (typeof testerPrompt === 'string') workflow.testerPrompt = testerPrompt;
  if (schedule === null) workflow.schedule = null;
  if (isObj(schedule)) workflow.schedule = schedule;
  const known = ['defaultMcpAuthProfileId', 'testerModelId', 'testerModelIds', 'testerTargets', 'criteria'];
  for (const member of [...known, 'limits', 'retryPolicy', 'toolPolicy', 'metadata']) {
    if (rest[member] !== undefined) workflow.rest[member] = rest[member];
  }
}

/** `POST /workflows` */
export function createWorkflow(x: Exchange): Reply {
  checkSource(x, x.body['mcpServerId']);
  const workflow: Workflow = {
    id: x.site.makeId('wf'),
    orgId: caller(x).org.id,
    name: 'unnamed',
    description: null,
    sourceId: [...x.site.world.sources.values()].find((each) => each.orgId === caller(x).org.id)?.id ?? '',
    testerPrompt: '',
    schedule: null,
    rest: {},
    version: 1,
    archived: false,
    createdAt: Date.now(),
  };
  apply(workflow, x.body);
  if (flawed(x, 'created-workflow-not-listed')) workflow.rest['live'] = true;
  if (!flawed(x, 'created-workflow-lost')) x.site.world.workflows.set(workflow.id, workflow);
  if (x.site.dialect.firstWindow) startRun(x, workflow, null);
  return { status: 201, body: fullBody(x, 'createdWorkflow', workflow) };
}

/** `PATCH /workflows/{id}` */
export function updateWorkflow(x: Exchange): Reply {
  const stored = locateWorkflow(x);
  checkSource(x, x.body['mcpServerId']);
  const copied = flawed(x, 'update-not-stored');
  const workflow = copied ? { ...stored, rest: { ...stored.rest } } : stored;
  const before = stored.schedule;
  apply(workflow, x.body);
  workflow.version += 1;
  if (flawed(x, 'update-keeps-schedule') && x.body['schedule'] === null) workflow.schedule = before;
  if (flawed(x, 'update-drops-schedule') && !('schedule' in x.body)) workflow.schedule = null;
  if (flawed(x, 'update-drops-description') && !('description' in x.body)) workflow.description = null;
  if (flawed(x, 'update-keeps-version')) workflow.version -= 1;
  if (flawed(x, 'update-spreads')) {
    for (const each of x.site.world.workflows.values()) {
      if (each.sourceId === workflow.sourceId && each.orgId === workflow.orgId) each.name = workflow.name;
    }
  }
  return { status: 200, body: fullBody(x, 'workflow', workflow) };
}

/** `DELETE /workflows/{id}` */
export function archiveWorkflow(x: Exchange): Reply {
  const workflow = locateWorkflow(x);
  if (flawed(x, 'archive-all-unknown')) throw missing(x);
  if (!flawed(x, 'archive-without-effect')) workflow.archived = true;
  return {
    status: 200,
    body: { ...(x.site.dialect.extras ? { archivedAt: new Date().toISOString() } : {}), ok: true },
  };
}
