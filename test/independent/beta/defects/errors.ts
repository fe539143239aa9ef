import { reply, type Call, type OperationName, type Reply } from '../call.ts';
import { isObject, type JsonObject } from '../json.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function missing(id: string, name: OperationName, where: string, make: (call: Call) => Reply): Seed {
  return plant(id, facts.e404, where, {
    reply: (call, { status }) => (status === 404 && on(call, name) ? make(call) : undefined),
  });
}

function malformed(
  id: string,
  status: number,
  where: string,
  change: (error: JsonObject, body: JsonObject) => void,
  name?: OperationName,
): Seed {
  return plant(id, facts.error, where, {
    reply: (call, made) => {
      if (made.status !== status || (name && !on(call, name)) || !isObject(made.body)) return;
      const error = made.body['error'];
      if (isObject(error)) change(error, made.body);
    },
  });
}

/** Defects of what is not found, and of the bodies of errors. */
export const errorSeeds: readonly Seed[] = [
  missing('missing-run-null', 'runs.get', 'unknown run: 200 null', () => reply(200, null)),
  missing('missing-tool-calls-empty', 'runs.toolCalls', 'tool calls of an unknown run: 200 and no rows', () =>
    reply(200, { rows: [] }),
  ),
  missing('missing-trace-empty', 'runs.trace', 'trace of an unknown run: 200', () =>
    reply(200, { spans: [], toolCalls: [] }),
  ),
  missing('missing-session-empty', 'sessions.trace', 'trace of an unknown session: 200 and no events', () =>
    reply(200, { events: [] }),
  ),
  missing('missing-workflow-empty', 'workflows.get', 'unknown workflow: 200 {}', () => reply(200, {})),
  missing('missing-source-410', 'sources.get', 'unknown source: 410', (call) =>
    reply(410, { error: { code: call.settings.codes.missing, message: 'Gone.' } }),
  ),
  missing('missing-archive-ok', 'workflows.archive', 'DELETE of an unknown workflow: 200', () =>
    reply(200, { ok: true }),
  ),
  missing('missing-topic-patched', 'topics.update', 'PATCH of an unknown topic: 200', (call) =>
    reply(200, { topic: { id: call.id } }),
  ),
  missing('missing-dispatch-202', 'workflows.dispatch', 'dispatch of an unknown workflow: 202', (call) =>
    reply(202, { runId: call.world.newId('run') }),
  ),
  missing('missing-search-204', 'searches.get', 'unknown cluster: 204', () => ({
    status: 204,
    body: undefined,
    headers: {},
  })),
  plant('missing-id-prefix', facts.e404, 'an id without its last characters finds the thing', {}),
  malformed('error-text', 404, '404: `error` is a text', (_error, body) => {
    body['error'] = 'not found';
  }),
  malformed('error-bare', 400, '400: `code` and `message` without `error`', (error, body) => {
    delete body['error'];
    Object.assign(body, error);
  }),
  malformed(
    'error-no-message',
    400,
    '400: no `message` on POST /workflows',
    (error) => {
      delete error['message'];
    },
    'workflows.create',
  ),
  malformed('error-message-null', 403, '403: `message` null', (error) => {
    error['message'] = null;
  }),
  malformed(
    'error-message-list',
    400,
    '400: `message` is a list on dispatch',
    (error) => {
      error['message'] = ['is invalid'];
    },
    'workflows.dispatch',
  ),
  malformed('error-code-number', 404, '404: `code` is a number', (error) => {
    error['code'] = 404;
  }),
  malformed(
    'error-no-code',
    404,
    '404: no `code` for topics',
    (error) => {
      delete error['code'];
    },
    'topics.get',
  ),
  malformed(
    'error-list',
    401,
    '401: `error` is a list',
    (error, body) => {
      body['error'] = [{ ...error }];
    },
    'sources.create',
  ),
  plant('error-empty', facts.error, '404 of a run without a body', {
    reply: (call, { status }) =>
      status === 404 && on(call, 'runs.get') ? { status, body: undefined, headers: {} } : undefined,
  }),
  plant('error-page', facts.error, '404 of a workflow is an HTML page', {
    wire: (call, bytes, { status }) =>
      status === 404 && on(call, 'workflows.get')
        ? Buffer.from('<!doctype html><h1>404 Not Found</h1>')
        : bytes,
  }),
  plant('error-text-plain', facts.error, '401 is a bare word', {
    wire: (_call, bytes, { status }) => (status === 401 ? Buffer.from('Unauthorized') : bytes),
  }),
  plant('error-422', facts.e400, 'a missing member in POST /mcp-servers is 422', {
    reply: (call, made) => {
      const absent = call.problems.some(({ kind }) => kind === 'missing');
      if (made.status === 400 && absent && on(call, 'sources.create')) made.status = 422;
    },
  }),
  plant('error-409', facts.e400, 'a wrong enum value in POST /mcp-servers is 409', {
    reply: (call, made) => {
      if (made.status === 400 && call.problems.some(({ kind }) => kind === 'enum')) made.status = 409;
    },
  }),
];
