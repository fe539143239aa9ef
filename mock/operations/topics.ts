import type { JsonObject, Topic } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterSize, parameterText, parameterWindow } from '../deployment/query.ts';
import { notFound } from '../deployment/refusal.ts';
import { listed } from './lagging.ts';
import { subject } from './lookup.ts';
import { searchRow } from './searches.ts';
import { sessionRow } from './sessions.ts';

/** Recurring topics, and the groups of unmet demand among them. */
export function listTopics(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect, now } = deployment;
  const oldest = now() - parameterWindow(call, '7d');
  const limit = parameterSize(call, 'limit', dialect.lists.limit, dialect);
  const topics = listed(call.tenant.topics, deployment)
    .filter(({ archived }) => !archived || dialect.topics.archivedListed)
    .filter(({ lastSeenAt }) => lastSeenAt >= oldest)
    .toSorted(orderOf(parameterText(call, 'sort')))
    .slice(0, limit);
  const unmet = topics.filter((topic) => topic.isUnmetDemand);
  const groups = unmet.map(({ id, label, volume }) => ({ topic_id: id, label, sessions: volume }));
  return { kind: 'list', items: topics.map(topicRow), beside: { unmet_demand_groups: groups } };
}

/** A topic with sample sessions and related failed searches. */
export function getTopic(call: EnteredCall, deployment: Deployment): Outcome {
  return { kind: 'record', record: topicRecord(visibleTopic(call, deployment), call, deployment) };
}

/** Renames a topic, flags it as unmet demand, archives it, and brings it back. */
export function updateTopic(call: EnteredCall, deployment: Deployment): Outcome {
  const topic = subject(call.tenant.topics, call, 'topicId');
  const { label, is_unmet_demand: isUnmetDemand, archived } = membersOf(call, deployment);
  const updated: Topic = {
    ...topic,
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof isUnmetDemand === 'boolean' ? { isUnmetDemand } : {}),
    ...(typeof archived === 'boolean' ? { archived } : {}),
  };
  call.tenant.topics.set(updated.id, updated);
  return {
    kind: 'record',
    record: topicRecord(updated, call, deployment),
    status: deployment.dialect.topics.updateStatus,
  };
}

/** A topic as a list shows it. */
export function topicRow(topic: Topic): JsonObject {
  return {
    id: topic.id,
    label: topic.label,
    is_unmet_demand: topic.isUnmetDemand,
    archived: topic.archived,
    volume: topic.volume,
    frustration: topic.frustration,
    trend: topic.trend,
    last_seen_at: timestamp(topic.lastSeenAt),
  };
}

function topicRecord(topic: Topic, { tenant }: EnteredCall, { dialect }: Deployment): JsonObject {
  const sessions = topic.sessionIds
    .map((id) => tenant.sessions.get(id))
    .filter((session) => session !== undefined);
  const searches = topic.searchIds
    .map((id) => tenant.searches.get(id))
    .filter((search) => search !== undefined);
  return {
    ...topicRow(topic),
    sample_sessions: sessions.map((session) => sessionRow(session, dialect)),
    related_searches: searches.map(searchRow),
  };
}

function visibleTopic(call: EnteredCall, { dialect }: Deployment): Topic {
  const topic = subject(call.tenant.topics, call, 'topicId');
  if (topic.archived && !dialect.topics.archivedReadable) throw notFound('topic');
  return topic;
}

function orderOf(sort: string | undefined): (a: Topic, b: Topic) => number {
  if (sort === 'frustration') return (a, b) => b.frustration - a.frustration;
  if (sort === 'trend') return (a, b) => b.trend - a.trend;
  return (a, b) => b.volume - a.volume;
}
