import { itemsOf, optional } from './envelope.ts';
import type { Exchange, Reply } from './exchange.ts';
import { locate, sees } from './lookup.ts';
import type { Obj, Session } from './model.ts';
import { atMost, parameter, rangeStart } from './query.ts';

function row(x: Exchange, session: Session): Obj {
  return {
    id: session.id,
    session_key: session.sessionKey,
    raw_intent: session.intent,
    mcp_server_id: session.sourceId,
    ...optional(x, 'actor_id', session.actorId),
    ...optional(x, 'client_name', session.clientName),
    event_count: session.events.length,
    ok_count: session.ok,
    error_count: session.failed,
    ...(x.site.dialect.extras
      ? { started_at: new Date(session.startedAt).toISOString(), intent: { id: 'i', score: 0.5 } }
      : {}),
  };
}

/** `GET /insights/sessions` */
export function listSessions(x: Exchange): Reply {
  const since = rangeStart(x, ['24h', '7d', '30d', '90d'], x.site.dialect.sessionsRange);
  const intent = parameter(x, 'intent');
  const found = [...x.site.world.sessions.values()].filter(
    (session) =>
      sees(x, session.orgId) &&
      session.startedAt >= since &&
      (intent === undefined || session.intent === intent),
  );
  if (x.site.dialect.ascending) found.reverse();
  const sessions = itemsOf(
    x,
    'session',
    found.slice(0, atMost(x, 'limit', 100)).map((session) => row(x, session)),
  );
  return {
    status: 200,
    body: { ...(x.site.dialect.extras ? { total: found.length, next: null } : {}), sessions },
  };
}

/** `GET /insights/sessions/{id}/trace` */
export function readSessionTrace(x: Exchange): Reply {
  const session = locate(x, x.site.world.sessions);
  const events = session.events.map((event, at) => ({
    ...(x.site.dialect.extras ? { id: `ev-${at}`, kind: event.tool === undefined ? 'message' : 'tool' } : {}),
    metadata: {
      ...(event.tool === undefined ? {} : { tool_name: event.tool }),
      ...(event.runId === undefined ? {} : { workflow_run_id: event.runId }),
    },
  }));
  const more = x.site.dialect.extras ? { session: { id: session.id }, next: null } : {};
  return { status: 200, body: { ...more, events: itemsOf(x, 'event', events) } };
}
