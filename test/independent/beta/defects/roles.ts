import { count, type Call } from '../call.ts';
import { forbidden, notFound, refusal, unauthenticated } from '../checks/refusals.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function lets(id: string, where: string, when: (call: Call) => boolean): Seed {
  return plant(id, facts.writes, where, {
    allows: (call, allowed) => allowed || (call.actor.role === 'viewer' && when(call)),
  });
}

function denies(id: string, fact: string, where: string, when: (call: Call) => boolean): Seed {
  return plant(id, fact, where, { allows: (call, allowed) => allowed && !when(call) });
}

function answers(id: string, fact: string, where: string, reply: NonNullable<Seed['reply']>): Seed {
  return plant(id, fact, where, {
    reply: (call, made) =>
      made.status === 403 && call.actor.role === 'viewer' && call.operation.write
        ? reply(call, made)
        : undefined,
  });
}

/** Defects of the roles and the feature flag. */
export const roleSeeds: readonly Seed[] = [
  lets('viewer-creates-source', 'POST /mcp-servers, viewer', (call) => on(call, 'sources.create')),
  lets('viewer-creates-workflow', 'POST /workflows, viewer', (call) => on(call, 'workflows.create')),
  lets(
    'viewer-flags-topic',
    'PATCH topic with is_unmet_demand only, viewer',
    (call) => on(call, 'topics.update') && Object.keys(call.body).join() === 'is_unmet_demand',
  ),
  lets(
    'viewer-forces-run',
    'dispatch with forceNewRun true, viewer',
    (call) => on(call, 'workflows.dispatch') && call.body['forceNewRun'] === true,
  ),
  lets(
    'viewer-dispatches-plain',
    'dispatch with an empty object, viewer',
    (call) => on(call, 'workflows.dispatch') && Object.keys(call.body).length === 0,
  ),
  lets(
    'viewer-archives-second',
    'DELETE workflow, viewer, every second attempt',
    (call) => on(call, 'workflows.archive') && count(call.memory, 'viewer archives') % 2 === 0,
  ),
  lets(
    'viewer-clears-schedule',
    'PATCH workflow with schedule null, viewer',
    (call) => on(call, 'workflows.update') && call.body['schedule'] === null,
  ),
  lets(
    'viewer-writes-at-times',
    'every fifth refused write of a viewer',
    (call) => count(call.memory, 'viewer writes') % 5 === 0,
  ),
  denies(
    'editor-cannot-archive',
    facts.writes,
    'DELETE workflow, editor',
    (call) => on(call, 'workflows.archive') && call.actor.role === 'editor',
  ),
  denies(
    'editor-cannot-edit-topic',
    facts.writes,
    'PATCH topic, editor',
    (call) => on(call, 'topics.update') && call.actor.role === 'editor',
  ),
  denies(
    'admin-cannot-dispatch',
    facts.writes,
    'dispatch, admin',
    (call) => on(call, 'workflows.dispatch') && call.actor.role === 'admin',
  ),
  denies(
    'admin-cannot-create-source',
    facts.writes,
    'POST /mcp-servers, admin',
    (call) => on(call, 'sources.create') && call.actor.role === 'admin',
  ),
  denies(
    'owner-cannot-update',
    facts.writes,
    'PATCH workflow, owner',
    (call) => on(call, 'workflows.update') && call.actor.role === 'owner',
  ),
  denies(
    'viewer-cannot-read-trace',
    facts.reads,
    'GET run trace, viewer',
    (call) => on(call, 'runs.trace') && call.actor.role === 'viewer',
  ),
  denies(
    'viewer-cannot-read-searches',
    facts.reads,
    'GET /insights/searches, viewer',
    (call) => on(call, 'searches.list') && call.actor.role === 'viewer',
  ),
  denies(
    'editor-cannot-filter-runs',
    facts.reads,
    'GET /runs?workflowId, editor',
    (call) => on(call, 'runs.list') && call.query.has('workflowId') && call.actor.role === 'editor',
  ),
  answers('role-code', facts.e403, 'code `forbidden` on PATCH workflow', (call) =>
    on(call, 'workflows.update') ? refusal(call, 403, 'forbidden', 'No.') : undefined,
  ),
  answers('role-code-insights', facts.e403, 'code `feature_disabled` for a viewer on PATCH topic', (call) =>
    on(call, 'topics.update') ? refusal(call, 403, 'feature_disabled', 'No.') : undefined,
  ),
  answers('role-404', facts.e403, 'DELETE of a visible workflow by a viewer is 404', (call) =>
    on(call, 'workflows.archive') ? notFound(call) : undefined,
  ),
  answers('role-401', facts.e403, 'dispatch by a viewer is 401', (call) =>
    on(call, 'workflows.dispatch') ? unauthenticated(call) : undefined,
  ),
  answers('role-202', facts.e403, 'a refused dispatch is 202 with the error as its body', (call, made) => {
    if (on(call, 'workflows.dispatch')) made.status = 202;
  }),
  plant('feature-overview-open', facts.featureRow, 'GET /insights/overview, feature disabled', {
    enables: (call, enabled) => enabled || on(call, 'insights.overview'),
  }),
  plant('feature-sessions-open', facts.featureRow, 'GET /insights/sessions with `limit`, feature disabled', {
    enables: (call, enabled) => enabled || (on(call, 'sessions.list') && call.query.has('limit')),
  }),
  plant(
    'feature-topics-open-later',
    facts.featureRow,
    'GET /insights/topics, feature disabled, from the third time on',
    {
      enables: (call, enabled) =>
        enabled || (on(call, 'topics.list') && count(call.memory, 'topics off') >= 3),
    },
  ),
  plant('feature-code', facts.feature, 'code `forbidden_role` on /insights/searches', {
    reply: (call, { status }) => (status === 403 && on(call, 'searches.list') ? forbidden(call) : undefined),
  }),
  plant('feature-404', facts.feature, '/insights/overview with the feature disabled is 404', {
    reply: (call, { status }) =>
      status === 403 && on(call, 'insights.overview') ? notFound(call) : undefined,
  }),
  plant('feature-402', facts.feature, '/insights/topics with the feature disabled is 402', {
    reply: (call, made) => {
      if (made.status === 403 && on(call, 'topics.list')) made.status = 402;
    },
  }),
  plant(
    'feature-off-at-times',
    facts.featureRow,
    'every 13th insights request is 403 although the feature is on',
    {
      enables: (call, enabled) => enabled && count(call.memory, 'insights') % 13 !== 0,
    },
  ),
  plant('feature-off-for-editor', facts.featureRow, 'GET /insights/sessions, editor: 403 feature_disabled', {
    enables: (call, enabled) => enabled && !(on(call, 'sessions.list') && call.actor.role === 'editor'),
  }),
];
