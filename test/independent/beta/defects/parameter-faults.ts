import { reply, type Call } from '../call.ts';
import { invalid } from '../checks/refusals.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function fails(id: string, fact: string, where: string, when: (call: Call) => boolean): Seed {
  return plant(id, fact, where, {
    instead: (call) =>
      when(call) ? reply(500, { error: { code: 'internal', message: 'Something broke.' } }) : undefined,
  });
}

const given = (call: Call, name: string): string => call.query.get(name) ?? '';

/** Defects in which query parameters are refused or break the server. */
export const parameterFaultSeeds: readonly Seed[] = [
  plant('range-month-refused', facts.range, 'GET /runs?range=30d: 400', {
    instead: (call) =>
      on(call, 'runs.list') && given(call, 'range') === '30d'
        ? invalid(call, [{ path: 'range', kind: 'enum' }])
        : undefined,
  }),
  plant(
    'range-quarter-refused',
    '`range` = `24h`, `7d` (default), `30d`, `90d`',
    'GET /insights/overview?range=90d: 400',
    {
      instead: (call) =>
        on(call, 'insights.overview') && given(call, 'range') === '90d'
          ? invalid(call, [{ path: 'range', kind: 'enum' }])
          : undefined,
    },
  ),
  plant(
    'sort-frustration-refused',
    '`sort` = `volume`, `frustration`, `trend`',
    'GET /insights/topics?sort=frustration: 400',
    {
      instead: (call) =>
        on(call, 'topics.list') && given(call, 'sort') === 'frustration'
          ? invalid(call, [{ path: 'sort', kind: 'enum' }])
          : undefined,
    },
  ),
  fails(
    'range-unknown-500',
    facts.enumSafe,
    'GET /runs with an unknown `range`: 500',
    (call) => on(call, 'runs.list') && !['', '24h', '7d', '30d'].includes(given(call, 'range')),
  ),
  fails(
    'sort-unknown-500',
    facts.enumSafe,
    'GET /insights/topics with an unknown `sort`: 500',
    (call) =>
      on(call, 'topics.list') && !['', 'volume', 'frustration', 'trend'].includes(given(call, 'sort')),
  ),
  fails(
    'status-unknown-500',
    facts.enumSafe,
    'GET /runs with an unknown `status`: 500',
    (call) =>
      on(call, 'runs.list') &&
      !['', 'pass', 'fail', 'partial', 'error', 'pending', 'running'].includes(given(call, 'status')),
  ),
  fails(
    'overview-range-500',
    facts.enumSafe,
    'GET /insights/overview with an unknown `range`: 500',
    (call) =>
      on(call, 'insights.overview') && !['', '24h', '7d', '30d', '90d'].includes(given(call, 'range')),
  ),
  fails(
    'search-pattern-500',
    facts.no5xx,
    'GET /runs: a search with an open bracket or a backslash: 500',
    (call) => on(call, 'runs.list') && /[[(\\]/.test(given(call, 'search')),
  ),
  fails(
    'search-quote-500',
    facts.no5xx,
    'GET /runs: a search with a single quote: 500',
    (call) => on(call, 'runs.list') && given(call, 'search').includes("'"),
  ),
  fails(
    'page-size-zero-500',
    facts.no5xx,
    'GET /runs?pageSize=0: 500',
    (call) => on(call, 'runs.list') && Number(call.query.get('pageSize') ?? '1') === 0,
  ),
  fails(
    'page-negative-500',
    facts.no5xx,
    'GET /runs: a negative page: 500',
    (call) => on(call, 'runs.list') && given(call, 'page').startsWith('-'),
  ),
  fails(
    'page-far-500',
    facts.no5xx,
    'GET /runs: a page beyond the last: 500',
    (call) => on(call, 'runs.list') && Number(given(call, 'page')) > 40,
  ),
  fails(
    'limit-word-500',
    facts.no5xx,
    'insights: a `limit` that is no number: 500',
    (call) => call.operation.insights && /[^0-9]/.test(given(call, 'limit')),
  ),
  fails(
    'category-many-500',
    facts.no5xx,
    'GET /workflows with an empty part in `category`: 500',
    (call) => on(call, 'workflows.list') && /^,|,,|,$/.test(given(call, 'category')),
  ),
];
