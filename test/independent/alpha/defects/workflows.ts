import { asked } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { isObj, type Obj } from '../model.ts';
import { defect, failure, succeeding, without } from './build.ts';
import { facts } from './facts.ts';

const detail = (id: string, where: string, change: (record: Obj) => unknown): Seeded =>
  defect(id, facts.workflowRecord, `GET /workflows/{id}: ${where}`, {
    record: (x, kind, record) =>
      kind === 'workflow' && asked(x) === 'readWorkflow' ? change(record) : record,
  });

const update = (id: string, where: string, change: (record: Obj) => unknown): Seeded =>
  defect(id, facts.workflowUpdate, `PATCH /workflows/{id}: ${where}`, {
    record: (x, kind, record) =>
      kind === 'workflow' && asked(x) === 'updateWorkflow' ? change(record) : record,
  });

const archive = (id: string, where: string, body: unknown, status = 200): Seeded =>
  defect(
    id,
    facts.workflowArchive,
    `DELETE /workflows/{id}: ${where}`,
    succeeding('archiveWorkflow', (reply) => (body === undefined ? { status } : { ...reply, status, body })),
  );

export const workflowDefects: readonly Seeded[] = [
  defect(
    'workflows-by-id',
    facts.workflows,
    'GET /workflows: an object by id, no array',
    succeeding('listWorkflows', (reply) => ({
      ...reply,
      body: {
        workflows: Object.fromEntries(
          Object.entries(
            Array.isArray(reply.body) ? reply.body : isObj(reply.body) ? (reply.body['rows'] ?? {}) : {},
          ),
        ),
      },
    })),
  ),
  defect(
    'workflows-null',
    facts.workflows,
    'GET /workflows: rows null where a filter finds nothing',
    succeeding('listWorkflows', (reply) =>
      JSON.stringify(reply.body).includes('"id"') ? reply : { ...reply, body: { rows: null } },
    ),
  ),
  defect('workflows-of-first-source', facts.workflows, 'GET /workflows: only the first one', {
    list: (x, kind, items) =>
      kind === 'workflows' ? items.slice(0, x.query.size > 0 ? items.length : 1) : items,
  }),
  defect('archived-still-listed', facts.workflows, 'an archived workflow stays in the list'),
  defect('archived-listed-by-slug', facts.workflows, 'an archived workflow is in the list by categorySlug'),
  defect('created-workflow-not-listed', facts.workflowCreated, 'the created workflow is not in the list'),
  defect('created-workflow-lost', facts.workflowCreated, 'the created workflow is 404 by id and not listed'),
  defect(
    'workflow-created-200',
    facts.statuses,
    'POST /workflows: 200',
    succeeding('createWorkflow', (reply) => ({ ...reply, status: 200 })),
  ),
  defect(
    'workflow-created-202',
    facts.statuses,
    'POST /workflows: 202',
    succeeding('createWorkflow', (reply) => ({ ...reply, status: 202 })),
  ),
  detail('workflow-no-version', 'no currentVersion', (record) => without(record, 'currentVersion')),
  detail('workflow-version-snake', 'current_version', (record) => ({
    ...without(record, 'currentVersion'),
    current_version: 1,
  })),
  detail('workflow-first-version-null', 'currentVersion null for the first version', (record) => ({
    ...record,
    currentVersion: [1, 'v1.0'].includes(record['currentVersion'] as string)
      ? null
      : record['currentVersion'],
  })),
  detail('workflow-schedule-missing', 'no schedule where manual-only', (record) =>
    record['schedule'] === null ? without(record, 'schedule') : record,
  ),
  detail('workflow-schedule-empty', 'schedule {} where manual-only', (record) => ({
    ...record,
    schedule: record['schedule'] ?? {},
  })),
  detail('workflow-schedule-false', 'schedule "manual" where manual-only', (record) => ({
    ...record,
    schedule: record['schedule'] ?? 'manual',
  })),
  detail('workflow-schedule-null', 'schedule null although there is one', (record) => ({
    ...record,
    schedule: null,
  })),
  detail('workflow-bare-text', 'only the name', (record) => record['name']),
  defect(
    'workflow-detail-of-another',
    facts.workflowRecord,
    'GET /workflows/{id}: id and name of another workflow',
    {
      record: (x, kind, record) => {
        if (kind !== 'workflow' || asked(x) !== 'readWorkflow') return record;
        const another = [...x.site.world.workflows.values()].find(
          (each) => each.orgId === x.key?.org.id && each.id !== x.id,
        );
        return { ...record, id: another?.id, name: another?.name };
      },
    },
  ),
  defect(
    'listed-workflow-unreadable',
    facts.workflowRecord,
    'GET /workflows/{id}: 404 for workflows without a description',
    succeeding('readWorkflow', (reply, x) =>
      x.site.world.workflows.get(x.id)?.description === null
        ? failure(404, 'not_found', 'No such workflow.')
        : reply,
    ),
  ),
  update('update-no-version', 'no currentVersion', (record) => without(record, 'currentVersion')),
  update('update-version-null', 'currentVersion null', (record) => ({ ...record, currentVersion: null })),
  defect('update-keeps-version', facts.workflowUpdate, 'currentVersion as before'),
  defect('update-not-stored', facts.workflowUpdate, 'the answer is right, nothing is stored'),
  defect('update-keeps-schedule', facts.workflowUpdate, 'schedule null is ignored'),
  defect('update-drops-schedule', facts.workflowUpdate, 'an update without schedule makes it manual-only'),
  defect('update-drops-description', facts.workflowUpdate, 'an update without description clears it'),
  defect('update-spreads', facts.workflowUpdate, 'the new name lands on all workflows of the source'),
  defect(
    'update-201',
    facts.statuses,
    'PATCH /workflows/{id}: 201',
    succeeding('updateWorkflow', (reply) => ({ ...reply, status: 201 })),
  ),
  defect(
    'update-204',
    facts.statuses,
    'PATCH /workflows/{id}: 204 without a body',
    succeeding('updateWorkflow', () => ({ status: 204 })),
  ),
  defect(
    'update-refuses-null-schedule',
    facts.bodies,
    'PATCH /workflows/{id}: schedule null is 400',
    succeeding('updateWorkflow', (reply, x) =>
      x.body['schedule'] === null
        ? failure(400, x.site.dialect.invalidCode, 'schedule must be an object')
        : reply,
    ),
  ),
  archive('archive-204', '204', undefined, 204),
  archive('archive-success', '{ success: true }', { success: true }),
  archive('archive-ok-text', 'ok a text', { ok: 'true' }),
  archive('archive-ok-number', 'ok 1', { ok: 1 }),
  archive('archive-ok-false', 'ok false', { ok: false }),
  archive('archive-ok-nested', 'ok within data', { data: { ok: true } }),
  archive('archive-202', '202', { ok: true }, 202),
  defect('archive-without-effect', facts.workflowArchive, 'ok, but still listed'),
  defect('archive-all-unknown', facts.workflowArchive, '404 for a workflow that is there'),
  defect('archive-viewer-sees', facts.workflows, 'an archived workflow stays in the list for viewers', {
    list: (x, kind, items) => {
      if (kind !== 'workflows' || x.key?.role !== 'viewer') return items;
      const gone = [...x.site.world.workflows.values()].filter(
        (each) => each.archived && each.orgId === x.key?.org.id,
      );
      return [...items, ...gone.map(({ id, name }) => ({ id, name }))];
    },
  }),
];
