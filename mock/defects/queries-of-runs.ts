import type { Defect } from './defect.ts';
import { disregarding, inputs, items, must, withQuery } from './hooking.ts';
import { listed, refusing } from './query-hooks.ts';

/** Defects of the query parameters of runs. */
export const runQueryDefects: readonly Defect[] = [
  must(
    'runs-status-disregarded',
    'listRuns?status',
    'listRuns',
    'The status is not looked at.',
    disregarding('listRuns', 'status'),
  ),
  must(
    'runs-status-fail-with-error',
    'listRuns?status',
    'listRuns',
    'Runs that erred are among the failed ones.',
    items('listRuns', (list, call, deployment) => {
      if (call.query.get('status') !== 'fail') return list;
      return [...list, ...listed(call, deployment, (query) => query.set('status', 'error'))].slice(
        0,
        Number(call.query.get('pageSize') ?? 25),
      );
    }),
  ),
  must(
    'runs-status-first-page-only',
    'listRuns?status',
    'listRuns',
    'The status is not looked at beyond the first page.',
    inputs('listRuns', (call) =>
      call.query.get('page') === '2' ? withQuery(call, (query) => query.delete('status')) : call,
    ),
  ),
  must(
    'runs-status-one-stray',
    'listRuns?status',
    'listRuns',
    'The last row of a filtered page has another status.',
    items('listRuns', (list, call, deployment) => {
      if (!call.query.has('status')) return list;
      const others = listed(call, deployment, (query) => query.delete('status')).filter(
        (row) => row['status'] !== call.query.get('status'),
      );
      return others[0] === undefined ? list : [...list.slice(0, -1), others[0]];
    }),
  ),
  must(
    'runs-status-fail-refused',
    'listRuns?status',
    'listRuns',
    'The status `fail` is refused.',
    refusing('listRuns', 'status', 'fail'),
  ),
  must(
    'runs-workflow-disregarded',
    'listRuns?workflowId',
    'listRuns',
    'The workflow is not looked at.',
    disregarding('listRuns', 'workflowId'),
  ),
  must(
    'runs-workflow-with-status',
    'listRuns?workflowId',
    'listRuns',
    'With a status, the workflow is not looked at.',
    inputs('listRuns', (call) =>
      call.query.has('status') ? withQuery(call, (query) => query.delete('workflowId')) : call,
    ),
  ),
  must(
    'runs-range-disregarded',
    'listRuns?range',
    'listRuns',
    'The range is always 30 days.',
    inputs('listRuns', (call) => withQuery(call, (query) => query.set('range', '30d'))),
  ),
  must(
    'runs-range-default',
    'listRuns?range',
    'listRuns',
    'The default range is 30 days.',
    inputs('listRuns', (call) => withQuery(call, (query) => query.set('range', query.get('range') ?? '30d'))),
  ),
  must(
    'runs-range-7d-refused',
    'listRuns?range',
    'listRuns',
    'The range 7d is refused.',
    refusing('listRuns', 'range', '7d'),
  ),
  must(
    'runs-page-disregarded',
    'listRuns?page',
    'listRuns',
    'Each page is the first.',
    disregarding('listRuns', 'page'),
  ),
  must(
    'runs-pages-overlap',
    'listRuns?page',
    'listRuns',
    'A page begins with the last row of the page before.',
    items('listRuns', (list, call, deployment) => {
      const page = Number(call.query.get('page') ?? 1);
      const before = page > 1 ? listed(call, deployment, (query) => query.set('page', String(page - 1))) : [];
      return [...before.slice(-1), ...list].slice(0, Math.max(list.length, 1));
    }),
  ),
  must(
    'runs-size-disregarded',
    'listRuns?pageSize',
    'listRuns',
    'The size of a page is not looked at.',
    disregarding('listRuns', 'pageSize'),
  ),
  must(
    'runs-size-one-more',
    'listRuns?pageSize',
    'listRuns',
    'A page has one row more than asked for.',
    inputs('listRuns', (call) =>
      call.query.has('pageSize')
        ? withQuery(call, (query) => query.set('pageSize', String(Number(query.get('pageSize')) + 1)))
        : call,
    ),
  ),
  must(
    'runs-search-disregarded',
    'listRuns?search',
    'listRuns',
    'The search is not looked at.',
    disregarding('listRuns', 'search'),
  ),
  must(
    'runs-search-any-when-none',
    'listRuns?search',
    'listRuns',
    'A search that finds nothing shows everything.',
    items('listRuns', (list, call, deployment) =>
      list.length === 0 && call.query.has('search')
        ? listed(call, deployment, (query) => query.delete('search'))
        : list,
    ),
  ),
];
