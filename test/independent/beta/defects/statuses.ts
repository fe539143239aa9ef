import { count, type Call, type OperationName, type Reply } from '../call.ts';
import { reply } from '../call.ts';
import { authenticate } from '../checks/credential.ts';
import { recordIn } from '../json.ts';
import { take } from '../http/pipeline.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function status(
  id: string,
  fact: string,
  name: OperationName,
  to: number,
  where: string,
  when: (call: Call) => boolean = () => true,
): Seed {
  return plant(id, fact, where, {
    reply: (call, made) => {
      if (on(call, name) && made.status < 300 && when(call)) made.status = to;
      if (made.status === 204) made.body = undefined;
    },
  });
}

function method(
  id: string,
  name: string,
  path: RegExp,
  where: string,
  make: (call: Call) => Reply | undefined,
): Seed {
  return plant(id, facts.method, where, {
    early: (call) => {
      if (call.method !== name || !path.test(call.url.split('?')[0] ?? '')) return undefined;
      const key = authenticate(call);
      if (!key) return undefined;
      take(call, key);
      return make(call);
    },
  });
}

/** Defects of success statuses, of methods, and of `/openapi`. */
export const statusSeeds: readonly Seed[] = [
  status('status-source-200', facts.success, 'sources.create', 200, 'POST /mcp-servers: 200'),
  status('status-workflow-202', facts.success, 'workflows.create', 202, 'POST /workflows: 202'),
  status(
    'status-workflow-200',
    facts.success,
    'workflows.create',
    200,
    'POST /workflows with a schedule: 200',
    (call) => 'schedule' in call.body,
  ),
  status('status-dispatch-201', facts.dispatch202, 'workflows.dispatch', 201, 'dispatch: 201'),
  status(
    'status-dispatch-forced',
    facts.dispatch202,
    'workflows.dispatch',
    200,
    'dispatch with forceNewRun: 200',
    (call) => call.body['forceNewRun'] === true,
  ),
  status('status-archive-204', facts.archive, 'workflows.archive', 204, 'DELETE: 204 without a body'),
  status('status-update-201', facts.patch, 'workflows.update', 201, 'PATCH workflow: 201'),
  status('status-topic-204', facts.topicPatch, 'topics.update', 204, 'PATCH topic: 204'),
  status('status-page-206', facts.success, 'runs.list', 206, 'GET /runs: 206 with `page`', (call) =>
    call.query.has('page'),
  ),
  status(
    'status-empty-404',
    facts.success,
    'runs.list',
    404,
    'GET /runs: 404 where nothing is found',
    (call) => (call.query.get('search') ?? '').length > 12,
  ),
  status(
    'status-tool-calls-204',
    facts.success,
    'runs.toolCalls',
    204,
    'tool calls of a run that waits: 204',
    (call) => call.org.runs.some(({ id, startsAfter }) => id === call.id && startsAfter === Infinity),
  ),
  method('method-put-workflow', 'PUT', /\/workflows\/[^/]+$/, 'PUT /workflows/{id}: 200', (call) =>
    reply(200, { id: call.id }),
  ),
  method('method-delete-source', 'DELETE', /\/mcp-servers\/[^/]+$/, 'DELETE /mcp-servers/{id}: 200', () =>
    reply(200, { ok: true }),
  ),
  method('method-patch-source', 'PATCH', /\/mcp-servers\/[^/]+$/, 'PATCH /mcp-servers/{id}: 200', (call) =>
    reply(200, { id: call.id }),
  ),
  method('method-get-dispatch', 'GET', /\/workflows\/[^/]+\/runs$/, 'GET /workflows/{id}/runs: 200', () =>
    reply(200, { rows: [] }),
  ),
  method('method-delete-run', 'DELETE', /\/runs\/[^/]+$/, 'DELETE /runs/{id}: 204', () => ({
    status: 204,
    body: undefined,
    headers: {},
  })),
  method('method-post-org', 'POST', /\/org$/, 'POST /org: 501', () =>
    reply(501, { error: { code: 'not_implemented', message: 'No.' } }),
  ),
  method('method-put-source-500', 'PUT', /\/mcp-servers$/, 'PUT /mcp-servers: 500', () =>
    reply(500, { error: { code: 'internal', message: 'No.' } }),
  ),
  method('method-post-session', 'POST', /\/insights\/sessions$/, 'POST /insights/sessions: 202', () =>
    reply(202, { queued: true }),
  ),
  method('method-delete-topic', 'DELETE', /\/insights\/topics\/[^/]+$/, 'DELETE topic: 200', () =>
    reply(200, { ok: true }),
  ),
  method('method-post-runs', 'POST', /\/v1\/runs$/, 'POST /runs: 201', (call) =>
    reply(201, { id: call.world.newId('run') }),
  ),
  plant('update-version-absent', facts.patch, 'PATCH workflow: no `currentVersion` in the answer', {
    reply: (call, made) => {
      if (on(call, 'workflows.update') && made.status === 200) delete recordIn(made.body)['currentVersion'];
    },
  }),
  plant(
    'update-version-old',
    facts.patch,
    'PATCH workflow: `currentVersion` in the answer is the one before',
    {
      reply: (call, made) => {
        const record = recordIn(made.body);
        const version = record['currentVersion'];
        if (on(call, 'workflows.update') && made.status === 200 && typeof version === 'number')
          record['currentVersion'] = version - 1;
      },
    },
  ),
  plant('archive-ok-absent', facts.archive, 'DELETE: `{}`', {
    reply: (call, made) =>
      on(call, 'workflows.archive') && made.status === 200 ? reply(200, {}) : undefined,
  }),
  plant('archive-ok-text', facts.archive, 'DELETE: `ok` is a text', {
    reply: (call, made) =>
      on(call, 'workflows.archive') && made.status === 200 ? reply(200, { ok: 'true' }) : undefined,
  }),
  plant('archive-ok-false', facts.archive, 'DELETE: `ok` is false from the second archive on', {
    reply: (call, made) =>
      on(call, 'workflows.archive') && made.status === 200 && count(call.memory, 'archives') > 1
        ? reply(200, { ok: false })
        : undefined,
  }),
];
