import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { type Obj } from '../model.ts';
import { defect, failure, records, succeeding, without } from './build.ts';
import { facts } from './facts.ts';

const row = (id: string, where: string, change: (record: Obj, x: Exchange, at: number) => unknown): Seeded =>
  defect(id, facts.runs, `GET /runs: ${where}`, records('runs', change));

const overlooks = (
  id: string,
  fact: string,
  where: string,
  fits: (x: Exchange, name: string) => boolean,
): Seeded =>
  defect(id, fact, `GET /runs: ${where}`, {
    overlooks: (x, name) => asked(x) === 'listRuns' && fits(x, name),
  });

const refuses = (
  id: string,
  operation: string,
  where: string,
  fact: string,
  fits: (x: Exchange) => boolean,
): Seeded =>
  defect(
    id,
    fact,
    `${operation}: ${where} is 400`,
    succeeding(operation, (reply, x) =>
      fits(x) ? failure(400, x.site.dialect.invalidCode, 'Not a valid parameter.') : reply,
    ),
  );

const later = (x: Exchange): boolean => Number(x.query.get('page') ?? 0) > x.site.dialect.firstPage;

function nameless(record: Obj): Obj {
  return ['workflowId', 'workflow_id', 'workflow', 'workflowName'].reduce(without, record);
}

export const runListDefects: readonly Seeded[] = [
  row('run-no-status', 'no status', (record) => without(record, 'status')),
  row('run-no-status-later', 'no status from the second page on', (record, x) =>
    later(x) ? without(record, 'status') : record,
  ),
  row('run-status-object', 'status an object', (record) => ({
    ...record,
    status: { name: record['status'] },
  })),
  row('run-status-null', 'status null for pending runs', (record) => ({
    ...record,
    status: record['status'] === 'pending' ? null : record['status'],
  })),
  row('run-id-number', 'id a number', (record, _x, at) => ({ ...record, id: at + 100 })),
  row('run-id-empty', 'id empty in the fourth row', (record, _x, at) =>
    at === 3 ? { ...record, id: '' } : record,
  ),
  row('run-without-workflow', 'no row names its workflow', nameless),
  row('run-without-workflow-some', 'failed runs do not name their workflow', (record) =>
    record['status'] === 'fail' ? nameless(record) : record,
  ),
  row('run-runid', 'runId in place of id', (record) => ({ ...without(record, 'id'), runId: record['id'] })),
  defect(
    'runs-no-array',
    facts.runs,
    'GET /runs: no list at all',
    succeeding('listRuns', (reply) => ({ ...reply, body: { count: 3 } })),
  ),
  defect(
    'runs-206',
    facts.statuses,
    'GET /runs: 206',
    succeeding('listRuns', (reply) => ({ ...reply, status: 206 })),
  ),
  overlooks(
    'runs-status-overlooked',
    facts.filters,
    'status does not filter',
    (_x, name) => name === 'status',
  ),
  overlooks(
    'runs-status-partial-overlooked',
    facts.filters,
    'status=partial does not filter',
    (x, name) => name === 'status' && x.query.get('status') === 'partial',
  ),
  overlooks(
    'runs-status-lost-later',
    facts.filters,
    'status does not filter on the second page',
    (x, name) => name === 'status' && later(x),
  ),
  overlooks(
    'runs-status-lost-with-workflow',
    facts.filters,
    'status does not filter beside workflowId',
    (x, name) => name === 'status' && x.query.has('workflowId'),
  ),
  overlooks(
    'runs-status-lost-with-range',
    facts.filters,
    'status does not filter with range=30d',
    (x, name) => name === 'status' && x.query.get('range') === '30d',
  ),
  overlooks(
    'runs-workflow-overlooked',
    facts.filters,
    'workflowId does not filter',
    (_x, name) => name === 'workflowId',
  ),
  overlooks(
    'runs-workflow-lost-with-sort',
    facts.filters,
    'workflowId does not filter beside range',
    (x, name) => name === 'workflowId' && x.query.has('range'),
  ),
  overlooks(
    'runs-search-overlooked',
    facts.search404,
    'search does not filter',
    (_x, name) => name === 'search',
  ),
  overlooks(
    'runs-search-overlooked-short',
    facts.search404,
    'search does not filter with more than 20 characters',
    (x, name) => name === 'search' && (x.query.get('search') ?? '').length > 20,
  ),
  overlooks('runs-page-overlooked', facts.runs, 'page does not page', (_x, name) => name === 'page'),
  overlooks(
    'runs-size-overlooked',
    facts.atMost,
    'pageSize does not limit',
    (_x, name) => name === 'pageSize',
  ),
  overlooks(
    'runs-range-overlooked',
    facts.runQuery,
    'range does not filter: the default is not 24h and 24h shows older runs',
    (_x, name) => name === 'range',
  ),
  defect('runs-default-range', facts.runQuery, 'GET /runs: the default range is 30d'),
  defect('range-loses-today', facts.runQuery, 'GET /runs?range=7d: without the runs of the last 24 hours'),
  defect('pages-overlap', facts.runs, 'GET /runs: each page begins with the last row of the one before'),
  defect('pages-skip-one', facts.runs, 'GET /runs: a row is lost between two pages'),
  defect('page-one-too-long', facts.atMost, 'GET /runs: pageSize + 1 rows'),
  defect('page-one-too-long-later', facts.atMost, 'GET /runs: pageSize + 1 rows from the second page on'),
  defect('page-size-floor', facts.atMost, 'GET /runs: at least ten rows, whatever pageSize says'),
  refuses('runs-refuses-30d', 'listRuns', 'range=30d', facts.runQuery, (x) => x.query.get('range') === '30d'),
  refuses(
    'runs-refuses-running',
    'listRuns',
    'status=running',
    facts.runQuery,
    (x) => x.query.get('status') === 'running',
  ),
  refuses('runs-refuses-search', 'listRuns', 'search', facts.runQuery, (x) => x.query.has('search')),
  refuses(
    'runs-refuses-page-size',
    'listRuns',
    'pageSize below ten',
    facts.runQuery,
    (x) => x.query.has('pageSize') && Number(x.query.get('pageSize')) < 10,
  ),
  refuses(
    'overview-refuses-90d',
    'overview',
    'range=90d',
    facts.overviewQuery,
    (x) => x.query.get('range') === '90d',
  ),
  refuses(
    'topics-refuses-trend',
    'listTopics',
    'sort=trend',
    facts.topicQuery,
    (x) => x.query.get('sort') === 'trend',
  ),
  refuses(
    'topics-refuses-frustration-limit',
    'listTopics',
    'sort=frustration',
    facts.topicQuery,
    (x) => x.query.get('sort') === 'frustration',
  ),
  refuses(
    'searches-refuse-24h',
    'listSearches',
    'range=24h',
    facts.searchQuery,
    (x) => x.query.get('range') === '24h',
  ),
  refuses(
    'sessions-refuse-100',
    'listSessions',
    'limit=100',
    facts.sessionQuery,
    (x) => Number(x.query.get('limit')) >= 100,
  ),
  refuses(
    'sessions-refuse-24h',
    'listSessions',
    'range=24h',
    facts.sessionQuery,
    (x) => x.query.get('range') === '24h',
  ),
];
