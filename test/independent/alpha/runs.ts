import { listBody, optional, recordBody } from './envelope.ts';
import { flawed, Refusal, type Exchange, type Reply } from './exchange.ts';
import { locate, missing, sees } from './lookup.ts';
import type { Obj, Run } from './model.ts';
import { atMost, parameter, rangeStart, whole } from './query.ts';
import { ended, furtherStatuses, knownStatuses, statusOf } from './run-state.ts';

function naming(x: Exchange, run: Run): Obj {
  const name = x.site.world.workflows.get(run.workflowId)?.name ?? null;
  switch (x.site.dialect.runWorkflow) {
    case 'workflowId':
      return { workflowId: run.workflowId, workflowName: name };
    case 'workflow_id':
      return { workflow_id: run.workflowId };
    case 'workflow':
      return { workflow: { id: run.workflowId, name, status: 'active' } };
  }
}

function times(x: Exchange, run: Run, status: string): Obj {
  const start = status === 'pending' ? null : new Date(run.createdAt + 150).toISOString();
  const end = ended(status) ? new Date(run.createdAt + 600).toISOString() : null;
  const created = new Date(run.createdAt).toISOString();
  if (x.site.dialect.runWorkflow !== 'workflowId') {
    return { created_at: created, ...optional(x, 'started_at', start), ...optional(x, 'finished_at', end) };
  }
  return { createdAt: created, ...optional(x, 'startedAt', start), ...optional(x, 'completedAt', end) };
}

function row(x: Exchange, run: Run): Obj {
  const status = statusOf(x, run);
  const more = x.site.dialect.extras ? { evaluation: { status: 'complete', id: 'ev' }, tags: [] } : {};
  return {
    ...more,
    id: run.id,
    status,
    ...naming(x, run),
    ...times(x, run, status),
    ...optional(x, 'reason', run.reason),
    classification: run.classification,
  };
}

/** Whether a run is of the asked status; a status that nobody knows finds nothing, or is refused. */
function statusFilter(x: Exchange): (run: Run) => boolean {
  const wanted = parameter(x, 'status');
  if (wanted === undefined || wanted === '') return () => true;
  if (x.site.dialect.refusesUnknownValues && ![...knownStatuses, ...furtherStatuses].includes(wanted)) {
    throw new Refusal(400, '', 'The query parameter "status" is not valid.', [
      { path: 'status', rule: 'query' },
    ]);
  }
  return (run) => statusOf(x, run) === wanted;
}

function searchFilter(x: Exchange): (run: Run) => boolean {
  const wanted = parameter(x, 'search')?.toLowerCase();
  if (wanted === undefined || wanted === '') return () => true;
  const { workflows } = x.site.world;
  return (run) => {
    const text =
      x.site.dialect.searchesIn === 'reason'
        ? (run.reason ?? '')
        : (workflows.get(run.workflowId)?.name ?? '');
    return text.toLowerCase().includes(wanted) || run.id === wanted;
  };
}

function order(x: Exchange, runs: Run[]): void {
  const sort = parameter(x, 'sort') ?? '';
  if (
    !/^-?(created|started|status|cost|duration|workflow)/i.test(sort) &&
    sort !== '' &&
    x.site.dialect.refusesUnknownValues
  ) {
    throw new Refusal(400, '', 'The query parameter "sort" is not valid.', [{ path: 'sort', rule: 'query' }]);
  }
  runs.sort((one, two) => two.createdAt - one.createdAt);
  if (x.site.dialect.ascending) runs.reverse();
  if (sort.startsWith('-')) runs.reverse();
}

function page(x: Exchange, runs: readonly Run[]): { readonly shown: readonly Run[]; readonly about: Obj } {
  const { firstPage, pageSize } = x.site.dialect;
  const size = atMost(x, 'pageSize', pageSize);
  const number = Math.max(firstPage, whole(x, 'page', firstPage));
  let from = (number - firstPage) * size;
  if (flawed(x, 'pages-overlap') && from > 0) from -= 1;
  if (flawed(x, 'pages-skip-one') && from > 0) from += 1;
  let to = from + size;
  if (flawed(x, 'page-one-too-long')) to += 1;
  if (flawed(x, 'page-one-too-long-later') && from > 0) to += 1;
  if (flawed(x, 'page-size-floor') && size < 10) to = from + 10;
  return {
    shown: runs.slice(from, to),
    about: { page: number, pageSize: size, total: runs.length },
  };
}

/** `GET /runs` */
export function listRuns(x: Exchange): Reply {
  const since = rangeStart(x, ['24h', '7d', '30d'], flawed(x, 'runs-default-range') ? '30d' : '24h');
  const hasStatus = statusFilter(x);
  const fits = searchFilter(x);
  const workflowId = parameter(x, 'workflowId');
  const classification = parameter(x, 'classification');
  const runs = [...x.site.world.runs.values()].filter(
    (run) =>
      sees(x, run.orgId) &&
      run.createdAt >= since &&
      (workflowId === undefined || workflowId === '' || run.workflowId === workflowId) &&
      (classification === undefined || classification === '' || run.classification === classification) &&
      hasStatus(run) &&
      fits(run) &&
      !(flawed(x, 'dispatched-not-listed') && run.live) &&
      !(
        flawed(x, 'range-loses-today') &&
        x.query.get('range') === '7d' &&
        Date.now() - run.createdAt < 86_400_000
      ),
  );
  order(x, runs);
  const { shown, about } = page(x, runs);
  return {
    status: 200,
    body: listBody(
      x,
      'runs',
      shown.map((run) => row(x, run)),
      about,
    ),
  };
}

/** `GET /runs/{id}` */
export function readRun(x: Exchange): Reply {
  const run = locate(x, x.site.world.runs);
  if (flawed(x, 'failed-runs-unreadable') && run.status === 'error') throw missing(x);
  const status = statusOf(x, run);
  const over = ended(status);
  const record: Obj = {
    ...row(x, run),
    model: run.model,
    evaluatorOutput: over
      ? { verdict: status, score: 0.75, summary: 'Three of four criteria were met — “good”.' }
      : null,
    cost: over ? run.cost : null,
  };
  return { status: 200, body: recordBody(x, 'run', record) };
}
