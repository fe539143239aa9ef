import type { Defect } from './defect.ts';
import { must, omit, records } from './hooking.ts';
import { afterwards, forgottenBy, sameByName, storing } from './lifecycle-hooks.ts';

/** Defects of making sources and workflows. */
export const creationDefects: readonly Defect[] = [
  must(
    'created-source-unlisted',
    'created-readable',
    'createMcpServer',
    'A created source is not in the list.',
    forgottenBy('listMcpServers', 'createMcpServer'),
  ),
  must(
    'created-source-unreadable',
    'created-readable',
    'createMcpServer',
    'A created source cannot be read.',
    afterwards('createMcpServer', (tenant, id) => tenant.sources.delete(id)),
  ),
  must(
    'created-workflow-unlisted',
    'created-readable',
    'createWorkflow',
    'A created workflow is not in the list.',
    forgottenBy('listWorkflows', 'createWorkflow'),
  ),
  must(
    'created-workflow-unreadable',
    'created-readable',
    'createWorkflow',
    'A created workflow cannot be read.',
    afterwards('createWorkflow', (tenant, id) => tenant.workflows.delete(id)),
  ),
  must(
    'created-other-id',
    'created-readable',
    'createWorkflow',
    'The id that is answered is not the id that is kept.',
    records('createWorkflow', (record) => ({ ...record, id: `${String(record['id'])}x` })),
  ),
  must(
    'created-source-other-name',
    'created-as-sent',
    'createMcpServer',
    'The name of a source is kept in lower case.',
    storing('createMcpServer', (members) => ({ ...members, name: String(members['name']).toLowerCase() })),
  ),
  must(
    'created-source-other-transport',
    'created-as-sent',
    'createMcpServer',
    'Each source streams over HTTP.',
    storing('createMcpServer', (members) => ({ ...members, transportType: 'streamable_http' })),
  ),
  must(
    'created-source-other-url',
    'created-as-sent',
    'createMcpServer',
    'The URL of a source loses its path.',
    storing('createMcpServer', (members) =>
      typeof members['baseUrl'] === 'string'
        ? { ...members, baseUrl: new URL(members['baseUrl']).origin }
        : members,
    ),
  ),
  must(
    'created-without-description',
    'created-as-sent',
    'createWorkflow',
    'The description of a workflow is not kept.',
    storing('createWorkflow', (members) => omit(members, 'description')),
  ),
  must(
    'created-without-schedule',
    'created-as-sent',
    'createWorkflow',
    'The schedule of a workflow is not kept.',
    storing('createWorkflow', (members) => omit(members, 'schedule')),
  ),
  must(
    'created-without-criteria',
    'created-as-sent',
    'createWorkflow',
    'The criteria of a workflow are not kept.',
    storing('createWorkflow', (members) => ({ ...members, criteria: [] })),
  ),
  must(
    'created-numbered-name',
    'created-as-sent',
    'createWorkflow',
    'A number is put behind the name.',
    storing('createWorkflow', (members) => ({ ...members, name: `${String(members['name'])} (1)` })),
  ),
  must(
    'created-source-by-name',
    'create-distinct',
    'createMcpServer',
    'A second source of the same name is the first.',
    sameByName('createMcpServer'),
  ),
  must(
    'created-workflow-by-name',
    'create-distinct',
    'createWorkflow',
    'A second workflow of the same name is the first.',
    sameByName('createWorkflow'),
  ),
];
