import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { type Obj } from '../model.ts';
import { answering, defect, failure, records, succeeding } from './build.ts';
import { facts } from './facts.ts';

const body = (
  id: string,
  operation: string,
  fact: string,
  where: string,
  change: (body: unknown) => unknown,
): Seeded =>
  defect(
    id,
    fact,
    `${operation}: ${where}`,
    succeeding(operation, (reply) => ({ ...reply, body: change(reply.body) })),
  );

const enabled = (operation: string): Seeded =>
  defect(
    `feature-open-${operation}`,
    facts.featureRow,
    `${operation} for the organization without insights`,
    {
      feature: (x, found) => found || asked(x) === operation,
    },
  );

const disabled = (
  id: string,
  where: string,
  status: number,
  code: string,
  fits: (x: Exchange) => boolean,
): Seeded =>
  defect(
    id,
    facts.feature,
    where,
    answering(403, (reply, x) =>
      JSON.stringify(reply.body).includes('feature_disabled') && fits(x)
        ? failure(status, code, 'Not available.')
        : reply,
    ),
  );

function emptyBody(operation: string): Obj {
  return operation === 'listSessions' ? { sessions: [] } : { rows: [] };
}

function other(
  x: Exchange,
  things: ReadonlyMap<string, { readonly id: string; readonly orgId: string }>,
): string | undefined {
  return [...things.values()].find((each) => each.orgId === x.key?.org.id && each.id !== x.id)?.id;
}

export const insightDefects: readonly Seeded[] = [
  defect('overview-default-range', facts.overviewQuery, 'GET /insights/overview: the default range is 90d'),
  defect('topics-default-range', facts.topicQuery, 'GET /insights/topics: the default range is 90d'),
  body('overview-empty', 'overview', facts.overview, 'an empty object', () => ({})),
  body('overview-text', 'overview', facts.overview, 'a text', () => 'no data yet'),
  body('overview-null', 'overview', facts.overview, 'null', () => null),
  body('topics-null', 'listTopics', facts.topics, 'null', () => null),
  body('topics-count', 'listTopics', facts.topics, 'a number of topics only', () => ({ count: 7 })),
  body('searches-null', 'listSearches', facts.searches, 'null', () => null),
  body('searches-no-list', 'listSearches', facts.searches, 'an empty object', () => ({})),
  body('search-empty', 'readSearch', facts.search, 'an empty object', () => ({})),
  body('search-list', 'readSearch', facts.search, 'an empty list', () => []),
  body('topic-empty', 'readTopic', facts.topic, 'an empty object', () => ({})),
  defect(
    'topic-of-another',
    facts.topic,
    'GET /insights/topics/{id}: another topic',
    records('topic', (record, x) =>
      asked(x) === 'readTopic' ? { ...record, id: other(x, x.site.world.topics) } : record,
    ),
  ),
  defect(
    'search-of-another',
    facts.search,
    'GET /insights/searches/{id}: another cluster',
    records('search', (record, x) => ({ ...record, id: other(x, x.site.world.searches) })),
  ),
  defect(
    'listed-topic-unreadable',
    facts.topic,
    'GET /insights/topics/{id}: 404 for unmet demand',
    succeeding('readTopic', (reply, x) =>
      x.site.world.topics.get(x.id)?.unmet ? failure(404, 'not_found', 'No such topic.') : reply,
    ),
  ),
  defect(
    'listed-search-unreadable',
    facts.search,
    'GET /insights/searches/{id}: 404 for a listed cluster',
    succeeding('readSearch', () => failure(404, 'not_found', 'No such cluster.')),
  ),
  defect(
    'session-trace-unreadable',
    facts.sessionTrace,
    'GET /insights/sessions/{id}/trace: 404 for a session with errors',
    succeeding('readSessionTrace', (reply, x) =>
      (x.site.world.sessions.get(x.id)?.failed ?? 0) > 1 ? failure(404, 'not_found', 'No trace.') : reply,
    ),
  ),
  defect('topic-not-stored', facts.topicUpdate, 'PATCH of a topic is answered, not stored'),
  defect('topic-label-reset', facts.topicUpdate, 'a flag without a label takes the name away'),
  defect('topic-label-combined', facts.topicUpdate, 'a label beside a flag is lost'),
  defect(
    'topic-update-202',
    facts.statuses,
    'PATCH of a topic: 202',
    succeeding('updateTopic', (reply) => ({ ...reply, status: 202 })),
  ),
  defect(
    'topic-update-204',
    facts.statuses,
    'PATCH of a topic: 204',
    succeeding('updateTopic', () => ({ status: 204 })),
  ),
  ...['overview', 'listTopics', 'listSearches', 'listSessions'].map(enabled),
  disabled('feature-code-forbidden', 'code forbidden', 403, 'forbidden', () => true),
  disabled(
    'feature-code-role',
    'GET /insights/topics: code forbidden_role',
    403,
    'forbidden_role',
    (x) => asked(x) === 'listTopics',
  ),
  disabled('feature-404', 'GET /insights/overview: 404', 404, 'not_found', (x) => asked(x) === 'overview'),
  disabled(
    'feature-402',
    'GET /insights/searches: 402',
    402,
    'feature_disabled',
    (x) => asked(x) === 'listSearches',
  ),
  disabled(
    'feature-401',
    'GET /insights/sessions: 401',
    401,
    'unauthenticated',
    (x) => asked(x) === 'listSessions',
  ),
  defect(
    'feature-empty-list',
    facts.feature,
    'GET /insights/sessions and searches: 200 and nothing',
    answering(403, (reply, x) =>
      /^list(Sessions|Searches)$/.test(asked(x)) ? { status: 200, body: emptyBody(asked(x)) } : reply,
    ),
  ),
  defect(
    'feature-refused-with-range',
    facts.featureRow,
    'GET /insights/overview?range= is served for the organization without insights',
    { feature: (x, found) => found || x.query.has('range') },
  ),
  defect('feature-refused-for-viewer', facts.featureRow, 'viewer on GET /insights/topics: feature_disabled', {
    feature: (x, found) => found && !(x.key?.role === 'viewer' && asked(x) === 'listTopics'),
  }),
];
