import type { FailedSearch, JsonObject } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterSize, parameterWindow } from '../deployment/query.ts';
import { listed } from './lagging.ts';
import { subject } from './lookup.ts';

/** Clusters of failed searches, and the gaps of the API that they suggest. */
export function listSearches(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect, now } = deployment;
  const oldest = now() - parameterWindow(call, '7d');
  const limit = parameterSize(call, 'limit', dialect.lists.limit, dialect);
  const searches = listed(call.tenant.searches, deployment)
    .filter((search) => search.lastSeenAt >= oldest)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, limit);
  const gaps = searches.map(({ id, suggestedGap }) => ({ search_id: id, suggestion: suggestedGap }));
  return { kind: 'list', items: searches.map(searchRow), beside: { suggested_gaps: gaps } };
}

/** One cluster of failed searches. */
export function getSearch(call: EnteredCall): Outcome {
  const search = subject(call.tenant.searches, call, 'searchId');
  return { kind: 'record', record: { ...searchRow(search), variants: search.variants } };
}

/** A cluster of failed searches as a list shows it. */
export function searchRow(search: FailedSearch): JsonObject {
  return {
    id: search.id,
    query: search.query,
    count: search.count,
    suggested_gap: search.suggestedGap,
    last_seen_at: timestamp(search.lastSeenAt),
  };
}
