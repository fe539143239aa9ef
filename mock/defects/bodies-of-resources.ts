import { objectsOf } from '../data/json.ts';
import type { Defect } from './defect.ts';
import {
  answers,
  bodies,
  changeItem,
  inner,
  items,
  must,
  omit,
  records,
  should,
  successStatus,
} from './hooking.ts';

const org: readonly Defect[] = [
  must(
    'org-no-email',
    'getOrg/success',
    'getOrg',
    'The actor has no member `email`.',
    bodies('getOrg', (body) => ({ ...body, actor: omit(inner(body, 'actor'), 'email') })),
  ),
  must(
    'org-unknown-role',
    'getOrg/success',
    'getOrg',
    'The role is `member`.',
    bodies('getOrg', (body) => ({ ...body, actor: { ...inner(body, 'actor'), role: 'member' } })),
  ),
  must(
    'org-numeric-id',
    'getOrg/success',
    'getOrg',
    'The id of the organization is a number.',
    bodies('getOrg', (body) => ({ ...body, organization: { ...inner(body, 'organization'), id: 42 } })),
  ),
  must(
    'org-no-slug',
    'getOrg/success',
    'getOrg',
    'The organization has no slug, for an editor alone.',
    bodies('getOrg', (body) =>
      inner(body, 'actor')['role'] === 'editor'
        ? { ...body, organization: omit(inner(body, 'organization'), 'slug') }
        : body,
    ),
  ),
  must(
    'org-wrapped',
    'getOrg/success',
    'getOrg',
    'The body is wrapped in `data`.',
    bodies('getOrg', (data) => ({ data })),
  ),
];

const sources: readonly Defect[] = [
  must(
    'sources-in-servers',
    'listMcpServers/success',
    'listMcpServers',
    'The sources are in `servers`.',
    bodies('listMcpServers', ({ rows, ...rest }) => ({ ...rest, servers: rows })),
  ),
  must(
    'sources-camel-case',
    'listMcpServers/success',
    'listMcpServers',
    'A source has `transportType`.',
    items('listMcpServers', (list) =>
      list.map(({ transport_type: transportType, ...source }) => ({ ...source, transportType })),
    ),
  ),
  must(
    'source-null-categories',
    'listMcpServers/success',
    'listMcpServers',
    'The categories of one source are null.',
    items('listMcpServers', (list) => changeItem(list, -1, (source) => ({ ...source, categories: null }))),
  ),
  must(
    'source-category-objects',
    'listMcpServers/success',
    'listMcpServers',
    'Categories are objects.',
    items('listMcpServers', (list) =>
      list.map((source) => ({ ...source, categories: [{ slug: 'payments' }] })),
    ),
  ),
  must(
    'source-unknown-transport',
    'listMcpServers/success',
    'listMcpServers',
    'The transport of one source is `websocket`.',
    items('listMcpServers', (list) =>
      changeItem(list, 2, (source) => ({ ...source, transport_type: 'websocket' })),
    ),
  ),
  must(
    'source-null-url',
    'list-detail-agree',
    'listMcpServers',
    'The list shows no source with its URL.',
    items('listMcpServers', (list) => list.map((source) => ({ ...source, base_url: null }))),
  ),
  must(
    'source-numeric-id-last',
    'listMcpServers/success',
    'listMcpServers',
    'The id of the last source is a number.',
    items('listMcpServers', (list) => changeItem(list, -1, (source) => ({ ...source, id: 7 }))),
  ),
  must(
    'source-created-200',
    'createMcpServer/success',
    'createMcpServer',
    'A created source is 200.',
    successStatus('createMcpServer', 200),
  ),
  must(
    'source-created-without-id',
    'createMcpServer/success',
    'createMcpServer',
    'A created source is answered without its id.',
    records('createMcpServer', (record) => omit(record, 'id')),
  ),
  must(
    'source-created-no-body',
    'createMcpServer/success',
    'createMcpServer',
    'A created source is answered without a body.',
    answers('createMcpServer', (answer) => (answer.status === 201 ? { ...answer, body: undefined } : answer)),
  ),
  must(
    'source-is-array',
    'getMcpServer/success',
    'getMcpServer',
    'A source is an array with the source.',
    bodies('getMcpServer', (body) => [body]),
  ),
  must(
    'source-empty',
    'getMcpServer/success',
    'getMcpServer',
    'A source is an empty object.',
    bodies('getMcpServer', () => ({})),
  ),
  must(
    'source-206',
    'getMcpServer/success',
    'getMcpServer',
    'A source is 206.',
    successStatus('getMcpServer', 206),
  ),
];

const workflows: readonly Defect[] = [
  must(
    'workflows-by-id',
    'listWorkflows/success',
    'listWorkflows',
    'The workflows are an object by id.',
    bodies('listWorkflows', (body) => ({
      rows: Object.fromEntries(objectsOf(body['rows']).map((row) => [String(row['id']), row])),
    })),
  ),
  must(
    'workflow-row-without-id',
    'listWorkflows/success',
    'listWorkflows',
    'One workflow in the list has no id.',
    items('listWorkflows', (list) => changeItem(list, 3, (row) => omit(row, 'id'))),
  ),
  must(
    'workflows-null-rows',
    'listWorkflows/success',
    'listWorkflows',
    'Without a match the rows are null.',
    bodies('listWorkflows', (body, call) => (call.query.has('categorySlug') ? { rows: null } : body)),
  ),
  must(
    'workflow-created-200',
    'createWorkflow/success',
    'createWorkflow',
    'A created workflow is 200.',
    successStatus('createWorkflow', 200),
  ),
  must(
    'workflow-created-202',
    'createWorkflow/success',
    'createWorkflow',
    'A created workflow is 202.',
    successStatus('createWorkflow', 202),
  ),
  must(
    'workflow-created-without-id',
    'createWorkflow/success',
    'createWorkflow',
    'A created workflow is answered without its id.',
    records('createWorkflow', (record) => omit(record, 'id')),
  ),
  must(
    'workflow-without-version',
    'getWorkflow/success',
    'getWorkflow',
    'A workflow has no currentVersion.',
    records('getWorkflow', (record) => omit(record, 'currentVersion')),
  ),
  must(
    'workflow-null-version',
    'getWorkflow/success',
    'getWorkflow',
    'currentVersion is null.',
    records('getWorkflow', (record) => ({ ...record, currentVersion: null })),
  ),
  must(
    'workflow-without-schedule',
    'getWorkflow/success',
    'getWorkflow',
    'A workflow that is manual-only has no schedule.',
    records('getWorkflow', (record) => (record['schedule'] === null ? omit(record, 'schedule') : record)),
  ),
  must(
    'workflow-schedule-text',
    'getWorkflow/success',
    'getWorkflow',
    'A schedule is a text.',
    records('getWorkflow', (record) =>
      record['schedule'] === null ? record : { ...record, schedule: '0 6 * * *' },
    ),
  ),
  must(
    'workflow-updated-204',
    'updateWorkflow/success',
    'updateWorkflow',
    'An update is 204.',
    successStatus('updateWorkflow', 204),
  ),
  must(
    'workflow-updated-without-version',
    'updateWorkflow/success',
    'updateWorkflow',
    'An update is answered without currentVersion.',
    records('updateWorkflow', (record) => omit(record, 'currentVersion')),
  ),
  should(
    'workflow-updated-201',
    'write-status',
    'updateWorkflow',
    'An update is 201.',
    successStatus('updateWorkflow', 201),
  ),
  must(
    'archive-204',
    'archiveWorkflow/success',
    'archiveWorkflow',
    'An archive is 204.',
    successStatus('archiveWorkflow', 204),
  ),
  must(
    'archive-ok-text',
    'archiveWorkflow/success',
    'archiveWorkflow',
    '`ok` is a text.',
    bodies('archiveWorkflow', () => ({ ok: 'true' })),
  ),
  must(
    'archive-success',
    'archiveWorkflow/success',
    'archiveWorkflow',
    'The body is `{ "success": true }`.',
    bodies('archiveWorkflow', () => ({ success: true })),
  ),
];

/** Defects of what is answered about the organization, its sources and its workflows. */
export const resourceBodyDefects: readonly Defect[] = [...org, ...sources, ...workflows];
