import { named, valued } from './axis.ts';

const wrapping = 'Whether a record is wrapped, and in what.';
const more = 'Responses may always carry more fields than are listed.';
const createdId =
  'The id of a new thing stands as `id`, `<thing>Id`, or in the one nested object that has an `id`.';

/** How the one thing that an answer is about is held. */
export const records = {
  createdSource: named('created-source', 'The shape of a created source is not documented.', [
    'bare',
    'mcpServer',
    'mcp_server',
    'server',
    'data',
    'result',
    'only-id',
    'mcpServer-beside-an-id',
  ]),
  source: named('record-wrapping', wrapping, ['bare', 'mcpServer', 'server', 'data', 'result']),
  createdWorkflow: named('record-wrapping', wrapping, [
    'bare',
    'workflow',
    'data',
    'result',
    'version-beside',
    'workflow-beside-an-id',
  ]),
  workflow: named('record-wrapping', wrapping, ['bare', 'workflow', 'data', 'result', 'version-beside']),
  updatedWorkflow: named('record-wrapping', wrapping, [
    'bare',
    'workflow',
    'data',
    'result',
    'version-beside',
    'only-version',
  ]),
  run: named('record-wrapping', wrapping, ['bare', 'run', 'data', 'result']),
  trace: named('run-reports', 'How a trace holds its spans and tool calls.', [
    'bare',
    'trace',
    'data',
    'result',
    'spans',
  ]),
  evaluation: named('run-reports', 'How an evaluation holds verdict, criteria and excerpts.', [
    'bare',
    'evaluation',
    'data',
    'result',
    'verdicts',
  ]),
  overview: named('overview', 'How KPIs, trend lines, topics and clusters are held.', [
    'bare',
    'overview',
    'data',
  ]),
  topic: named('record-wrapping', wrapping, ['bare', 'topic', 'data', 'result']),
  search: named('record-wrapping', wrapping, ['bare', 'search', 'cluster', 'data', 'result']),
  version: named('current-version', '`currentVersion` is of any type, and not null.', [
    'number',
    'text',
    'object',
    'timestamp',
  ]),
  more: named('more-members', more, ['none', 'some']),
  nulls: named('null-or-absent', 'Whether a member that has no value is null or left out.', [
    'shown',
    'left-out',
  ]),
  times: named('times', 'How a moment is written.', ['iso', 'offset', 'epoch-ms', 'epoch-s']),
  typename: named('more-members', more, ['none', '__typename']),
};

/** What members are called. */
export const names = {
  members: named('member-names', 'The names of most members.', ['mixed', 'camelCase', 'snake_case']),
  runWorkflow: named('run-names-workflow', 'A row of runs names its workflow in one of three ways.', [
    'workflowId',
    'workflow_id',
    'workflow.id',
  ]),
  dispatchedRun: named(
    'dispatched-run',
    'The answer to a dispatch carries the id of the run in one of four places.',
    ['runId', 'run_id', 'run.id', 'id', 'run.id-beside-another'],
  ),
  workflowRowId: named('workflow-row-id', 'What the id of a row of workflows is called.', [
    'id',
    'workflowId',
    'workflow_id',
  ]),
  createdWorkflowId: named('created-id', createdId, ['id', 'workflowId', 'workflow_id']),
  createdSourceId: named('created-id', createdId, ['id', 'mcpServerId', 'mcp_server_id']),
  run: named('member-names', 'What the members of a run are called.', ['plain', 'other-words', 'grouped']),
  toolCall: named('member-names', 'What the members of a tool call are called.', ['plain', 'other-words']),
};

const envelope = 'The envelope of the list: an array in one member, or a bare array.';
const envelopes = ['rows', 'own', 'data', 'items', 'results', 'list', 'bare', 'nested'] as const;

/** How lists are held, and what they show. */
export const lists = {
  workflows: named('list-envelope', envelope, envelopes),
  runs: named('list-envelope', envelope, envelopes),
  toolCalls: named('list-envelope', envelope, envelopes),
  topics: named('several-arrays', 'Topics and unmet-demand groups are one list or two.', [
    'own',
    'rows',
    'data',
    'items',
    'results',
    'list',
    'bare',
    'nested',
  ]),
  searches: named('several-arrays', 'Failed searches and suggested gaps are one list or two.', [
    'own',
    'clusters',
    'rows',
    'data',
    'items',
    'results',
    'list',
    'bare',
    'nested',
  ]),
  beside: named('more-members', more, ['totals', 'nothing', 'links', 'next']),
  workflowRows: named('row-members', 'What a row of workflows shows beside its id.', ['full', 'lean']),
  runRows: named('row-members', 'What a row of runs shows beside id, status and workflow.', ['full', 'lean']),
  order: named('list-order', 'The order of a list.', ['as-made', 'newest']),
  lagMs: valued('list-lag', 'Lists may lag behind what was written; by how much is open.', [
    ['none', 0],
    ['1s', 1000],
    ['3s', 3000],
  ]),
  categories: named(
    'category-any-all',
    'Whether an item must have one of the slugs of `category=a,b`, or all.',
    ['any', 'all'],
  ),
  limit: valued('list-limit', 'How many items a list has where no `limit` is asked for.', [
    ['50', 50],
    ['10', 10],
  ]),
  zero: named('zero-size', '`limit=0` and `pageSize=0`.', ['as-left-out', 'refused', 'nothing']),
};
