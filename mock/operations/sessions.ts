import type { JsonObject, Session, SessionEvent } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterSize, parameterText, parameterWindow } from '../deployment/query.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { listed } from './lagging.ts';
import { subject } from './lookup.ts';

/** Agent sessions, newest first. */
export function listSessions(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect, now } = deployment;
  const oldest = now() - parameterWindow(call, dialect.sessions.defaultRange);
  const limit = parameterSize(call, 'limit', dialect.lists.limit, dialect);
  const recent = listed(call.tenant.sessions, deployment)
    .filter(({ id }) => !call.tenant.unlisted.has(id))
    .filter((session) => session.startedAt >= oldest)
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const items = withIntent(recent, parameterText(call, 'intent'), dialect)
    .slice(0, Math.min(limit, dialect.sessions.cap))
    .map((session) => sessionRow(session, dialect));
  return { kind: 'list', items, beside: { total: items.length } };
}

/** Sessions with the intent that is asked for come first; whether others come too is open. */
function withIntent(
  recent: readonly Session[],
  intent: string | undefined,
  { sessions }: Dialect,
): readonly Session[] {
  if (intent === undefined) return recent;
  const asked = recent.filter((session) => session.intent === intent);
  const others = recent.filter((session) => session.intent !== intent);
  switch (sessions.intent) {
    case 'exact':
      return asked;
    case 'also-similar':
      return [...asked, ...others.filter((session) => isSimilar(session.intent, intent))];
    case 'all-exact-first':
      return [...asked, ...others];
  }
}

function isSimilar(intent: string | null, asked: string): boolean {
  const [first] = asked.split(' ');
  return intent !== null && first !== undefined && first !== '' && intent.startsWith(first);
}

/** The events of a session, and which session it is. */
export function getSessionTrace(call: EnteredCall, { dialect }: Deployment): Outcome {
  const session = subject(call.tenant.sessions, call, 'sessionId');
  const events = session.events.map((event) => ({
    type: event.tool === null ? 'message' : 'tool_call',
    occurred_at: timestamp(event.at),
    ok: !event.failed,
    metadata: metadataOf(event, dialect),
  }));
  return { kind: 'record', record: { ...namedSession(session, dialect), events } };
}

function namedSession(session: Session, dialect: Dialect): JsonObject {
  switch (dialect.sessions.traceSession) {
    case 'row':
      return { session: sessionRow(session, dialect) };
    case 'key':
      return { session: { session_key: session.key } };
    case 'absent':
      return {};
  }
}

function metadataOf({ tool, runId }: SessionEvent, { sessions }: Dialect): JsonObject {
  return {
    ...(tool === null ? {} : { tool_name: tool }),
    ...(runId === null ? {} : { workflow_run_id: runId }),
    ...(sessions.metadata === 'more' ? { latency_ms: 12, tags: [] } : {}),
  };
}

/** A session as a list shows it. */
export function sessionRow(session: Session, dialect: Dialect): JsonObject {
  const errors = session.events.filter(({ failed }) => failed).length;
  return {
    id: session.id,
    session_key: session.key,
    raw_intent: session.intent,
    mcp_server_id: session.sourceId,
    ...known('actor_id', session.actorId, dialect),
    ...known('client_name', session.client, dialect),
    started_at: timestamp(session.startedAt),
    event_count: session.events.length,
    ok_count: session.events.length - errors,
    error_count: errors,
  };
}

/** A member of which the value may not be known. */
function known(name: string, value: string | null, { sessions }: Dialect): JsonObject {
  if (value !== null || sessions.unknown === 'null') return { [name]: value };
  return sessions.unknown === 'absent' ? {} : { [name]: 'unknown' };
}
