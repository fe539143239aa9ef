import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { asText, isObj, type Obj } from '../model.ts';
import { defect, records, renamed, succeeding, without } from './build.ts';
import { facts } from './facts.ts';

const session = (id: string, where: string, change: (row: Obj, x: Exchange, at: number) => unknown): Seeded =>
  defect(id, facts.sessions, `GET /insights/sessions: ${where}`, records('session', change));

const event = (id: string, where: string, change: (event: Obj, at: number) => unknown): Seeded =>
  defect(
    id,
    facts.sessionTrace,
    `GET /insights/sessions/{id}/trace: ${where}`,
    records('event', (record, _x, at) => change(record, at)),
  );

const metadata = (id: string, where: string, change: (inner: Obj) => unknown): Seeded =>
  event(id, where, (record) => ({
    ...record,
    metadata: isObj(record['metadata']) ? change(record['metadata']) : record['metadata'],
  }));

const body = (
  id: string,
  operation: string,
  fact: string,
  where: string,
  change: (body: unknown) => unknown,
): Seeded =>
  defect(
    id,
    fact,
    `${operation}: ${where}`,
    succeeding(operation, (reply) => ({ ...reply, body: change(reply.body) })),
  );

const overlooks = (operation: string, parameter: string, fact: string): Seeded =>
  defect(`${operation}-overlooks-${parameter}`, fact, `${operation}: ${parameter} is ignored`, {
    overlooks: (x, name) => asked(x) === operation && name === parameter,
  });

export const sessionDefects: readonly Seeded[] = [
  session('session-count-text', 'event_count a text', (row) => ({
    ...row,
    event_count: String(row['event_count']),
  })),
  session('session-count-negative', 'error_count -1 where there are none', (row) => ({
    ...row,
    error_count: row['error_count'] === 0 ? -1 : row['error_count'],
  })),
  session('session-count-fraction', 'ok_count with a fraction in the third row', (row, _x, at) => ({
    ...row,
    ok_count: at === 2 ? 1.5 : row['ok_count'],
  })),
  session('session-count-null', 'error_count null where there are none', (row) => ({
    ...row,
    error_count: row['error_count'] || null,
  })),
  session('session-count-missing', 'no ok_count in the last rows', (row, _x, at) =>
    at > 5 ? without(row, 'ok_count') : row,
  ),
  session('session-server-missing', 'no mcp_server_id where there is none', (row) =>
    row['mcp_server_id'] === null ? without(row, 'mcp_server_id') : row,
  ),
  session('session-intent-missing', 'no raw_intent where there is none', (row) =>
    row['raw_intent'] === null ? without(row, 'raw_intent') : row,
  ),
  session('session-intent-object', 'raw_intent an object', (row) => ({
    ...row,
    raw_intent: row['raw_intent'] === null ? null : { text: row['raw_intent'] },
  })),
  session('session-camel', 'sessionKey in place of session_key', (row) =>
    renamed(row, 'session_key', 'sessionKey'),
  ),
  session('session-camel-counts', 'eventCount for viewers', (row, x) =>
    x.key?.role === 'viewer' ? renamed(row, 'event_count', 'eventCount') : row,
  ),
  session('session-key-null', 'session_key null in one row', (row, _x, at) =>
    at === 4 ? { ...row, session_key: null } : row,
  ),
  session('session-id-empty', 'id empty in one row', (row, _x, at) => (at === 6 ? { ...row, id: '' } : row)),
  session('session-id-number', 'id a number', (row, _x, at) => ({ ...row, id: at })),
  session('session-actor-number', 'actor_id a number', (row, _x, at) => ({ ...row, actor_id: at })),
  session('session-client-object', 'client_name an object', (row) => ({
    ...row,
    client_name: { name: row['client_name'] },
  })),
  session('session-client-false', 'client_name false where there is none', (row) => ({
    ...row,
    client_name: row['client_name'] ?? false,
  })),
  session('session-server-number', 'mcp_server_id a number in the second row', (row, _x, at) =>
    at === 1 ? { ...row, mcp_server_id: 3 } : row,
  ),
  session('session-row-null', 'a null among the sessions', (row, _x, at) => (at === 3 ? null : row)),
  body('sessions-rows', 'listSessions', facts.sessions, 'rows in place of sessions', (found) => ({
    rows: isObj(found) ? found['sessions'] : [],
  })),
  body('sessions-bare', 'listSessions', facts.sessions, 'a bare array', (found) =>
    isObj(found) ? found['sessions'] : [],
  ),
  defect(
    'sessions-null-if-none',
    facts.sessions,
    'GET /insights/sessions: sessions null where the intent finds nothing',
    succeeding('listSessions', (reply) =>
      JSON.stringify(reply.body).includes('"sessions":[]') ? { ...reply, body: { sessions: null } } : reply,
    ),
  ),
  body('events-null', 'readSessionTrace', facts.sessionTrace, 'events null', () => ({ events: null })),
  body('events-bare', 'readSessionTrace', facts.sessionTrace, 'a bare array', (found) =>
    isObj(found) ? found['events'] : [],
  ),
  body('events-nested', 'readSessionTrace', facts.sessionTrace, 'events within trace', (found) => ({
    trace: found,
  })),
  defect(
    'events-null-if-none',
    facts.sessionTrace,
    'GET /insights/sessions/{id}/trace: no events member where there are none',
    succeeding('readSessionTrace', (reply) =>
      JSON.stringify(reply.body).includes('"events":[]') ? { ...reply, body: {} } : reply,
    ),
  ),
  event('event-no-metadata', 'no metadata where it is empty', (record) =>
    JSON.stringify(record['metadata']) === '{}' ? without(record, 'metadata') : record,
  ),
  event('event-metadata-text', 'metadata as JSON text', (record) => ({
    ...record,
    metadata: JSON.stringify(record['metadata']),
  })),
  event('event-metadata-list', 'metadata a list', (record) => ({
    ...record,
    metadata: [record['metadata']],
  })),
  event('event-metadata-null', 'metadata null in the last event', (record, at) =>
    at > 1 ? { ...record, metadata: null } : record,
  ),
  event('event-text', 'events as texts', (record) => JSON.stringify(record)),
  metadata('event-tool-object', 'tool_name an object', (inner) =>
    'tool_name' in inner ? { ...inner, tool_name: { name: inner['tool_name'] } } : inner,
  ),
  metadata('event-run-number', 'workflow_run_id a number', (inner) =>
    'workflow_run_id' in inner ? { ...inner, workflow_run_id: 991 } : inner,
  ),
  overlooks('listSessions', 'intent', facts.sessionQuery),
  overlooks('listSessions', 'limit', facts.atMost),
  overlooks('listTopics', 'limit', facts.atMost),
  overlooks('listSearches', 'limit', facts.atMost),
  defect('limit-one-too-many', facts.atMost, 'topics and searches: limit + 1 items'),
  defect(
    'intent-by-part',
    facts.sessionQuery,
    'GET /insights/sessions?intent=: sessions whose intent contains the text',
    {
      overlooks: (x, name) => asked(x) === 'listSessions' && name === 'intent',
      list: (x, kind, items) => {
        const wanted = x.query.get('intent')?.toLowerCase();
        if (kind !== 'session' || wanted === undefined) return items;
        return items.filter(
          (item) =>
            isObj(item) &&
            asText(item['raw_intent'] ?? '')
              .toLowerCase()
              .includes(wanted),
        );
      },
    },
  ),
  defect(
    'intent-with-nulls',
    facts.sessionQuery,
    'GET /insights/sessions?intent=: the sessions without an intent come too',
    {
      overlooks: (x, name) => asked(x) === 'listSessions' && name === 'intent',
      list: (x, kind, items) => {
        const wanted = x.query.get('intent');
        if (kind !== 'session' || wanted === null) return items;
        return items.filter(
          (item) => isObj(item) && (item['raw_intent'] === null || item['raw_intent'] === wanted),
        );
      },
    },
  ),
  defect(
    'intent-special-characters',
    facts.sessionQuery,
    'GET /insights/sessions?intent=: an intent with + % & or non-ASCII finds nothing',
    {
      list: (x, kind, items) =>
        kind === 'session' && /[^ -~]|[+%&"]/.test(x.query.get('intent') ?? '') ? [] : items,
    },
  ),
  defect(
    'intent-one-session',
    facts.sessionQuery,
    'GET /insights/sessions?intent=: one session more with another intent',
    {
      overlooks: (x, name) => asked(x) === 'listSessions' && name === 'intent',
      list: (x, kind, items) => {
        const wanted = x.query.get('intent');
        if (kind !== 'session' || wanted === null) return items;
        const fits = (item: unknown): boolean => isObj(item) && item['raw_intent'] === wanted;
        return [...items.filter(fits), ...items.filter((item) => !fits(item)).slice(0, 1)];
      },
    },
  ),
];
