import { opaqueIds } from '../data/ids.ts';
import type { JsonObject } from '../data/model.ts';
import type { Dialect, Shape } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import {
  adding,
  bodyRewritten,
  inMember,
  renaming,
  rewritten,
  sequence,
  snakeCase,
  without,
} from './shapes.ts';

const extra = {
  object: 'record',
  links: { docs: 'https://docs.example.com' },
  flags: [],
  internal_revision: 7,
};
const decorated = adding(extra);
/** The same names may mean something else in a list. */
const decoratedRow = adding({ ...extra, object: 'row' });
const links = { links: { self: '/here' }, warnings: [] };

/** Version and schedule stand beside the workflow, not in it. */
const versionBeside: Shape = (outcome) => {
  if (outcome.kind === 'list') return outcome.items;
  const { currentVersion, schedule, ...workflow } = outcome.record;
  return { workflow: { ...workflow, ...extra }, currentVersion: { number: currentVersion }, schedule };
};
const onlyId: Shape = (outcome) => (outcome.kind === 'record' ? { id: outcome.record['id'] } : {});
const withKind = (body: JsonObject): JsonObject => ({ ...body, kind: 'page', notices: [] });

/** Records in a member with their name, extra members everywhere, and several arrays beside the items. */
export const wrappedRecords: Dialect = {
  ...plain,
  id: 'wrapped-records',
  description:
    'Records wrapped by name, extra members and arrays everywhere, long ids, runs from the first window.',
  freedoms: [
    { open: 'the envelope of lists', choice: 'their own names, with other arrays beside the items' },
    { open: 'whether a record is wrapped', choice: 'in a member with its name' },
    { open: 'shape of a created source', choice: 'only `id`' },
    { open: 'the form of ids', choice: '86 characters of base64url' },
    { open: 'currentVersion, in the record or beside it', choice: 'an object beside it; so is `schedule`' },
    { open: 'more fields than are listed', choice: 'in every object, errors too' },
    { open: "the run's id in the answer to a dispatch", choice: '`run_id`' },
    { open: 'a row of runs names its workflow', choice: '`workflow_id`' },
    { open: 'member names of the run', choice: '`began`, `finished`, `tester`, `verdicts`, `price`' },
    { open: 'the order of the checks', choice: 'feature, role, body, existence' },
    { open: 'the code of 400 and 404', choice: 'the numbers as text' },
    { open: 'error.details', choice: 'null' },
    { open: 'the first dispatch window', choice: 'makes a run after 300 ms' },
    { open: 'a reference to something that does not exist', choice: '404' },
    { open: 'whether a source of another environment is listed', choice: 'it is' },
    { open: 'which timestamp `range` counts from', choice: 'the end of the run' },
    { open: 'what `search` looks through', choice: 'the name of the workflow' },
    { open: 'the default range of sessions', choice: '7d' },
    { open: 'the form of the key-id', choice: 'may hold underscores' },
    { open: 'dispatching an archived workflow', choice: '400' },
    { open: 'how an answer is coded and framed', choice: 'gzip where it is asked for' },
  ],
  ids: opaqueIds,
  order: ['feature', 'role', 'validation', 'existence'],
  errors: {
    invalidCode: '400',
    notFoundCode: '404',
    details: () => null,
    beside: { requestId: 'req_31', documentation: 'https://docs.example.com/errors' },
    within: { retryable: false, hint: null },
  },
  transport: {
    ...plain.transport,
    compression: 'when-asked',
    headers: { 'x-request-id': 'req_31', vary: 'accept' },
  },
  authentication: { ...plain.authentication, keyIdOf: (apiKeyId) => `k_${apiKeyId.slice(0, 12)}` },
  runs: { ...plain.runs, rangeCounts: 'ended', searchThrough: 'workflow-name' },
  dispatch: { ...plain.dispatch, firstWindow: { kind: 'run', delayMs: 300 } },
  archive: { readable: true, dispatch: 400, again: 200 },
  lists: { ...plain.lists, otherEnvironments: 'listed', defaultSessionRange: '7d' },
  shapes: {
    ...layOut({
      lists: inMember('rows', links),
      records: (member) => rewritten(decorated, inMember(member, links)),
    }),
    getOrg: rewritten(adding({ plan: 'scale', seats: [] }), plain.shapes['getOrg'] ?? onlyId),
    listMcpServers: rewritten(decoratedRow, inMember('rows', { ...links, facets: [{ slug: 'payments' }] })),
    createMcpServer: onlyId,
    listWorkflows: bodyRewritten(inMember('workflows', { categories: ['payments'], ...links }), withKind),
    createWorkflow: versionBeside,
    getWorkflow: versionBeside,
    updateWorkflow: versionBeside,
    archiveWorkflow: rewritten(
      adding({ archived: true, cancelled_runs: [] }),
      plain.shapes['archiveWorkflow'] ?? onlyId,
    ),
    dispatchRun: rewritten(
      sequence(without('replayed', 'status'), snakeCase()),
      plain.shapes['dispatchRun'] ?? onlyId,
    ),
    listRuns: rewritten(sequence(snakeCase(), decoratedRow), inMember('runs', { filters: [], ...links })),
    getRun: rewritten(
      renaming({
        startedAt: 'began',
        endedAt: 'finished',
        model: 'tester',
        evaluator: 'verdicts',
        costUsd: 'price',
      }),
      inMember('run', links),
    ),
    getRunTrace: rewritten(decorated, inMember('trace', links)),
    getRunEvaluation: rewritten(decorated, inMember('evaluation')),
    listRunToolCalls: inMember('tool_calls'),
    getInsightsOverview: rewritten(decorated, inMember('overview')),
    listTopics: rewritten(decoratedRow, inMember('topics', { sorts: ['volume'], ...links })),
    listSearches: rewritten(decoratedRow, inMember('clusters', links)),
    getSearch: inMember('cluster'),
    listSessions: rewritten(decoratedRow, inMember('sessions', { clients: ['cursor'], ...links })),
    getSessionTrace: rewritten(adding({ session: { object: 'session' }, spans: [] }), (outcome) =>
      outcome.kind === 'record' ? outcome.record : outcome.items,
    ),
  },
};
