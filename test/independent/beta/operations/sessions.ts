import type { Call, Reply } from '../call.ts';
import { filters, has, reply } from '../call.ts';
import { invalid, notFound } from '../checks/refusals.ts';
import type { JsonObject } from '../json.ts';
import type { Session } from '../model.ts';
import { adorned } from '../views/envelope.ts';
import { locate, visible } from './locate.ts';
import { amount, badParameter, beginOf, choice } from './parameters.ts';

function sessionRow(call: Call, session: Session): JsonObject {
  const optional: JsonObject = {};
  if (session.actorId !== null || call.settings.empties === 'null') optional['actor_id'] = session.actorId;
  if (session.client !== null || call.settings.empties === 'null') optional['client_name'] = session.client;
  return adorned(call.settings, {
    id: session.id,
    session_key: session.key,
    raw_intent: session.intent,
    mcp_server_id: session.sourceId,
    ...optional,
    event_count: session.ok + session.errors,
    ok_count: session.ok,
    error_count: session.errors,
  });
}

/** `GET /insights/sessions` */
export function listSessions(call: Call): Reply {
  const range = choice(call, 'range', ['24h', '7d', '30d', '90d'], '24h');
  if (range === undefined) return invalid(call, badParameter('range'));
  const limit = amount(call, 'limit', 50, 100);
  if (limit === undefined) return invalid(call, badParameter('limit'));
  const intent = call.query.get('intent');
  const begin = beginOf(call, range);
  let found = visible(call, 'sessions').filter(({ at }) => at >= begin);
  if (intent !== null && filters(call, 'intent')) {
    found = found.filter((session) => {
      if (has(call, 'intent-any-case')) return session.intent?.toLowerCase() === intent.toLowerCase();
      if (has(call, 'intent-substring')) return session.intent?.includes(intent) === true;
      return session.intent === intent;
    });
  }
  return reply(200, { sessions: found.slice(0, limit).map((session) => sessionRow(call, session)) });
}

/** Whether the session of a call's id is there. */
export function hasSession(call: Call): boolean {
  return locate(call, 'sessions') !== undefined;
}

/** `GET /insights/sessions/{id}/trace` */
export function getSessionTrace(call: Call): Reply {
  const session = locate(call, 'sessions')?.item;
  if (!session) return notFound(call);
  const events = Array.from({ length: session.ok + session.errors }, (_, index) => {
    const metadata: JsonObject = {};
    if (index % 3 !== 2) metadata['tool_name'] = index % 2 === 0 ? 'search_orders' : 'kunde_öffnen';
    if (session.runId !== null && index % 2 === 0) metadata['workflow_run_id'] = session.runId;
    return adorned(call.settings, { type: index % 3 === 2 ? 'message' : 'tool_call', metadata });
  });
  return reply(200, { events });
}
