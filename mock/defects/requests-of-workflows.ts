import type { Defect } from './defect.ts';
import { must, skipping } from './hooking.ts';
import { blindTo, invalidStatus, objectNotNeeded, refusing, sourceNotNeeded } from './request-hooks.ts';

const workflowMembers = [
  'schedule',
  'criteria',
  'testerModelIds',
  'testerTargets',
  'limits',
  'retryPolicy',
  'toolPolicy',
  'metadata',
  'description',
];

/** Defects of which bodies of workflows are accepted and which are refused. */
export const workflowRequestDefects: readonly Defect[] = [
  must(
    'workflow-without-name',
    'createWorkflow/request',
    'createWorkflow',
    'A workflow needs no name.',
    blindTo('createWorkflow', 'name', 'Unnamed'),
  ),
  must(
    'workflow-without-prompt',
    'createWorkflow/request',
    'createWorkflow',
    'A workflow needs no prompt.',
    blindTo('createWorkflow', 'testerPrompt', 'Try.'),
  ),
  must(
    'workflow-without-source',
    'createWorkflow/request',
    'createWorkflow',
    'A workflow needs no source.',
    sourceNotNeeded(),
  ),
  ...workflowMembers.map((member) =>
    must(
      `workflow-any-${member}`,
      'createWorkflow/request',
      'createWorkflow',
      `The type of ${member} is not checked.`,
      blindTo('createWorkflow', member),
    ),
  ),
  must(
    'workflow-422',
    'createWorkflow/request',
    'createWorkflow',
    'A workflow that is not valid is 409.',
    invalidStatus('createWorkflow', 409),
  ),
  must(
    'workflow-uuid-needed',
    'createWorkflow/request',
    'createWorkflow',
    'The id of a source must be a UUID, which the ids of the deployment are not.',
    refusing(
      'createWorkflow',
      'mcpServerId',
      (value) => typeof value === 'string' && !/^[0-9a-f-]{36}$/.test(value),
    ),
  ),
  must(
    'workflow-criteria-refused',
    'createWorkflow/request',
    'createWorkflow',
    'Criteria are refused.',
    refusing('createWorkflow', 'criteria', (value) => value !== undefined),
  ),
  must(
    'update-any-name',
    'updateWorkflow/request',
    'updateWorkflow',
    'A name may be a number.',
    blindTo('updateWorkflow', 'name'),
  ),
  must(
    'update-any-schedule',
    'updateWorkflow/request',
    'updateWorkflow',
    'A schedule may be a text.',
    blindTo('updateWorkflow', 'schedule'),
  ),
  must(
    'update-any-criteria',
    'updateWorkflow/request',
    'updateWorkflow',
    'Criteria may be an object.',
    blindTo('updateWorkflow', 'criteria'),
  ),
  must(
    'update-any-prompt',
    'updateWorkflow/request',
    'updateWorkflow',
    'A prompt may be anything.',
    blindTo('updateWorkflow', 'testerPrompt'),
  ),
  must(
    'update-body-text',
    'updateWorkflow/request',
    'updateWorkflow',
    'A body that is no object changes nothing and succeeds.',
    objectNotNeeded('updateWorkflow', {}),
  ),
  must(
    'update-name-needed',
    'updateWorkflow/request',
    'updateWorkflow',
    'An update without a name is refused.',
    refusing('updateWorkflow', 'name', (value) => value === undefined),
  ),
  must(
    'update-broken-json',
    'updateWorkflow/request',
    'updateWorkflow',
    'A body that is not JSON changes nothing and succeeds.',
    skipping('validation', 'updateWorkflow', ({ body }) => body.kind === 'unreadable'),
  ),
];
