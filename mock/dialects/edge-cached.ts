import { opaqueIds } from '../data/ids.ts';
import type { Dialect } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import {
  adding,
  bare,
  camelCase,
  grouping,
  inMember,
  renaming,
  rewritten,
  sequence,
  snakeCase,
} from './shapes.ts';

/** A deployment at the edge of a network: chunks that are compressed, ETags, and details in other words. */
export const edgeCached: Dialect = {
  ...plain,
  id: 'edge-cached',
  description:
    'Compressed chunks, ETags, text/json, one page of runs at most 7, workflow rows with another id name.',
  freedoms: [
    { open: 'how an answer is coded and framed', choice: 'gzip in chunks, also when not asked for' },
    { open: 'Content-Type of a JSON body (RFC 9110)', choice: '`text/json`' },
    { open: 'the id of a row of workflows', choice: '`workflowId`' },
    { open: 'shape of a created workflow', choice: '`workflow_id` beside its other members' },
    { open: 'the form of ids', choice: '86 characters of base64url' },
    { open: 'the order of the checks', choice: 'existence, role, feature, body' },
    { open: 'an unknown value of an enumerated parameter', choice: '400' },
    { open: 'unknown members of a body', choice: 'ignored' },
    { open: 'another content type', choice: '415' },
    { open: 'the largest page', choice: '7 runs' },
    { open: 'the first page', choice: '0' },
    { open: 'the model, the evaluator output and the cost of a run', choice: 'objects' },
    { open: 'an id of an odd form', choice: '400' },
    { open: 'a list of tool calls', choice: '`calls`, with `tool` and `duration_ms`' },
    { open: 'the case of the authentication scheme (RFC 9110)', choice: 'matters' },
  ],
  ids: opaqueIds,
  order: ['existence', 'role', 'feature', 'validation'],
  errors: { ...plain.errors, details: (problems) => ({ fields: problems.map(({ at }) => at) }) },
  transport: {
    ...plain.transport,
    contentType: 'text/json; charset=utf-8',
    compression: 'always',
    framing: 'chunked',
    etag: true,
    headers: { 'cache-control': 'private, no-cache', age: '0', via: '1.1 edge' },
  },
  authentication: { challenge: true, schemeAnyCase: false, keyIdOf: (apiKeyId) => apiKeyId.slice(-20) },
  runs: { ...plain.runs, pageBase: 0, defaultPageSize: 7, largestPageSize: 7, order: 'oldest' },
  dispatch: { ...plain.dispatch, joinsInFlight: true, firstWindow: { kind: 'run', delayMs: 150 } },
  archive: { readable: false, dispatch: 400, again: 404 },
  input: {
    ...plain.input,
    unknownValue: 'refused',
    otherContentType: 415,
    missingReference: 400,
    oddId: 400,
  },
  hostedBaseUrl: 'shown',
  shapes: {
    ...plain.shapes,
    ...layOut({ lists: inMember('list'), records: () => bare }),
    listWorkflows: rewritten(renaming({ id: 'workflowId' }), inMember('workflows', { tags: [] })),
    createWorkflow: rewritten(sequence(renaming({ id: 'workflow_id' }), snakeCase('currentVersion')), bare),
    getMcpServer: rewritten(camelCase(), bare),
    dispatchRun: rewritten(renaming({ runId: 'run_id' }), bare),
    listRuns: rewritten(grouping('workflow', { workflowId: 'id', workflowName: 'title' }), inMember('runs')),
    getRun: rewritten(
      sequence(
        grouping('agent', { model: 'model', toolCallCount: 'calls' }),
        grouping('price', { costUsd: 'usd' }),
        adding({ region: 'eu' }),
      ),
      inMember('run'),
    ),
    listRunToolCalls: rewritten(renaming({ toolName: 'tool', durationMs: 'duration_ms' }), inMember('calls')),
    listTopics: inMember('topics'),
    listSearches: inMember('searches'),
  },
};
