import type { Call } from '../call.ts';
import { notFound, refusal } from '../checks/refusals.ts';
import { authenticate } from '../checks/credential.ts';
import { take } from '../http/pipeline.ts';
import type { OperationName } from '../call.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function done(
  id: string,
  fact: string,
  status: number,
  name: OperationName,
  where: string,
  when?: (call: Call) => boolean,
): Seed {
  return plant(id, fact, where, {
    nevertheless: (call, made) => made.status === status && on(call, name) && (when?.(call) ?? true),
  });
}

const owned = (call: Call): boolean => !call.org.workflows.some(({ id }) => id === call.id);
const disabled = (call: Call): boolean => !call.org.insights;

/** Defects in which a refused write happens nevertheless. */
export const refusedWriteSeeds: readonly Seed[] = [
  done(
    'refused-role-update',
    facts.e403,
    403,
    'workflows.update',
    'PATCH workflow by a viewer: 403 but written',
  ),
  done(
    'refused-role-archive',
    facts.e403,
    403,
    'workflows.archive',
    'DELETE workflow by a viewer: 403 but archived',
  ),
  done(
    'refused-role-source',
    facts.e403,
    403,
    'sources.create',
    'POST /mcp-servers by a viewer: 403 but listed',
  ),
  done(
    'refused-role-workflow',
    facts.e403,
    403,
    'workflows.create',
    'POST /workflows by a viewer: 403 but listed',
  ),
  done(
    'refused-role-dispatch',
    facts.e403,
    403,
    'workflows.dispatch',
    'dispatch by a viewer: 403 but queued',
  ),
  done(
    'refused-role-topic',
    facts.e403,
    403,
    'topics.update',
    'PATCH topic by a viewer: 403 but written',
    (call) => !disabled(call),
  ),
  done(
    'refused-feature-topic',
    facts.feature,
    403,
    'topics.update',
    "PATCH of the main organization's topic without the feature: refused but written",
    disabled,
  ),
  done(
    'refused-401-dispatch',
    facts.e401,
    401,
    'workflows.dispatch',
    'dispatch with a revoked or missing key: 401 but queued',
  ),
  done(
    'refused-401-workflow',
    facts.e401,
    401,
    'workflows.create',
    'POST /workflows with a bad credential: 401 but made',
  ),
  done(
    'refused-401-archive',
    facts.e401,
    401,
    'workflows.archive',
    'DELETE workflow with a bad credential: 401 but archived',
  ),
  done(
    'refused-401-topic',
    facts.e401,
    401,
    'topics.update',
    'PATCH topic with a bad credential: 401 but written',
  ),
  done(
    'refused-400-source',
    facts.uri,
    400,
    'sources.create',
    'a baseUrl that is no URI: 400 but made',
    (call) => call.problems.some(({ kind }) => kind === 'uri'),
  ),
  done(
    'refused-400-workflow',
    facts.type,
    400,
    'workflows.create',
    'wrong types in POST /workflows: 400 but made',
    (call) => call.problems.some(({ kind }) => kind === 'type'),
  ),
  done(
    'refused-400-update',
    facts.type,
    400,
    'workflows.update',
    'PATCH workflow with a wrong type: 400 but all written',
  ),
  done(
    'refused-400-topic',
    facts.type,
    400,
    'topics.update',
    'PATCH topic with a good label and a wrong flag: 400 but renamed',
  ),
  done(
    'refused-400-dispatch',
    facts.type,
    400,
    'workflows.dispatch',
    'dispatch with a wrong type: 400 but queued',
  ),
  plant('refused-400-version', facts.e400, 'PATCH workflow: 400, nothing written but a new version', {
    reply: (call, { status }) => {
      if (status !== 400 || !on(call, 'workflows.update')) return;
      const workflow = call.org.workflows.find(({ id }) => id === call.id);
      if (workflow) workflow.version += 1;
    },
  }),
  done(
    'refused-404-update',
    facts.e404,
    404,
    'workflows.update',
    "PATCH of another tenant's workflow: 404 but written",
    owned,
  ),
  done(
    'refused-404-archive',
    facts.e404,
    404,
    'workflows.archive',
    "DELETE of another tenant's workflow: 404 but archived",
    owned,
  ),
  done(
    'refused-404-dispatch',
    facts.e404,
    404,
    'workflows.dispatch',
    "dispatch of another tenant's workflow: 404 but queued",
    owned,
  ),
  done(
    'refused-404-topic',
    facts.e404,
    404,
    'topics.update',
    "PATCH of another tenant's topic: 404 but written",
  ),
  plant('refused-put', facts.method, 'PUT /workflows/{id}: 405 but archived', {
    early: (call) => {
      if (call.method !== 'PUT' || !/\/workflows\/[^/]+$/.test(call.url)) return undefined;
      const key = authenticate(call);
      if (!key || key.role === 'viewer') return undefined;
      take(call, key);
      const workflow = call.org.workflows.find(({ id }) => id === call.id);
      if (!workflow) return notFound(call);
      workflow.archived = true;
      return refusal(call, 405, 'method_not_allowed', 'No PUT here.');
    },
  }),
];
