import { asked, type Exchange, type Reply } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { answering, defect } from './build.ts';
import { facts } from './facts.ts';

const unknown = (operation: string, id: string, where: string, change: (x: Exchange) => Reply): Seeded =>
  defect(
    id,
    facts.notFound,
    `${operation}: ${where}`,
    answering(404, (reply, x) => (asked(x) === operation ? change(x) : reply)),
  );

const errors = (
  id: string,
  where: string,
  status: number,
  change: (x: Exchange, code: string) => Reply,
): Seeded =>
  defect(
    id,
    facts.errorShape,
    where,
    answering(status, (_reply, x) => change(x, x.site.dialect.missingCode)),
  );

export const absenceDefects: readonly Seeded[] = [
  unknown('readRun', 'unknown-run-null', '200 and null', () => ({ status: 200, body: null })),
  unknown('readWorkflow', 'unknown-workflow-empty', '200 and {}', () => ({ status: 200, body: {} })),
  unknown('readSource', 'unknown-source-500', '500', () => ({
    status: 500,
    body: { error: { code: 'internal', message: 'Cannot read properties of undefined' } },
  })),
  unknown('readTrace', 'unknown-trace-empty', '200 and an empty trace', () => ({
    status: 200,
    body: { spans: [], toolCalls: [] },
  })),
  unknown('readEvaluation', 'unknown-evaluation-null', '200 without a verdict', () => ({
    status: 200,
    body: { criteria: [], verdict: null },
  })),
  unknown('readToolCalls', 'unknown-tool-calls-empty', '200 and no rows', () => ({
    status: 200,
    body: { rows: [] },
  })),
  unknown('readTopic', 'unknown-topic-first', '200 and an empty topic', () => ({
    status: 200,
    body: { id: null },
  })),
  unknown('readSearch', 'unknown-search-204', '204', () => ({ status: 204 })),
  unknown('readSessionTrace', 'unknown-session-empty', '200 and no events', () => ({
    status: 200,
    body: { events: [] },
  })),
  unknown('archiveWorkflow', 'unknown-archive-ok', '200 and ok', () => ({ status: 200, body: { ok: true } })),
  unknown('updateWorkflow', 'unknown-update-made', '200 and a new record', (x) => ({
    status: 200,
    body: { id: x.id, currentVersion: 1, schedule: null },
  })),
  unknown('updateTopic', 'unknown-topic-update-ok', '200', (x) => ({ status: 200, body: { id: x.id } })),
  unknown('dispatch', 'unknown-dispatch-queued', '202 and a run id', (x) => ({
    status: 202,
    body: { runId: x.site.makeId('run') },
  })),
  unknown('readRun', 'unknown-run-410', '410', (x) => ({
    status: 410,
    body: { error: { code: x.site.dialect.missingCode, message: 'Gone.' } },
  })),
  unknown('readWorkflow', 'unknown-workflow-redirect', '302 to the list', () => ({
    status: 302,
    headers: { Location: '/api/armature/v1/workflows' },
  })),
  errors('error-as-text', '404: error is a text', 404, () => ({ status: 404, body: { error: 'Not found' } })),
  errors('error-flat', '404: code and message at the top', 404, (_x, code) => ({
    status: 404,
    body: { code, message: 'Not found' },
  })),
  errors('error-no-message', '404: no message', 404, (_x, code) => ({
    status: 404,
    body: { error: { code } },
  })),
  errors('error-code-number', '404: code a number', 404, () => ({
    status: 404,
    body: { error: { code: 404, message: 'Not found' } },
  })),
  errors('error-html', '404: an HTML page', 404, () => ({
    status: 404,
    headers: { 'Content-Type': 'text/html' },
    bytes: Buffer.from('<!doctype html><h1>Not Found</h1>'),
  })),
  errors('error-list', '404: errors as a list', 404, (_x, code) => ({
    status: 404,
    body: { errors: [{ code, message: 'Not found' }] },
  })),
  errors('error-empty-401', '401 without a body', 401, () => ({ status: 401 })),
  errors('error-text-401', '401: plain text', 401, () => ({
    status: 401,
    bytes: Buffer.from('Unauthorized'),
  })),
  errors('error-message-list-400', '400: message a list', 400, (x) => ({
    status: 400,
    body: { error: { code: x.site.dialect.invalidCode, message: ['name is invalid'] } },
  })),
  errors('error-problem-400', '400: problem details in place of error', 400, () => ({
    status: 400,
    body: { type: 'about:blank', title: 'Bad Request', status: 400 },
  })),
  errors('error-message-null-403', '403: message null', 403, () => ({
    status: 403,
    body: { error: { code: 'forbidden_role', message: null } },
  })),
  defect(
    'error-shape-sub-resources',
    facts.errorShape,
    '404 of tool calls and traces: { message }',
    answering(404, (reply, x) =>
      x.operation?.path.split('/').length === 4 ? { status: 404, body: { message: 'Not found' } } : reply,
    ),
  ),
];
