import { invalid } from '../deployment/refusal.ts';
import type { Defect } from './defect.ts';
import { checking, disregarding, inputs, isTo, items, must, withQuery } from './hooking.ts';
import { failingOn, listed, refusing } from './query-hooks.ts';

const categories: readonly Defect[] = ['listMcpServers', 'listWorkflows'].flatMap((operation) => [
  must(
    `category-disregarded-${operation}`,
    `${operation}?category`,
    operation,
    'The categories are not looked at.',
    disregarding(operation, 'category'),
  ),
  must(
    `category-only-first-checked-${operation}`,
    `${operation}?category`,
    operation,
    'With several slugs, everything is shown.',
    inputs(operation, (call) =>
      call.query.get('category')?.includes(',') === true
        ? withQuery(call, (query) => query.delete('category'))
        : call,
    ),
  ),
  must(
    `category-slug-disregarded-${operation}`,
    `${operation}?categorySlug`,
    operation,
    'The slug is not looked at.',
    disregarding(operation, 'categorySlug'),
  ),
  must(
    `category-slug-stray-${operation}`,
    `${operation}?categorySlug`,
    operation,
    'One item of another category is shown.',
    items(operation, (list, call, deployment) => {
      if (!call.query.has('categorySlug')) return list;
      const shown = new Set(list.map(({ id }) => id));
      const others = listed(call, deployment, (query) => query.delete('categorySlug')).filter(
        ({ id }) => !shown.has(id),
      );
      return [...list, ...others.slice(0, 1)];
    }),
  ),
]);

const insights: readonly Defect[] = [
  must(
    'overview-90d-refused',
    'getInsightsOverview?range',
    'getInsightsOverview',
    'The range 90d is refused.',
    refusing('getInsightsOverview', 'range', '90d'),
  ),
  must(
    'topics-30d-refused',
    'listTopics?range',
    'listTopics',
    'The range 30d is refused.',
    refusing('listTopics', 'range', '30d'),
  ),
  must(
    'topics-trend-refused',
    'listTopics?sort',
    'listTopics',
    'The order `trend` is refused.',
    refusing('listTopics', 'sort', 'trend'),
  ),
  must(
    'topics-frustration-refused',
    'listTopics?sort',
    'listTopics',
    'The order `frustration` is refused.',
    refusing('listTopics', 'sort', 'frustration'),
  ),
  must(
    'topics-limit-disregarded',
    'listTopics?limit',
    'listTopics',
    'The limit is not looked at.',
    disregarding('listTopics', 'limit'),
  ),
  must(
    'topics-limit-one-more',
    'listTopics?limit',
    'listTopics',
    'One topic more than the limit.',
    items('listTopics', (list, call) => (call.query.has('limit') ? [...list, ...list.slice(0, 1)] : list)),
  ),
  must(
    'searches-limit-disregarded',
    'listSearches?limit',
    'listSearches',
    'The limit is not looked at.',
    disregarding('listSearches', 'limit'),
  ),
  must(
    'searches-range-refused',
    'listSearches?range',
    'listSearches',
    'Each range is refused.',
    checking('validation', 'listSearches', (call, run) => {
      run();
      if (call.query.has('range')) throw invalid('range', 'range is not supported');
    }),
  ),
  must(
    'sessions-limit-disregarded',
    'listSessions?limit',
    'listSessions',
    'The limit is not looked at.',
    disregarding('listSessions', 'limit'),
  ),
  must(
    'sessions-limit-100-refused',
    'listSessions?limit',
    'listSessions',
    'The limit 100 is refused.',
    refusing('listSessions', 'limit', '100'),
  ),
  must(
    'sessions-range-refused',
    'listSessions?range',
    'listSessions',
    'The range 24h is refused.',
    refusing('listSessions', 'range', '24h'),
  ),
  must(
    'sessions-intent-finds-nothing',
    'listSessions?intent',
    'listSessions',
    'An intent finds nothing.',
    items('listSessions', (list, call) => (call.query.has('intent') ? [] : list)),
  ),
  must(
    'sessions-intent-one-lost',
    'listSessions?intent',
    'listSessions',
    'The last of the sessions with an intent is not found.',
    items('listSessions', (list, call) => (call.query.has('intent') ? list.slice(0, -1) : list)),
  ),
  must(
    'sessions-intent-newest-only',
    'listSessions?intent',
    'listSessions',
    'An intent finds the newest of its sessions alone.',
    items('listSessions', (list, call) => (call.query.has('intent') ? list.slice(0, 1) : list)),
  ),
  must(
    'sessions-intent-non-ascii',
    'listSessions?intent',
    'listSessions',
    'An intent that is not ASCII finds nothing.',
    items('listSessions', (list, call) => (/[^ -~]/.test(call.query.get('intent') ?? '') ? [] : list)),
  ),
  must(
    'sessions-intent-of-others',
    'listSessions?intent',
    'listSessions',
    'An intent finds the sessions that have another one.',
    items('listSessions', (list, call, deployment) => {
      const intent = call.query.get('intent');
      if (intent === null) return list;
      const all = listed(call, deployment, (query) => query.delete('intent'));
      return all.filter(({ raw_intent: raw }) => raw !== intent);
    }),
  ),
];

const unknownValues: readonly Defect[] = [
  must(
    'query-unknown-range-500',
    'query-unknown-value',
    'listRuns',
    'An unknown range is 500.',
    failingOn('listRuns', 'range', (value) => !/^(24h|7d|30d)$/.test(value)),
  ),
  must(
    'query-unknown-status-500',
    'query-unknown-value',
    'listRuns',
    'An unknown status is 500.',
    failingOn('listRuns', 'status', (value) => !/^(pass|fail|partial|error|pending|running)$/.test(value)),
  ),
  must(
    'query-odd-size-500',
    'query-unknown-value',
    'listRuns',
    'A page size that is no number is 500.',
    failingOn('listRuns', 'pageSize', (value) => !/^\d+$/.test(value)),
  ),
  must(
    'query-odd-page-500',
    'query-unknown-value',
    'listRuns',
    'A negative page is 500.',
    failingOn('listRuns', 'page', (value) => Number(value) < 0),
  ),
  must(
    'query-unknown-sort-500',
    'query-unknown-value',
    'listTopics',
    'An unknown order is 500.',
    failingOn('listTopics', 'sort', (value) => !/^(volume|frustration|trend)$/.test(value)),
  ),
  must(
    'query-odd-limit-500',
    'query-unknown-value',
    'listSessions',
    'A limit that is no number is 500.',
    failingOn('listSessions', 'limit', (value) => !/^\d+$/.test(value)),
  ),
  must(
    'query-unknown-overview-range-304',
    'query-unknown-value',
    'getInsightsOverview',
    'An unknown range is a redirect to the default.',
    () => ({
      answer: (call, run) => {
        const range = call.query.get('range');
        const answer = run(call);
        if (!isTo('getInsightsOverview', call) || range === null || /^(24h|7d|30d|90d)$/.test(range))
          return answer;
        return answer.status === 200
          ? { ...answer, status: 302, headers: { location: '?range=7d' }, body: {} }
          : answer;
      },
    }),
  ),
];

/** Defects of the query parameters of sources, workflows and insights, and of values that nobody knows. */
export const queryDefects: readonly Defect[] = [...categories, ...insights, ...unknownValues];
