import { asked, type Exchange } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { isObj, type Obj } from '../model.ts';
import { answering, defect, failure, records, sentToken, succeeding, without } from './build.ts';
import { facts } from './facts.ts';

const detail = (id: string, where: string, change: (record: Obj, x: Exchange) => unknown): Seeded =>
  defect(id, facts.run, `GET /runs/{id}: ${where}`, records('run', change));

const part = (id: string, operation: string, fact: string, where: string, body: unknown): Seeded =>
  defect(
    id,
    fact,
    `${operation}: ${where}`,
    succeeding(operation, (reply) => ({ ...reply, body })),
  );

const calls = (change: (record: Obj) => unknown): Hooks => records('toolCalls', change);

export const runDetailDefects: readonly Seeded[] = [
  detail('run-detail-passed', 'passed where the list says pass', (record) => ({
    ...record,
    status: record['status'] === 'pass' ? 'passed' : record['status'],
  })),
  detail('run-detail-partial-fail', 'fail where the list says partial', (record) => ({
    ...record,
    status: record['status'] === 'partial' ? 'fail' : record['status'],
  })),
  detail('run-detail-status-missing', 'no status', (record) => without(record, 'status')),
  detail('run-detail-status-null', 'status null for running runs', (record) => ({
    ...record,
    status: record['status'] === 'running' ? null : record['status'],
  })),
  detail('run-detail-status-code', 'status a number', (record) => ({ ...record, status: 2 })),
  detail('run-detail-empty', 'an empty record', () => ({})),
  detail('run-detail-upper', 'status in capitals', (record) => ({
    ...record,
    status: String(record['status']).toUpperCase(),
  })),
  defect('failed-runs-unreadable', facts.run, 'GET /runs/{id}: 404 for runs that ended in error'),
  part('trace-null', 'readTrace', facts.trace, 'null', null),
  part('trace-empty', 'readTrace', facts.trace, 'an empty object', {}),
  part('trace-text', 'readTrace', facts.trace, 'a text', 'span-0 agent.turn'),
  part('evaluation-empty', 'readEvaluation', facts.evaluation, 'an empty object', {}),
  part('evaluation-null', 'readEvaluation', facts.evaluation, 'null', null),
  part('evaluation-number', 'readEvaluation', facts.evaluation, 'a number', 0.75),
  part('tool-calls-no-list', 'readToolCalls', facts.toolCalls, 'an object without a list', {
    count: 3,
    toolCalls: { first: {} },
  }),
  part('tool-calls-null', 'readToolCalls', facts.toolCalls, 'null', null),
  defect(
    'tool-calls-names',
    facts.toolCalls,
    'GET /runs/{id}/tool-calls: rows are names',
    calls((record) => record['toolName']),
  ),
  defect(
    'tool-calls-nested',
    facts.toolCalls,
    'GET /runs/{id}/tool-calls: rows are arrays',
    calls((record) => Object.values(record)),
  ),
  defect(
    'tool-calls-404-for-failed',
    facts.toolCalls,
    'GET /runs/{id}/tool-calls: 404 for failed runs',
    succeeding('readToolCalls', (reply, x) =>
      x.site.world.runs.get(x.id)?.status === 'fail' ? failure(404, 'not_found', 'None.') : reply,
    ),
  ),
  defect(
    'trace-not-redacted',
    facts.secret,
    'GET /runs/{id}/trace of a dispatched run shows the Authorization header of the dispatch',
    records('trace', (record, x) => {
      const token = x.site.world.runs.get(x.id)?.dispatchedWith ?? null;
      return token === null
        ? record
        : {
            ...record,
            spans: [
              { id: 'span-0', name: 'POST', attributes: { 'http.request.header.authorization': token } },
            ],
          };
    }),
  ),
  defect(
    'trace-shows-reader',
    facts.secret,
    'GET /runs/{id}/trace shows the secret of the reading key',
    records('trace', (record, x) => ({ ...record, viewedWith: sentToken(x) })),
  ),
  defect(
    'evaluation-500-for-pending',
    facts.no5xx,
    'GET /runs/{id}/evaluation of a pending run: 500',
    succeeding('readEvaluation', (reply, x) =>
      isObj(reply.body) && JSON.stringify(reply.body).includes('"verdict":null') && x.id !== ''
        ? failure(500, 'internal', 'verdict is null')
        : reply,
    ),
  ),
  defect(
    'run-unknown-status-filter-500',
    facts.no5xx,
    'GET /runs?status=<unknown>: 500',
    answering(400, (reply, x) =>
      asked(x) === 'listRuns' && x.query.has('status')
        ? failure(500, 'internal', 'invalid input value for enum run_status')
        : reply,
    ),
  ),
];
