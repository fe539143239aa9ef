import type { JsonObject, Session } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterNumber, parameterText, parameterWindow } from '../deployment/query.ts';
import { subject } from './lookup.ts';

/** Agent sessions, newest first. */
export function listSessions(call: EnteredCall, { dialect, now }: Deployment): Outcome {
  const oldest = now() - parameterWindow(call, dialect.lists.defaultSessionRange);
  const limit = parameterNumber(call, 'limit', 1) ?? 50;
  const intent = parameterText(call, 'intent');
  const items = [...call.tenant.sessions.values()]
    .filter((session) => session.startedAt >= oldest)
    .filter((session) => intent === undefined || session.intent === intent)
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, limit)
    .map(sessionRow);
  return { kind: 'list', items, beside: { total: items.length } };
}

/** The events of a session. */
export function getSessionTrace(call: EnteredCall): Outcome {
  const { events } = subject(call.tenant.sessions, call, 'sessionId');
  return {
    kind: 'record',
    record: {
      events: events.map(({ at, tool, runId, failed }) => ({
        type: tool === null ? 'message' : 'tool_call',
        occurred_at: timestamp(at),
        ok: !failed,
        metadata: {
          ...(tool === null ? {} : { tool_name: tool }),
          ...(runId === null ? {} : { workflow_run_id: runId }),
        },
      })),
    },
  };
}

/** A session as a list shows it. */
export function sessionRow(session: Session): JsonObject {
  const errors = session.events.filter(({ failed }) => failed).length;
  return {
    id: session.id,
    session_key: session.key,
    raw_intent: session.intent,
    mcp_server_id: session.sourceId,
    actor_id: session.actorId,
    client_name: session.client,
    started_at: timestamp(session.startedAt),
    event_count: session.events.length,
    ok_count: session.events.length - errors,
    error_count: errors,
  };
}
