import { asked } from '../exchange.ts';
import type { Problem } from '../check.ts';
import type { Seeded } from '../hooks.ts';
import { answering, defect, failure, succeeding } from './build.ts';
import { facts } from './facts.ts';

/** A rule of a body that is not checked. */
function lenient(operation: string, path: string, ...rules: readonly Problem['rule'][]): Seeded {
  const where = path === '' ? 'the body as a whole' : path;
  return defect(
    `${operation}-accepts-${path || 'body'}-${rules.join('-')}`,
    facts.invalid,
    `${operation}: ${where} (${rules.join(', ')})`,
    {
      problems: (x, found) =>
        asked(x) === operation
          ? found.filter((each) => each.path !== path || !rules.includes(each.rule))
          : found,
    },
  );
}

function harsh(
  id: string,
  operation: string,
  where: string,
  fits: (body: Readonly<Record<string, unknown>>) => boolean,
): Seeded {
  return defect(
    id,
    facts.bodies,
    `${operation}: ${where} is 400`,
    succeeding(operation, (reply, x) =>
      fits(x.body) ? failure(400, x.site.dialect.invalidCode, 'Not valid.') : reply,
    ),
  );
}

const instead = (id: string, where: string, status: number, fits: (operation: string) => boolean): Seeded =>
  defect(
    id,
    facts.invalid,
    where,
    answering(400, (reply, x) => (x.operation?.body && fits(asked(x)) ? { ...reply, status } : reply)),
  );

export const validationDefects: readonly Seeded[] = [
  lenient('createSource', 'name', 'required'),
  lenient('createSource', 'name', 'null'),
  lenient('createSource', 'name', 'type'),
  lenient('createSource', 'transportType', 'enum'),
  lenient('createSource', 'transportType', 'type'),
  lenient('createSource', 'targetKind', 'enum'),
  lenient('createSource', 'baseUrl', 'uri'),
  lenient('createSource', 'baseUrl', 'type'),
  lenient('createSource', 'connectionConfig', 'type'),
  lenient('createSource', 'networkPolicy', 'type'),
  lenient('createSource', 'authProfile', 'type'),
  lenient('createSource', 'environment', 'type'),
  lenient('createSource', '', 'object', 'json'),
  lenient('createWorkflow', 'name', 'required'),
  lenient('createWorkflow', 'mcpServerId', 'required'),
  lenient('createWorkflow', 'testerPrompt', 'required'),
  lenient('createWorkflow', 'testerPrompt', 'null'),
  lenient('createWorkflow', 'name', 'null'),
  lenient('createWorkflow', 'mcpServerId', 'null'),
  lenient('createWorkflow', 'description', 'type'),
  lenient('createWorkflow', 'testerModelId', 'type'),
  lenient('createWorkflow', 'testerModelIds', 'type'),
  lenient('createWorkflow', 'testerModelIds', 'item'),
  lenient('createWorkflow', 'testerTargets', 'type'),
  lenient('createWorkflow', 'testerTargets', 'item'),
  lenient('createWorkflow', 'criteria', 'type'),
  lenient('createWorkflow', 'criteria', 'item'),
  lenient('createWorkflow', 'schedule', 'type'),
  lenient('createWorkflow', 'limits', 'type'),
  lenient('createWorkflow', 'retryPolicy', 'type'),
  lenient('createWorkflow', 'toolPolicy', 'type'),
  lenient('createWorkflow', 'metadata', 'type'),
  lenient('createWorkflow', 'defaultMcpAuthProfileId', 'type'),
  lenient('createWorkflow', '', 'object'),
  lenient('updateWorkflow', 'description', 'type'),
  lenient('updateWorkflow', 'criteria', 'type'),
  lenient('updateWorkflow', 'criteria', 'item'),
  lenient('updateWorkflow', 'testerModelIds', 'item'),
  lenient('updateWorkflow', 'schedule', 'type'),
  lenient('updateWorkflow', 'metadata', 'type'),
  lenient('updateWorkflow', 'testerTargets', 'type'),
  lenient('updateWorkflow', 'toolPolicy', 'type'),
  lenient('updateWorkflow', '', 'object'),
  lenient('updateWorkflow', '', 'json'),
  lenient('dispatch', 'reason', 'type'),
  lenient('dispatch', 'idempotencyKey', 'type'),
  lenient('dispatch', 'forceNewRun', 'type'),
  lenient('dispatch', '', 'object'),
  lenient('dispatch', '', 'json'),
  lenient('updateTopic', 'label', 'type'),
  lenient('updateTopic', 'is_unmet_demand', 'type'),
  lenient('updateTopic', 'archived', 'type'),
  lenient('updateTopic', '', 'object'),
  lenient('updateTopic', '', 'json'),
  defect('arrays-count-as-objects', facts.invalid, 'createWorkflow: [] for an object member', {
    problems: (x, found) =>
      found.filter(
        (each) =>
          each.rule !== 'type' || !Array.isArray(x.body[each.path]) || /Ids|Targets|criteria/.test(each.path),
      ),
  }),
  defect(
    'malformed-object-accepted',
    facts.invalid,
    'malformed JSON that begins with a brace counts as an empty object',
    {
      problems: (x, found) =>
        found.some((each) => each.rule === 'json') && x.raw.toString().trimStart().startsWith('{')
          ? []
          : found,
    },
  ),
  defect('admin-is-not-checked', facts.invalid, 'no body is checked for admins', {
    problems: (x, found) =>
      x.key?.role === 'admin' || x.key?.role === 'owner'
        ? found.filter((each) => each.rule === 'json' || each.rule === 'object')
        : found,
  }),
  instead('invalid-is-422', '422 for an invalid body', 422, () => true),
  instead(
    'invalid-topic-is-409',
    'updateTopic: 409 for an invalid body',
    409,
    (operation) => operation === 'updateTopic',
  ),
  instead(
    'invalid-source-is-500',
    'createSource: 500 for an invalid body',
    500,
    (operation) => operation === 'createSource',
  ),
  defect(
    'malformed-json-500',
    facts.no5xx,
    'malformed JSON: 500',
    answering(400, (reply, x) =>
      x.operation?.body && /no JSON|not a JSON/.test(JSON.stringify(reply.body))
        ? failure(500, 'internal', 'Unexpected token')
        : reply,
    ),
  ),
  harsh('source-refuses-sse', 'createSource', 'transportType sse', (body) => body['transportType'] === 'sse'),
  harsh(
    'source-needs-environment',
    'createSource',
    'a body without environment',
    (body) => body['environment'] === undefined,
  ),
  harsh('source-refuses-policy', 'createSource', 'networkPolicy', (body) => 'networkPolicy' in body),
  harsh(
    'workflow-refuses-model-list',
    'createWorkflow',
    'testerModelIds',
    (body) => 'testerModelIds' in body,
  ),
  harsh('workflow-refuses-criteria', 'createWorkflow', 'criteria', (body) => 'criteria' in body),
  harsh(
    'workflow-needs-description',
    'createWorkflow',
    'a body without description',
    (body) => !('description' in body),
  ),
  harsh('update-needs-name', 'updateWorkflow', 'a body without name', (body) => !('name' in body)),
  harsh('dispatch-needs-reason', 'dispatch', 'a body without reason', (body) => !('reason' in body)),
  harsh('dispatch-refuses-key', 'dispatch', 'forceNewRun', (body) => 'forceNewRun' in body),
  harsh('topic-needs-label', 'updateTopic', 'a body without label', (body) => !('label' in body)),
  harsh(
    'topic-refuses-false',
    'updateTopic',
    'is_unmet_demand false',
    (body) => body['is_unmet_demand'] === false,
  ),
];
