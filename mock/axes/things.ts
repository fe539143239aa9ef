import { named, valued } from './axis.ts';

/** What sources do. */
export const sources = {
  hostedBaseUrl: named('hosted-base-url', 'What `base_url` shows for a source that the deployment hosts.', [
    'null',
    'shown',
    'empty',
  ]),
  missingBaseUrl: named('missing-base-url', 'What `base_url` shows for a source that was made without one.', [
    'empty',
    'null',
    'shown',
  ]),
  defaultTransport: named('source-defaults', 'What is taken for `transportType` where it is left out.', [
    'by-url',
    'streamable_http',
  ]),
  newCategories: valued('source-defaults', 'Which categories a new source has.', [
    ['none', []],
    ['uncategorized', ['uncategorized']],
  ]),
  otherEnvironments: named(
    'other-environments',
    'Whether a source of another environment than production is listed.',
    ['unlisted', 'listed'],
  ),
  plainHttp: named('http-base-url', 'Whether a `baseUrl` of the scheme http is accepted.', [
    'accepted',
    'refused',
  ]),
  emptyBaseUrl: named('empty-base-url', 'An empty `baseUrl`.', ['refused', 'as-left-out']),
  probeMs: valued('source-probe', 'A deployment may probe a new source at once, which takes time.', [
    ['none', 0],
    ['400ms', 400],
  ]),
};

/** What workflows do. */
export const workflows = {
  sameEdit: named('empty-edit', 'Whether an edit that changes nothing writes a new version.', [
    'new-version',
    'same-version',
  ]),
  paused: named('paused-workflow', 'Whether a paused workflow is listed.', ['none', 'listed', 'unlisted']),
  criteria: named('more-members', 'Responses may always carry more fields than are listed.', [
    'as-sent',
    'with-ids',
  ]),
  unset: named('null-or-absent', 'What a member shows that was not sent.', ['null', 'defaults']),
  updateStatus: valued('write-status', 'The status of an update is not named: its body is.', [
    ['200', 200],
    ['202', 202],
    ['201', 201],
  ]),
};

/** What becomes of archived workflows. */
export const archive = {
  readable: valued('archived-readable', 'Whether an archived workflow can still be read by its id.', [
    ['yes', true],
    ['no', false],
  ]),
  dispatch: valued('archived-dispatch', 'Whether an archived workflow can still be dispatched.', [
    ['404', 404],
    ['400', 400],
    ['accepted', 'accepted'],
  ]),
  again: valued('second-archive', 'What a second archive answers.', [
    ['200', 200],
    ['404', 404],
  ]),
  status: valued('write-status', 'The status of an archive is not named: its body is.', [
    ['200', 200],
    ['202', 202],
  ]),
  answer: valued('more-members', 'Responses may always carry more fields than are listed.', [
    ['ok', {}],
    ['more', { archived: true, cancelled_runs: [] }],
  ]),
};

/** What topics do. */
export const topics = {
  updateStatus: valued('topic-update-answer', 'The body of the answer to a topic update, which is any 2xx.', [
    ['200', 200],
    ['202', 202],
    ['204', 204],
  ]),
  updateBody: named('topic-update-answer', 'The body of the answer to a topic update, which is any 2xx.', [
    'record',
    'ok',
    'changes',
    'null',
  ]),
  archivedListed: valued('archived-topic', 'Whether an archived topic is listed.', [
    ['no', false],
    ['yes', true],
  ]),
  archivedReadable: valued('archived-topic', 'Whether an archived topic can be read by its id.', [
    ['yes', true],
    ['no', false],
  ]),
  groups: named('several-arrays', 'How the groups of unmet demand stand beside the topics.', [
    'behind',
    'before',
  ]),
};

/** What sessions show. */
export const sessions = {
  defaultRange: named('session-range', 'The default `range` of sessions.', ['24h', '7d', '30d']),
  intent: named('session-intent', 'Whether sessions with another intent than the one asked for come too.', [
    'exact',
    'also-similar',
    'all-exact-first',
  ]),
  cap: valued('session-cap', 'Lists may be capped by plan: an absent session is never a finding.', [
    ['none', Infinity],
    ['5', 5],
  ]),
  unknown: named('session-unknowns', '`actor_id` and `client_name` are a text, null or absent.', [
    'null',
    'absent',
    'text',
  ]),
  traceSession: named(
    'trace-session',
    'Whether a trace names its session; where it does, by the key of the row.',
    ['row', 'key', 'absent'],
  ),
  metadata: named('more-members', 'Responses may always carry more fields than are listed.', [
    'documented',
    'more',
  ]),
};
