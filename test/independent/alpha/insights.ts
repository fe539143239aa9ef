import { asText } from './model.ts';
import { itemsOf, listBody, optional, recordBody } from './envelope.ts';
import { flawed, type Exchange, type Reply } from './exchange.ts';
import { locate, sees } from './lookup.ts';
import type { FailedSearch, Obj, Topic } from './model.ts';
import { atMost, choice, parameter, rangeStart } from './query.ts';

const ranges = ['24h', '7d', '30d', '90d'];

function topicRecord(x: Exchange, topic: Topic): Obj {
  const more = x.site.dialect.extras ? { source: { id: 'mixed' }, history: [1, 2, 3] } : {};
  return {
    ...more,
    id: topic.id,
    [x.site.dialect.topicText]: topic.label,
    is_unmet_demand: topic.unmet,
    archived: topic.archived,
    volume: topic.volume,
    frustration: topic.frustration,
    trend: topic.trend,
  };
}

function searchRecord(x: Exchange, search: FailedSearch): Obj {
  return {
    id: search.id,
    query: search.query,
    count: search.count,
    ...optional(x, 'suggested_api_gap', search.gap),
  };
}

function topicsSince(x: Exchange, since: number): Topic[] {
  return [...x.site.world.topics.values()].filter(
    (topic) =>
      sees(x, topic.orgId) &&
      topic.seenAt >= since &&
      (!topic.archived || x.site.dialect.archivedTopicsListed),
  );
}

function searchesSince(x: Exchange, since: number): FailedSearch[] {
  return [...x.site.world.searches.values()].filter(
    (search) => sees(x, search.orgId) && search.seenAt >= since,
  );
}

/** `GET /insights/overview` */
export function overview(x: Exchange): Reply {
  const since = rangeStart(x, ranges, flawed(x, 'overview-default-range') ? '90d' : '7d');
  const topics = topicsSince(x, since);
  const searches = searchesSince(x, since);
  const record: Obj = {
    kpis: {
      sessions: [...x.site.world.sessions.values()].filter(
        (each) => sees(x, each.orgId) && each.startedAt >= since,
      ).length,
      topics: topics.length,
      failedSearches: searches.reduce((sum, each) => sum + each.count, 0),
    },
    trends: [{ metric: 'sessions', points: [3, 5, 2, 8] }],
    topTopics: topics.slice(0, 3).map((topic) => topicRecord(x, topic)),
    topFailedSearches: searches.slice(0, 3).map((search) => searchRecord(x, search)),
  };
  return { status: 200, body: recordBody(x, 'overview', record) };
}

/** `GET /insights/topics` */
export function listTopics(x: Exchange): Reply {
  const topics = topicsSince(x, rangeStart(x, ranges, flawed(x, 'topics-default-range') ? '90d' : '7d'));
  const sort = choice(x, 'sort', ['volume', 'frustration', 'trend'], 'volume');
  const measure = (topic: Topic): number =>
    sort === 'volume' ? topic.volume : sort === 'trend' ? topic.trend : topic.frustration;
  topics.sort((one, two) => measure(two) - measure(one));
  const limited = cut(x, topics);
  if (!x.site.dialect.splitInsights) {
    return {
      status: 200,
      body: listBody(
        x,
        'topics',
        limited.map((topic) => topicRecord(x, topic)),
      ),
    };
  }
  const met = limited.filter((topic) => !topic.unmet).map((topic) => topicRecord(x, topic));
  const unmet = limited.filter((topic) => topic.unmet).map((topic) => topicRecord(x, topic));
  return {
    status: 200,
    body: { topics: itemsOf(x, 'topics', met), unmetDemand: itemsOf(x, 'topics', unmet) },
  };
}

function cut<T>(x: Exchange, items: readonly T[]): readonly T[] {
  const extra = flawed(x, 'limit-one-too-many') && parameter(x, 'limit') !== undefined ? 1 : 0;
  return items.slice(0, atMost(x, 'limit', 50) + extra);
}

/** `GET /insights/topics/{id}` */
export function readTopic(x: Exchange): Reply {
  const topic = locate(x, x.site.world.topics);
  const sessions = [...x.site.world.sessions.values()]
    .filter((each) => each.orgId === topic.orgId)
    .slice(0, 2);
  const searches = [...x.site.world.searches.values()].filter((each) => each.topicId === topic.id);
  const record: Obj = {
    ...topicRecord(x, topic),
    sampleSessions: sessions.map((each) => ({ id: each.id, raw_intent: each.intent })),
    relatedFailedSearches: searches.map((each) => searchRecord(x, each)),
  };
  return { status: 200, body: recordBody(x, 'topic', record) };
}

/** `PATCH /insights/topics/{id}` */
export function updateTopic(x: Exchange): Reply {
  const stored = locate(x, x.site.world.topics);
  const topic = flawed(x, 'topic-not-stored') ? { ...stored } : stored;
  const { label, is_unmet_demand: unmet, archived } = x.body;
  const before = topic.label;
  if (typeof label === 'string' && label !== '') topic.label = label;
  if (typeof unmet === 'boolean') topic.unmet = unmet;
  if (typeof archived === 'boolean') topic.archived = archived;
  if (flawed(x, 'invalid-topic-done')) {
    topic.label = asText(label ?? topic.label);
    topic.unmet = Boolean(unmet ?? topic.unmet);
    topic.archived = Boolean(archived ?? topic.archived);
  }
  if (flawed(x, 'topic-label-reset') && label === undefined) topic.label = 'Untitled';
  if (flawed(x, 'topic-label-combined') && unmet !== undefined) topic.label = before;
  return { status: 200, body: recordBody(x, 'topic', topicRecord(x, topic)) };
}

/** `GET /insights/searches` */
export function listSearches(x: Exchange): Reply {
  const searches = searchesSince(x, rangeStart(x, ranges, '7d'));
  const limited = cut(x, searches);
  const records = limited.map((search) => searchRecord(x, search));
  if (!x.site.dialect.splitInsights) return { status: 200, body: listBody(x, 'searches', records) };
  const room = Math.max(0, atMost(x, 'limit', 50) - limited.length);
  const gaps = limited.flatMap((each) =>
    each.gap === null ? [] : [{ endpoint: each.gap, searchId: each.id }],
  );
  return {
    status: 200,
    body: { failedSearches: itemsOf(x, 'searches', records), suggestedApiGaps: gaps.slice(0, room) },
  };
}

/** `GET /insights/searches/{id}` */
export function readSearch(x: Exchange): Reply {
  const search = locate(x, x.site.world.searches);
  return {
    status: 200,
    body: recordBody(x, 'search', {
      ...searchRecord(x, search),
      samples: [search.query, `${search.query}?`],
    }),
  };
}
