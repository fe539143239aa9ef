import { days, timestamp } from '../data/time.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterWindow } from '../deployment/query.ts';
import { searchRow } from './searches.ts';
import { topicRow } from './topics.ts';

/** How many topics and searches an overview shows. */
const topCount = 5;

/** KPIs, trend lines, top topics and top failed-search clusters. */
export function getInsightsOverview(call: EnteredCall, { now }: Deployment): Outcome {
  const { sessions, topics, searches } = call.tenant;
  const window = parameterWindow(call, '7d');
  const recent = [...sessions.values()].filter(({ startedAt }) => startedAt >= now() - window);
  const events = recent.flatMap((session) => session.events);
  const top = [...topics.values()]
    .filter(({ archived }) => !archived)
    .toSorted((a, b) => b.volume - a.volume);
  const failed = [...searches.values()].toSorted((a, b) => b.count - a.count);
  return {
    kind: 'record',
    record: {
      kpis: {
        sessions: recent.length,
        events: events.length,
        error_rate: events.length === 0 ? 0 : events.filter((event) => event.failed).length / events.length,
      },
      trend_lines: trendLines(
        recent.map(({ startedAt }) => startedAt),
        now(),
        window,
      ),
      top_topics: top.slice(0, topCount).map(topicRow),
      top_searches: failed.slice(0, topCount).map(searchRow),
    },
  };
}

function trendLines(starts: readonly number[], now: number, window: number): readonly object[] {
  const step = Math.max(days, window / 30);
  return Array.from({ length: Math.ceil(window / step) }, (_, index) => {
    const to = now - index * step;
    const count = starts.filter((start) => start > to - step && start <= to).length;
    return { at: timestamp(to), sessions: count };
  });
}
