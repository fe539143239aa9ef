import { asText } from '../json.ts';
import type { Call, OperationName } from '../call.ts';
import type { Problem } from '../checks/shape.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

type Test = (problem: Problem, call: Call) => boolean;

function tolerant(id: string, fact: string, name: OperationName, where: string, test: Test): Seed {
  return plant(id, fact, where, { tolerates: (call, problem) => on(call, name) && test(problem, call) });
}

function member(id: string, name: OperationName, path: string, kind: Problem['kind']): Seed {
  const reasons: Partial<Record<Problem['kind'], string>> = {
    missing: facts.required,
    null: facts.required,
    enum: facts.enumBody,
    uri: facts.uri,
  };
  return tolerant(
    id,
    reasons[kind] ?? facts.type,
    name,
    `${name}: ${path} (${kind}) is accepted`,
    (problem) => problem.path === path && problem.kind === kind,
  );
}

const created = (call: Call): boolean => call.body['transportType'] !== undefined;

/** Defects of the rules for request bodies. */
export const validationSeeds: readonly Seed[] = [
  member('source-name-missing', 'sources.create', 'name', 'missing'),
  member('source-name-null', 'sources.create', 'name', 'null'),
  member('source-name-type', 'sources.create', 'name', 'type'),
  member('source-transport-enum', 'sources.create', 'transportType', 'enum'),
  tolerant(
    'source-transport-case',
    facts.enumBody,
    'sources.create',
    'transportType in another case is accepted',
    ({ path }, call) =>
      path === 'transportType' &&
      ['streamable_http', 'sse', 'stdio_hosted'].includes(asText(call.body['transportType']).toLowerCase()),
  ),
  member('source-target-enum', 'sources.create', 'targetKind', 'enum'),
  member('source-url-form', 'sources.create', 'baseUrl', 'uri'),
  tolerant(
    'source-url-form-stdio',
    facts.uri,
    'sources.create',
    'a baseUrl that is no URI is accepted for stdio_hosted or without transportType',
    ({ kind }, call) => kind === 'uri' && (!created(call) || call.body['transportType'] === 'stdio_hosted'),
  ),
  member('source-url-type', 'sources.create', 'baseUrl', 'type'),
  member('source-config-type', 'sources.create', 'connectionConfig', 'type'),
  member('source-policy-type', 'sources.create', 'networkPolicy', 'type'),
  member('source-auth-type', 'sources.create', 'authProfile', 'type'),
  tolerant(
    'source-objects-as-arrays',
    facts.type,
    'sources.create',
    'arrays are taken for objects',
    ({ path }, call) => Array.isArray(call.body[path]),
  ),
  member('source-environment-type', 'sources.create', 'environment', 'type'),
  member('workflow-name-missing', 'workflows.create', 'name', 'missing'),
  member('workflow-prompt-missing', 'workflows.create', 'testerPrompt', 'missing'),
  member('workflow-prompt-null', 'workflows.create', 'testerPrompt', 'null'),
  member('workflow-source-missing', 'workflows.create', 'mcpServerId', 'missing'),
  member('workflow-source-type', 'workflows.create', 'mcpServerId', 'type'),
  member('workflow-description-type', 'workflows.create', 'description', 'type'),
  member('workflow-schedule-type', 'workflows.create', 'schedule', 'type'),
  member('workflow-criteria-type', 'workflows.create', 'criteria', 'type'),
  tolerant(
    'workflow-criteria-items',
    facts.type,
    'workflows.create',
    'items of `criteria` that are no objects are accepted',
    ({ path }) => /^criteria\[\d+\]$/.test(path),
  ),
  tolerant(
    'workflow-criteria-later-items',
    facts.type,
    'workflows.create',
    'only the first item of `criteria` is checked',
    ({ path }) => /^criteria\[[1-9]\d*\]/.test(path),
  ),
  tolerant(
    'workflow-models-items',
    facts.type,
    'workflows.create',
    'items of `testerModelIds` that are no texts are accepted',
    ({ path }) => path.startsWith('testerModelIds['),
  ),
  tolerant(
    'workflow-models-later-items',
    facts.type,
    'workflows.create',
    'only the first item of `testerModelIds` is checked',
    ({ path }) => /^testerModelIds\[[1-9]/.test(path),
  ),
  member('workflow-models-type', 'workflows.create', 'testerModelIds', 'type'),
  member('workflow-model-type', 'workflows.create', 'testerModelId', 'type'),
  tolerant(
    'workflow-targets-items',
    facts.type,
    'workflows.create',
    'items of `testerTargets` that are no objects are accepted',
    ({ path }) => /^testerTargets\[\d+\]$/.test(path),
  ),
  member('workflow-targets-type', 'workflows.create', 'testerTargets', 'type'),
  tolerant(
    'workflow-objects-as-arrays',
    facts.type,
    'workflows.create',
    'limits, retryPolicy, toolPolicy, metadata may be arrays',
    ({ path }, call) =>
      Array.isArray(call.body[path]) && ['limits', 'retryPolicy', 'toolPolicy', 'metadata'].includes(path),
  ),
  member('workflow-limits-type', 'workflows.create', 'limits', 'type'),
  member('workflow-retry-type', 'workflows.create', 'retryPolicy', 'type'),
  member('workflow-tools-type', 'workflows.create', 'toolPolicy', 'type'),
  member('workflow-metadata-type', 'workflows.create', 'metadata', 'type'),
  member('update-name-type', 'workflows.update', 'name', 'type'),
  member('update-schedule-type', 'workflows.update', 'schedule', 'type'),
  tolerant(
    'update-schedule-false',
    facts.type,
    'workflows.update',
    '`schedule: false` is accepted',
    ({ path }, call) => path === 'schedule' && call.body['schedule'] === false,
  ),
  member('update-criteria-type', 'workflows.update', 'criteria', 'type'),
  tolerant('update-items', facts.type, 'workflows.update', 'items of arrays are not checked', ({ path }) =>
    path.includes('['),
  ),
  member('update-metadata-type', 'workflows.update', 'metadata', 'type'),
  tolerant(
    'update-second-fault',
    facts.type,
    'workflows.update',
    'wrong types are accepted wherever `name` is right',
    ({ kind }, call) => kind === 'type' && typeof call.body['name'] === 'string',
  ),
  member('dispatch-force-type', 'workflows.dispatch', 'forceNewRun', 'type'),
  tolerant(
    'dispatch-force-text',
    facts.type,
    'workflows.dispatch',
    '`forceNewRun: "true"` is accepted',
    ({ path }, call) =>
      path === 'forceNewRun' &&
      ['true', 'false'].includes(asText(call.body['forceNewRun'])) &&
      typeof call.body['forceNewRun'] === 'string',
  ),
  member('dispatch-key-type', 'workflows.dispatch', 'idempotencyKey', 'type'),
  member('dispatch-reason-type', 'workflows.dispatch', 'reason', 'type'),
  tolerant(
    'dispatch-body-array',
    facts.notObject,
    'workflows.dispatch',
    'an array or a number is accepted as the body',
    ({ kind }) => kind === 'body',
  ),
  tolerant(
    'dispatch-body-malformed',
    facts.notObject,
    'workflows.dispatch',
    'what is not JSON is taken for {}',
    ({ kind }) => kind === 'json',
  ),
  member('topic-label-type', 'topics.update', 'label', 'type'),
  member('topic-flag-type', 'topics.update', 'is_unmet_demand', 'type'),
  tolerant(
    'topic-archived-number',
    facts.type,
    'topics.update',
    '`archived: 0` and `1` are accepted',
    ({ path }, call) => path === 'archived' && typeof call.body['archived'] === 'number',
  ),
  tolerant(
    'topic-body-list',
    facts.notObject,
    'topics.update',
    'an array is accepted as the body',
    ({ kind }) => kind === 'body',
  ),
  tolerant(
    'update-body-malformed',
    facts.notObject,
    'workflows.update',
    'truncated JSON is taken for {}',
    ({ kind }) => kind === 'json',
  ),
];
