import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import { invalid, notFound } from '../checks/refusals.ts';
import type { JsonObject } from '../json.ts';
import type { Search } from '../model.ts';
import { adorned, listed, stamp, trimmed, wrapped } from '../views/envelope.ts';
import { locate, visible } from './locate.ts';
import { amount, badParameter, beginOf, choice } from './parameters.ts';

/** A failed-search cluster as it is shown. */
export function searchRow(call: Call, search: Search): JsonObject {
  const row = {
    id: search.id,
    query: search.query,
    count: search.count,
    last_seen_at: stamp(call.settings, search.lastSeen),
    suggested_api_gap: search.suggestion,
  };
  return adorned(call.settings, trimmed(call.settings, row));
}

/** `GET /insights/searches` */
export function listSearches(call: Call): Reply {
  const range = choice(call, 'range', ['24h', '7d', '30d', '90d'], '7d');
  if (range === undefined) return invalid(call, badParameter('range'));
  const limit = amount(call, 'limit', 50, 100);
  if (limit === undefined) return invalid(call, badParameter('limit'));
  const begin = beginOf(call, range);
  const found = visible(call, 'searches').filter(({ lastSeen }) => lastSeen >= begin);
  const kept = found.slice(0, limit);
  if (call.settings.lists.searches !== 'split') {
    const rows = kept.map((search) => searchRow(call, search));
    return reply(200, listed(call, 'searches', rows));
  }
  const rows = kept.slice(0, Math.ceil(limit / 2));
  const gaps = found
    .filter(({ suggestion }) => suggestion !== null)
    .slice(0, limit - rows.length)
    .map(({ suggestion, count }) => ({ endpoint: suggestion, evidence: count }));
  return reply(200, {
    failed_searches: rows.map((search) => searchRow(call, search)),
    suggested_api_gaps: gaps,
  });
}

/** Whether the cluster of a call's id is there. */
export function hasSearch(call: Call): boolean {
  return locate(call, 'searches') !== undefined;
}

/** `GET /insights/searches/{id}` */
export function getSearch(call: Call): Reply {
  const found = locate(call, 'searches');
  return found ? reply(200, wrapped(call, 'search', searchRow(call, found.item))) : notFound(call);
}
