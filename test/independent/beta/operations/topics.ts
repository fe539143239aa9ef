import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import { invalid, notFound } from '../checks/refusals.ts';
import type { JsonObject } from '../json.ts';
import type { Topic } from '../model.ts';
import { adorned, listed, stamp, wrapped } from '../views/envelope.ts';
import { locate, visible } from './locate.ts';
import { amount, badParameter, beginOf, choice } from './parameters.ts';

const ranges = ['24h', '7d', '30d', '90d'];

/** A topic as it is shown. */
export function topicRow(call: Call, topic: Topic): JsonObject {
  return adorned(call.settings, {
    id: topic.id,
    label: topic.label,
    is_unmet_demand: topic.unmet,
    archived: topic.archived,
    volume: topic.volume,
    frustration: topic.frustration,
    trend: topic.trend,
    last_seen_at: stamp(call.settings, topic.lastSeen),
  });
}

/** `GET /insights/topics` */
export function listTopics(call: Call): Reply {
  const range = choice(call, 'range', ranges, '7d');
  if (range === undefined) return invalid(call, badParameter('range'));
  const sort = choice(call, 'sort', ['volume', 'frustration', 'trend'], 'volume');
  if (sort === undefined) return invalid(call, badParameter('sort'));
  const limit = amount(call, 'limit', 50, 100);
  if (limit === undefined) return invalid(call, badParameter('limit'));
  const rank = sort === 'trend' || sort === 'frustration' ? sort : 'volume';
  const begin = beginOf(call, range);
  const found = visible(call, 'topics')
    .filter(({ archived, lastSeen }) => lastSeen >= begin && (!archived || call.settings.archivedTopicListed))
    .toSorted((a, b) => b[rank] - a[rank])
    .slice(0, limit);
  const rows = found.map((topic) => topicRow(call, topic));
  if (call.settings.lists.topics !== 'split') return reply(200, listed(call, 'topics', rows));
  const unmet = rows.filter((row) => row['is_unmet_demand'] === true);
  return reply(200, { topics: rows.filter((row) => !unmet.includes(row)), unmet_demand_groups: unmet });
}

/** Whether the topic of a call's id is there for this operation. */
export function hasTopic(call: Call): boolean {
  const topic = locate(call, 'topics')?.item;
  if (!topic) return false;
  return !topic.archived || call.settings.archivedReadable || call.operation.write;
}

/** `GET /insights/topics/{id}` */
export function getTopic(call: Call): Reply {
  const found = locate(call, 'topics');
  if (!found) return notFound(call);
  const { org, item } = found;
  const sessions = org.sessions.slice(0, 3).map(({ id, intent }) => ({ id, raw_intent: intent }));
  const searches = org.searches.slice(0, 2).map(({ id, query }) => ({ id, query }));
  return reply(
    200,
    wrapped(call, 'topic', topicRow(call, item), {
      sample_sessions: sessions,
      related_failed_searches: searches,
    }),
  );
}

/** `PATCH /insights/topics/{id}` */
export function updateTopic(call: Call): Reply {
  const topic = locate(call, 'topics')?.item;
  if (!topic) return notFound(call);
  const { label, is_unmet_demand: unmet, archived } = call.body;
  if (typeof label === 'string') topic.label = label;
  if (typeof unmet === 'boolean') topic.unmet = unmet;
  if (typeof archived === 'boolean') topic.archived = archived;
  if (call.settings.topicUpdateBody === 'ok') return reply(200, { ok: true });
  return reply(200, wrapped(call, 'topic', topicRow(call, topic)));
}
