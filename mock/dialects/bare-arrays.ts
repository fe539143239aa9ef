import { numericIds } from '../data/ids.ts';
import { objectsOf } from '../data/json.ts';
import type { Dialect, Shape } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import {
  adding,
  bare,
  grouping,
  renaming,
  rewritten,
  sequence,
  snakeCase,
  valuing,
  withoutNulls,
} from './shapes.ts';

const versionObject = valuing({
  currentVersion: (version) => ({ id: `v-${String(version)}`, number: version }),
});
const ofWorkflow = grouping('workflow', { workflowId: 'id', workflowName: 'name' });

/** A trace as the list of its spans, and a span for each tool call within. */
const spans: Shape = (outcome) => (outcome.kind === 'record' ? outcome.record['spans'] : outcome.items);
/** An evaluation as a list: the verdict first, then a member for each criterion. */
const verdicts: Shape = (outcome) => {
  if (outcome.kind === 'list') return outcome.items;
  const { criteria, ...verdict } = outcome.record;
  return [verdict, ...objectsOf(criteria)];
};

/** Lists are bare arrays, ids are digits, optional members are left out where they are null. */
export const bareArrays: Dialect = {
  ...plain,
  id: 'bare-arrays',
  description: 'Bare arrays, decimal ids, snake_case, nulls left out; sent in chunks.',
  freedoms: [
    { open: 'the envelope of lists', choice: 'none: a bare array' },
    { open: 'the form of ids', choice: 'digits in a string' },
    { open: 'most member names', choice: 'snake_case' },
    { open: 'how trace and evaluation are held', choice: 'arrays' },
    { open: 'currentVersion, of any non-null type', choice: 'an object' },
    { open: 'a row of runs names its workflow', choice: '`workflow.id`' },
    { open: "the run's id in the answer to a dispatch", choice: '`run.id`' },
    { open: 'optional members', choice: 'absent where they are null' },
    { open: 'actor_id and client_name', choice: 'absent where they are not known' },
    { open: 'the order of the checks', choice: 'body, existence, feature, role' },
    { open: 'the code of 400 and 404', choice: '`invalid_request`, for both' },
    { open: 'error.details', choice: 'absent' },
    { open: 'null for an optional member', choice: 'as if it were left out' },
    { open: 'a reference to something that does not exist', choice: 'accepted until it is used' },
    { open: 'archiving an archived workflow', choice: '404, while it is still readable' },
    { open: 'dispatching an archived workflow', choice: 'accepted' },
    { open: 'the largest page', choice: '10 runs, whatever is asked for' },
    { open: 'the order of runs', choice: 'by id' },
    { open: 'the first dispatch window', choice: 'makes a run at once' },
    { open: 'category=a,b', choice: 'all of the slugs' },
    { open: 'what base_url shows for stdio_hosted', choice: 'the address at which it is hosted' },
    { open: 'WWW-Authenticate (RFC 9110)', choice: 'left out' },
    { open: 'the case of the authentication scheme (RFC 9110)', choice: 'matters' },
    { open: 'how an answer is coded and framed', choice: 'in chunks' },
  ],
  ids: numericIds,
  order: ['validation', 'existence', 'feature', 'role'],
  errors: {
    invalidCode: 'invalid_request',
    notFoundCode: 'invalid_request',
    details: () => undefined,
    beside: {},
    within: {},
  },
  transport: { ...plain.transport, framing: 'chunked', headers: {} },
  authentication: { challenge: false, schemeAnyCase: false, keyIdOf: (apiKeyId) => apiKeyId },
  methods: { status: 405, allow: true, keyFirst: false, head: 'as-get', options: 'preflight' },
  runs: { ...plain.runs, order: 'by-id', defaultPageSize: 10, largestPageSize: 10 },
  dispatch: { ...plain.dispatch, replayStatus: 200, firstWindow: { kind: 'run', delayMs: 0 } },
  archive: { readable: true, dispatch: 'accepted', again: 404 },
  input: { ...plain.input, nullForOptional: 'accepted', missingReference: 'accepted' },
  lists: { ...plain.lists, categories: 'all', defaultSessionRange: '30d' },
  hostedBaseUrl: 'shown',
  shapes: {
    ...plain.shapes,
    ...layOut({
      lists: rewritten(sequence(ofWorkflow, snakeCase(), withoutNulls()), bare),
      records: () =>
        rewritten(sequence(versionObject, withoutNulls('schedule'), snakeCase('currentVersion')), bare),
    }),
    listWorkflows: rewritten(
      sequence(versionObject, withoutNulls('schedule'), renaming({ id: 'workflow_id' })),
      bare,
    ),
    listRunToolCalls: rewritten(snakeCase(), bare),
    listTopics: bare,
    listSearches: bare,
    dispatchRun: rewritten(
      sequence(adding({ object: 'dispatch' }), grouping('run', { runId: 'id', status: 'status' })),
      bare,
    ),
    getRun: rewritten(sequence(ofWorkflow, withoutNulls(), snakeCase()), bare),
    getRunTrace: spans,
    getRunEvaluation: verdicts,
    listSessions: rewritten(withoutNulls('raw_intent', 'mcp_server_id'), plainSessions()),
  },
};

function plainSessions(): Shape {
  return (outcome) => ({ sessions: outcome.kind === 'list' ? outcome.items : [] });
}
