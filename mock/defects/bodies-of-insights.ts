import { objectsOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Defect } from './defect.ts';
import {
  bodies,
  changeItem,
  items,
  listBodies,
  must,
  omit,
  records,
  should,
  successStatus,
} from './hooking.ts';

const sessions: readonly Defect[] = [
  must(
    'session-count-text',
    'listSessions/success',
    'listSessions',
    'event_count is a text.',
    items('listSessions', (list) => list.map((row) => ({ ...row, event_count: String(row['event_count']) }))),
  ),
  must(
    'session-negative-count',
    'listSessions/success',
    'listSessions',
    'error_count of one session is -1.',
    items('listSessions', (list) => changeItem(list, 4, (row) => ({ ...row, error_count: -1 }))),
  ),
  must(
    'session-fraction',
    'listSessions/success',
    'listSessions',
    'ok_count is a fraction.',
    items('listSessions', (list) => changeItem(list, 0, (row) => ({ ...row, ok_count: 0.5 }))),
  ),
  must(
    'session-without-intent',
    'listSessions/success',
    'listSessions',
    'A session without an intent lacks the member.',
    items('listSessions', (list) =>
      list.map((row) => (row['raw_intent'] === null ? omit(row, 'raw_intent') : row)),
    ),
  ),
  must(
    'session-null-key',
    'listSessions/success',
    'listSessions',
    'The session_key of the last session is null.',
    items('listSessions', (list) => changeItem(list, -1, (row) => ({ ...row, session_key: null }))),
  ),
  must(
    'trace-of-another-session',
    'list-detail-agree',
    'getSessionTrace',
    'A trace names the key of another session.',
    bodies('getSessionTrace', (body) => ({ ...body, session: { session_key: 'sk_another_session' } })),
  ),
  must(
    'session-empty-id',
    'listSessions/success',
    'listSessions',
    'The id of one session is empty.',
    items('listSessions', (list) => changeItem(list, 2, (row) => ({ ...row, id: '' }))),
  ),
  must(
    'session-numeric-actor',
    'listSessions/success',
    'listSessions',
    'actor_id is a number.',
    items('listSessions', (list) => list.map((row) => ({ ...row, actor_id: 12 }))),
  ),
  must(
    'session-client-object',
    'listSessions/success',
    'listSessions',
    'client_name is an object.',
    items('listSessions', (list) =>
      list.map((row) => ({ ...row, client_name: { name: row['client_name'] } })),
    ),
  ),
  must(
    'session-camel-case',
    'listSessions/success',
    'listSessions',
    'A session has `sessionKey`.',
    items('listSessions', (list) =>
      list.map(({ session_key: sessionKey, ...row }) => ({ ...row, sessionKey })),
    ),
  ),
  must(
    'sessions-in-rows',
    'listSessions/success',
    'listSessions',
    'The sessions are in `rows`.',
    bodies('listSessions', ({ sessions: rows, ...rest }) => ({ ...rest, rows })),
  ),
];

const traces: readonly Defect[] = [
  must(
    'events-bare',
    'getSessionTrace/success',
    'getSessionTrace',
    'The events are a bare array.',
    bodies('getSessionTrace', (body) => body['events']),
  ),
  must(
    'event-without-metadata',
    'getSessionTrace/success',
    'getSessionTrace',
    'An event without a tool has no metadata.',
    events((event) => (event['type'] === 'message' ? omit(event, 'metadata') : event)),
  ),
  must(
    'event-null-metadata',
    'getSessionTrace/success',
    'getSessionTrace',
    'The metadata of the last event are null.',
    records('getSessionTrace', (record) => ({
      ...record,
      events: changeItem(objectsOf(record['events']), -1, (event) => ({ ...event, metadata: null })),
    })),
  ),
  must(
    'event-tool-object',
    'getSessionTrace/success',
    'getSessionTrace',
    'tool_name is an object.',
    events((event) => ({ ...event, metadata: { tool_name: { name: 'search' } } })),
  ),
  must(
    'event-numeric-run',
    'getSessionTrace/success',
    'getSessionTrace',
    'workflow_run_id is a number.',
    events((event) => ({ ...event, metadata: { workflow_run_id: 5 } })),
  ),
];

const others: readonly Defect[] = [
  must(
    'overview-empty',
    'getInsightsOverview/success',
    'getInsightsOverview',
    'The overview is an empty object.',
    bodies('getInsightsOverview', () => ({})),
  ),
  must(
    'overview-array',
    'getInsightsOverview/success',
    'getInsightsOverview',
    'The overview is an array.',
    bodies('getInsightsOverview', (body) => [body]),
  ),
  must(
    'topics-ids-only',
    'listTopics/success',
    'listTopics',
    'A bare array of ids.',
    listBodies('listTopics', (topics, answer) => ({ ...answer, body: topics.map(({ id }) => id) })),
  ),
  must(
    'topic-null',
    'getTopic/success',
    'getTopic',
    'A topic is null.',
    bodies('getTopic', () => null),
  ),
  must(
    'topic-array',
    'getTopic/success',
    'getTopic',
    'A topic is an array.',
    bodies('getTopic', (body) => [body]),
  ),
  should(
    'topic-updated-204',
    'write-status',
    'updateTopic',
    'An update of a topic is 204.',
    successStatus('updateTopic', 204),
  ),
  should(
    'topic-updated-202',
    'write-status',
    'updateTopic',
    'An update of a topic is 202.',
    successStatus('updateTopic', 202),
  ),
  must(
    'topic-updated-303',
    'updateTopic/success',
    'updateTopic',
    'An update of a topic leads to the topic elsewhere.',
    successStatus('updateTopic', 303),
  ),
  must(
    'searches-texts',
    'listSearches/success',
    'listSearches',
    'A bare array of texts.',
    bodies('listSearches', () => ['refund', 'order']),
  ),
  must(
    'searches-null',
    'listSearches/success',
    'listSearches',
    'The searches are null.',
    bodies('listSearches', () => ({ searches: null })),
  ),
  must(
    'search-empty',
    'getSearch/success',
    'getSearch',
    'A search is an empty object.',
    bodies('getSearch', () => ({})),
  ),
  must('search-203', 'getSearch/success', 'getSearch', 'A search is 203.', successStatus('getSearch', 203)),
];

/** Defects of what is answered about insights. */
export const insightsBodyDefects: readonly Defect[] = [...sessions, ...traces, ...others];

function events(change: (event: JsonObject) => JsonObject): Defect['hooks'] {
  return records('getSessionTrace', (record) => ({
    ...record,
    events: objectsOf(record['events']).map(change),
  }));
}
