import { type Call, type OperationName } from '../call.ts';
import { invalid } from '../checks/refusals.ts';
import { isObject, listIn, type Json } from '../json.ts';
import { visible } from '../operations/locate.ts';
import { runRow } from '../views/run.ts';
import { sourceRow } from '../views/source.ts';
import { statusAt } from '../model.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function ignored(
  id: string,
  fact: string,
  name: OperationName,
  parameter: string,
  where: string,
  when: (call: Call) => boolean = () => true,
): Seed {
  return plant(id, fact, where, {
    ignores: (call, asked) => on(call, name) && asked === parameter && when(call),
  });
}

function added(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  more: (call: Call, rows: Json[]) => Json[],
): Seed {
  return plant(id, fact, where, {
    reply: (call, { status, body }) => {
      if (status === 200 && on(call, name)) listIn(body).push(...more(call, listIn(body)));
    },
  });
}

const second = (call: Call): boolean => Number(call.query.get('page') ?? '1') >= 2;
const given = (call: Call, name: string): string => call.query.get(name) ?? '';

/** Defects of the query parameters. */
export const parameterSeeds: readonly Seed[] = [
  ignored(
    'category-ignored',
    facts.category,
    'sources.list',
    'category',
    'GET /mcp-servers: `category` ignored',
  ),
  ignored(
    'category-slug-ignored',
    facts.category,
    'sources.list',
    'categorySlug',
    'GET /mcp-servers: `categorySlug` ignored',
  ),
  ignored(
    'category-list-ignored',
    facts.category,
    'sources.list',
    'category',
    'GET /mcp-servers: `category=a,b` ignored, one slug is not',
    (call) => given(call, 'category').includes(','),
  ),
  ignored(
    'workflow-category-ignored',
    facts.category,
    'workflows.list',
    'category',
    'GET /workflows: `category` ignored',
  ),
  ignored(
    'workflow-slug-ignored',
    facts.category,
    'workflows.list',
    'categorySlug',
    'GET /workflows: `categorySlug` ignored',
  ),
  added(
    'category-by-part',
    facts.category,
    'sources.list',
    'GET /mcp-servers: a part of a slug or another case matches',
    (call, rows) => {
      const slug = (given(call, 'category') || given(call, 'categorySlug')).toLowerCase();
      if (slug === '' || rows.length > 0) return [];
      const near = visible(call, 'sources').filter(({ categories }) =>
        categories.some((own) => own.startsWith(slug)),
      );
      return near.map((source) => sourceRow(call.settings, source));
    },
  ),
  plant(
    'category-unknown-returns-all',
    facts.category,
    'GET /mcp-servers: an unknown slug returns everything',
    {
      ignores: (call, asked) =>
        on(call, 'sources.list') &&
        asked.startsWith('category') &&
        !call.org.sources.some(({ categories }) =>
          categories.some((own) => given(call, asked).split(',').includes(own)),
        ),
    },
  ),
  ignored('status-ignored', facts.filter, 'runs.list', 'status', 'GET /runs: `status` ignored'),
  ignored(
    'status-ignored-with-range',
    facts.filter,
    'runs.list',
    'status',
    'GET /runs: `status` ignored where `range` is given',
    (call) => call.query.has('range'),
  ),
  ignored(
    'status-ignored-later',
    facts.filter,
    'runs.list',
    'status',
    'GET /runs: `status` ignored from the second page on',
    second,
  ),
  plant('status-running-with-pending', facts.filter, 'GET /runs?status=running: pending runs too', {
    reply: (call, { status, body }) => {
      if (status !== 200 || !on(call, 'runs.list') || given(call, 'status') !== 'running' || second(call))
        return;
      const waiting = call.org.runs.filter((run) => statusAt(run, call.now) === 'pending').slice(0, 2);
      listIn(body).push(...waiting.map((run) => runRow(call, run)));
    },
  }),
  plant('status-fail-with-error', facts.filter, 'GET /runs?status=fail: the last row is an `error`', {
    reply: (call, { status, body }) => {
      const rows = listIn(body);
      const run = call.org.runs.find((candidate) => statusAt(candidate, call.now) === 'error');
      if (
        status === 200 &&
        on(call, 'runs.list') &&
        given(call, 'status') === 'fail' &&
        run &&
        rows.length > 1
      ) {
        rows[rows.length - 1] = runRow(call, run);
      }
    },
  }),
  ignored(
    'workflow-filter-ignored',
    facts.filter,
    'runs.list',
    'workflowId',
    'GET /runs: `workflowId` ignored',
  ),
  ignored(
    'workflow-filter-ignored-with-status',
    facts.filter,
    'runs.list',
    'workflowId',
    'GET /runs: `workflowId` ignored where `status` is given too',
    (call) => call.query.has('status'),
  ),
  plant('workflow-filter-unknown', facts.filter, 'GET /runs: an unknown `workflowId` returns everything', {
    ignores: (call, asked) =>
      asked === 'workflowId' &&
      on(call, 'runs.list') &&
      !call.org.workflows.some(({ id }) => id === given(call, 'workflowId')),
  }),
  ignored('search-ignored', facts.searchText, 'runs.list', 'search', 'GET /runs: `search` ignored'),
  plant(
    'search-no-hit-returns-all',
    facts.searchText,
    'GET /runs: a search without a hit returns everything',
  ),
  ignored(
    'search-ignored-with-status',
    facts.searchText,
    'runs.list',
    'search',
    'GET /runs: `search` ignored where `status` is given',
    (call) => call.query.has('status'),
  ),
  plant('range-ignored', facts.range, 'GET /runs: `range` ignored, always 30 days and more'),
  plant('range-default-month', facts.range, 'GET /runs: without `range` 30 days are listed'),
  ignored('page-size-ignored', facts.limit, 'runs.list', 'pageSize', 'GET /runs: `pageSize` ignored'),
  ignored(
    'page-size-ignored-with-status',
    facts.limit,
    'runs.list',
    'pageSize',
    'GET /runs: `pageSize` ignored where `status` is given',
    (call) => call.query.has('status'),
  ),
  ignored(
    'page-size-ignored-later',
    facts.limit,
    'runs.list',
    'pageSize',
    'GET /runs: `pageSize` ignored from the second page on',
    second,
  ),
  plant('page-size-one-more', facts.limit, 'GET /runs: one row more than `pageSize`', {
    reply: (call, { status, body }) => {
      const rows = listIn(body);
      const extra = call.org.runs
        .map((run) => runRow(call, run))
        .find(({ id }) => !rows.some((row) => isObject(row) && row['id'] === id));
      const full = rows.length === Number(given(call, 'pageSize'));
      if (status === 200 && on(call, 'runs.list') && full && extra) rows.push(extra);
    },
  }),
  ignored('page-ignored', facts.runs, 'runs.list', 'page', 'GET /runs: every page is the first'),
  plant('page-overlap', facts.runs, 'GET /runs: a page begins with the last row of the one before'),
  plant('page-gap', facts.runs, 'GET /runs: the first row of every later page is lost'),
  ignored(
    'limit-topics-ignored',
    facts.limit,
    'topics.list',
    'limit',
    'GET /insights/topics: `limit` ignored',
  ),
  ignored(
    'limit-topics-ignored-with-sort',
    facts.limit,
    'topics.list',
    'limit',
    'GET /insights/topics: `limit` ignored where `sort` is given',
    (call) => call.query.has('sort'),
  ),
  ignored(
    'limit-searches-ignored',
    facts.limit,
    'searches.list',
    'limit',
    'GET /insights/searches: `limit` ignored',
  ),
  ignored(
    'limit-sessions-ignored',
    facts.limit,
    'sessions.list',
    'limit',
    'GET /insights/sessions: `limit` ignored',
  ),
  ignored(
    'limit-sessions-ignored-with-intent',
    facts.limit,
    'sessions.list',
    'limit',
    'GET /insights/sessions: `limit` ignored where `intent` is given',
    (call) => call.query.has('intent'),
  ),
  plant('limit-hundred', facts.limit100, 'GET /insights/sessions?limit=100: 400', {
    instead: (call) =>
      on(call, 'sessions.list') && Number(given(call, 'limit')) >= 100
        ? invalid(call, [{ path: 'limit', kind: 'enum' }])
        : undefined,
  }),
  ignored(
    'intent-ignored',
    facts.intent,
    'sessions.list',
    'intent',
    'GET /insights/sessions: `intent` ignored',
  ),
  plant('intent-substring', facts.intent, 'GET /insights/sessions: `intent` matches a part'),
  plant('intent-any-case', facts.intent, 'GET /insights/sessions: `intent` matches whatever the case'),
  plant(
    'intent-unknown-returns-all',
    facts.intent,
    'GET /insights/sessions: an unknown intent returns everything',
    {
      ignores: (call, asked) =>
        asked === 'intent' &&
        on(call, 'sessions.list') &&
        !call.org.sessions.some(({ intent }) => intent === given(call, 'intent')),
    },
  ),
];
