import { reply, type Call, type OperationName, type Reply } from '../call.ts';
import { asText, isObject, listIn, recordIn, rowsIn, type Json, type JsonObject } from '../json.ts';
import { facts } from './facts.ts';
import { on, plant, rename } from './hooks.ts';
import type { Seed } from './seed.ts';

function session(
  id: string,
  where: string,
  change: (row: JsonObject, index: number) => void,
  when: (call: Call) => boolean = () => true,
): Seed {
  return plant(id, facts.sessions, where, {
    reply: (call, made) => {
      if (on(call, 'sessions.list') && made.status === 200 && when(call)) rowsIn(made.body).forEach(change);
    },
  });
}

function body(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  change: (body: Json, call: Call) => Json | void,
): Seed {
  return plant(id, fact, where, {
    reply: (call, made): Reply | undefined => {
      if (!on(call, name) || made.status !== 200 || made.body === undefined) return undefined;
      const changed = change(made.body, call);
      return changed === undefined ? undefined : reply(200, changed);
    },
  });
}

/** Defects of insights as they are shown. */
export const insightBodySeeds: readonly Seed[] = [
  session('session-count-text', '`event_count` a text', (row) => {
    row['event_count'] = asText(row['event_count']);
  }),
  session('session-count-negative', '`ok_count` -1 where there is none', (row) => {
    if (row['ok_count'] === 0) row['ok_count'] = -1;
  }),
  session('session-count-fraction', '`error_count` 1.5 in place of 1', (row) => {
    if (row['error_count'] === 1) row['error_count'] = 1.5;
  }),
  session('session-count-null', '`error_count` null in place of 0', (row) => {
    if (row['error_count'] === 0) row['error_count'] = null;
  }),
  session('session-count-absent', '`ok_count` absent where there is none', (row) => {
    if (row['ok_count'] === 0) delete row['ok_count'];
  }),
  session('session-intent-absent', '`raw_intent` absent where it would be null', (row) => {
    if (row['raw_intent'] === null) delete row['raw_intent'];
  }),
  session(
    'session-intent-object',
    '`raw_intent` an object where `intent` is asked',
    (row) => {
      row['raw_intent'] = { text: row['raw_intent'] ?? null };
    },
    (call) => call.query.has('intent'),
  ),
  session('session-source-number', '`mcp_server_id` 0 where there is no source', (row) => {
    if (row['mcp_server_id'] === null) row['mcp_server_id'] = 0;
  }),
  session('session-source-absent', '`mcp_server_id` absent in the last row', (row, index) => {
    if (index === 12) delete row['mcp_server_id'];
  }),
  session('session-key-null', '`session_key` null in the fifth row', (row, index) => {
    if (index === 4) row['session_key'] = null;
  }),
  session('session-id-empty', '`id` empty in the second row', (row, index) => {
    if (index === 1) row['id'] = '';
  }),
  session('session-id-number', '`id` a number', (row, index) => {
    row['id'] = index + 1;
  }),
  session(
    'session-actor-object',
    '`actor_id` an object for owners',
    (row) => {
      row['actor_id'] = { id: row['actor_id'] ?? null };
    },
    (call) => call.actor.role === 'owner',
  ),
  session('session-client-number', '`client_name` false where there is none', (row) => {
    if (row['client_name'] === null) row['client_name'] = false;
  }),
  session('session-camel', '`eventCount`, `okCount`, `errorCount`', (row) => {
    rename(row, 'event_count', 'eventCount');
    rename(row, 'ok_count', 'okCount');
    rename(row, 'error_count', 'errorCount');
  }),
  session(
    'session-large-limit',
    '`session_key` absent where limit is above 50',
    (row) => {
      delete row['session_key'];
    },
    (call) => Number(call.query.get('limit') ?? '0') > 50,
  ),
  body('sessions-rows', facts.sessions, 'sessions.list', '`rows` in place of `sessions`', (value) => ({
    rows: listIn(value),
  })),
  body('sessions-null', facts.sessions, 'sessions.list', '`sessions` null where nothing is found', (value) =>
    listIn(value).length === 0 ? { sessions: null } : undefined,
  ),
  body(
    'session-events-absent',
    facts.sessionTrace,
    'sessions.trace',
    '`events` absent where there is none',
    (value) => (listIn(value).length === 0 ? {} : undefined),
  ),
  body('session-events-bare', facts.sessionTrace, 'sessions.trace', 'a bare array', (value) => listIn(value)),
  body(
    'session-metadata-null',
    facts.sessionTrace,
    'sessions.trace',
    '`metadata` null where it is empty',
    (value) => {
      for (const event of rowsIn(value))
        if (isObject(event['metadata']) && Object.keys(event['metadata']).length === 0)
          event['metadata'] = null;
    },
  ),
  body(
    'session-metadata-absent',
    facts.sessionTrace,
    'sessions.trace',
    'the third event has no `metadata`',
    (value) => {
      const third = rowsIn(value)[2];
      if (third) delete third['metadata'];
    },
  ),
  body(
    'session-metadata-text',
    facts.sessionTrace,
    'sessions.trace',
    '`metadata` is JSON in a text',
    (value) => {
      for (const event of rowsIn(value)) event['metadata'] = JSON.stringify(event['metadata']);
    },
  ),
  body('session-tool-name-number', facts.sessionTrace, 'sessions.trace', '`tool_name` a number', (value) => {
    for (const event of rowsIn(value)) {
      const metadata = event['metadata'];
      if (isObject(metadata) && 'tool_name' in metadata) metadata['tool_name'] = 7;
    }
  }),
  body('overview-empty', facts.overview, 'insights.overview', 'an empty object', () => ({})),
  body('overview-list', facts.overview, 'insights.overview', 'a bare array', (value) => listIn(value)),
  body('topics-null', facts.topics, 'topics.list', 'null in place of a body', () => null),
  body('topics-count', facts.topics, 'topics.list', 'the number of topics in place of a list', (value) => ({
    topics: listIn(value).length,
  })),
  body('topic-other', facts.topic, 'topics.get', 'the first topic, whatever id is asked', (value, call) => {
    const first = call.org.topics[0];
    if (first) Object.assign(recordIn(value), { id: first.id, label: first.label });
  }),
  body('topic-thin', facts.topic, 'topics.get', 'no sample sessions, no related searches', (value) => ({
    topic: recordIn(value),
  })),
  body(
    'search-other',
    facts.search,
    'searches.get',
    'the first cluster, whatever id is asked',
    (value, call) => {
      const first = call.org.searches[0];
      if (first) Object.assign(recordIn(value), { id: first.id, query: first.query });
    },
  ),
  body('search-empty', facts.search, 'searches.get', 'an empty object', () => ({})),
];
