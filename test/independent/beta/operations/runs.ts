import type { Call, Reply } from '../call.ts';
import { filters, has, reply } from '../call.ts';
import { invalid, notFound } from '../checks/refusals.ts';
import type { Json, JsonObject } from '../json.ts';
import { textOr } from '../json.ts';
import { endOf, type Run, statusAt } from '../model.ts';
import { listed, wrapped } from '../views/envelope.ts';
import { runRecord, runRow } from '../views/run.ts';
import { locate, visible } from './locate.ts';
import { amount, badParameter, beginOf, choice } from './parameters.ts';

const statuses = ['pass', 'fail', 'partial', 'error', 'pending', 'running'];
const furtherStatuses = ['queued', 'evaluating', 'cancelled', 'timed_out'];
const sorts = ['newest', 'oldest', 'createdAt', '-createdAt', 'startedAt', '-startedAt', 'status', 'cost'];

function searched(call: Call, run: Run, text: string): boolean {
  const workflow = call.world.orgs
    .flatMap(({ workflows }) => workflows)
    .find(({ id }) => id === run.workflowId);
  const words = [run.id, run.model, run.reason ?? '', textOr(workflow?.fields['name'], '')];
  return words.some((word) => word.toLowerCase().includes(text.toLowerCase()));
}

function matching(call: Call, runs: readonly Run[]): Run[] {
  let kept = [...runs];
  const { query, settings, now } = call;
  const workflowId = query.get('workflowId');
  if (workflowId !== null && filters(call, 'workflowId'))
    kept = kept.filter((run) => run.workflowId === workflowId);
  const status = query.get('status');
  const known = [...statuses, ...(settings.furtherStatuses ? furtherStatuses : [])];
  if (
    status !== null &&
    filters(call, 'status') &&
    (known.includes(status) || settings.unknownEnum === 'nothing')
  ) {
    kept = kept.filter((run) => statusAt(run, now) === status);
  }
  const classification = query.get('classification');
  if (classification !== null && filters(call, 'classification')) {
    kept = kept.filter((run) => run.classification === classification);
  }
  const text = query.get('search');
  if (text !== null && text !== '' && filters(call, 'search')) {
    const hits = kept.filter((run) => searched(call, run, text));
    kept = hits.length === 0 && has(call, 'search-no-hit-returns-all') ? kept : hits;
  }
  return kept;
}

function ordered(call: Call, runs: Run[], sort: string): Run[] {
  const wanted = sort === '' ? call.settings.runOrder : sort;
  if (wanted === 'oldest' || wanted === 'createdAt' || wanted === 'startedAt') {
    return runs.toSorted((a, b) => a.createdAt - b.createdAt);
  }
  if (wanted === 'id') return runs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (wanted === 'cost') return runs.toSorted((a, b) => b.cost - a.cost);
  return runs.toSorted((a, b) => b.createdAt - a.createdAt);
}

function pageInfo(call: Call, total: number, page: number, size: number): JsonObject {
  const more = (page - call.settings.firstPage + 1) * size < total;
  if (call.settings.pageInfo === 'flat') return { total, page, pageSize: size, hasMore: more };
  return call.settings.pageInfo === 'nested'
    ? { pagination: { total, page, per_page: size, has_more: more } }
    : {};
}

/** `GET /runs` */
export function listRuns(call: Call): Reply {
  const { settings } = call;
  const range = choice(call, 'range', ['24h', '7d', '30d'], has(call, 'range-default-month') ? '30d' : '24h');
  if (range === undefined) return invalid(call, badParameter('range'));
  const known = [...statuses, ...(settings.furtherStatuses ? furtherStatuses : [])];
  if (choice(call, 'status', known, '') === undefined) return invalid(call, badParameter('status'));
  const sort = choice(call, 'sort', sorts, '');
  if (sort === undefined) return invalid(call, badParameter('sort'));
  const size = amount(call, 'pageSize', settings.pageSize, settings.maxPageSize);
  if (size === undefined) return invalid(call, badParameter('pageSize'));
  const page = amount(call, 'page', settings.firstPage, 1e12, settings.firstPage);
  if (page === undefined) return invalid(call, badParameter('page'));
  const begin = has(call, 'range-ignored') ? 0 : beginOf(call, range);
  const moment = (run: Run): number =>
    settings.rangeBy === 'ended' ? (endOf(run, call.now) ?? call.now) : run.createdAt;
  const young = visible(call, 'runs').filter((run) => run.hidden !== true && moment(run) >= begin);
  const all = ordered(call, matching(call, young), sort);
  const first = (page - settings.firstPage) * size;
  const start =
    has(call, 'page-overlap') && first > 0
      ? first - 1
      : has(call, 'page-gap') && first > 0
        ? first + 1
        : first;
  const rows: Json[] = all.slice(start, first + size).map((run) => runRow(call, run));
  return reply(200, listed(call, 'runs', rows, pageInfo(call, all.length, page, size)));
}

/** Whether the run of a call's id is there. */
export function hasRun(call: Call): boolean {
  return locate(call, 'runs') !== undefined;
}

/** `GET /runs/{id}` */
export function getRun(call: Call): Reply {
  const found = locate(call, 'runs');
  return found ? reply(200, wrapped(call, 'run', runRecord(call, found.item))) : notFound(call);
}
