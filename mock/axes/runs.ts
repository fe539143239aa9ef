import { named, valued } from './axis.ts';

/** What runs go through, and how they are shown. */
export const runs = {
  early: named(
    'run-statuses',
    'Whether there are other statuses than the documented ones before a run runs.',
    ['pending', 'queued-first'],
  ),
  late: named('run-statuses', 'Whether there are other statuses than the documented ones while it runs.', [
    'running',
    'evaluating-last',
  ]),
  otherEnds: valued('run-statuses', 'Whether a run can end in other statuses than the documented ones.', [
    ['none', []],
    ['cancelled', ['cancelled']],
    ['timed_out', ['timed_out']],
  ]),
  order: named('list-order', 'The order of runs.', ['newest', 'oldest', 'by-id']),
  pageBase: valued('first-page', "The first page's number.", [
    ['1', 1],
    ['0', 0],
  ]),
  defaultPageSize: valued('page-size', 'The default page size.', [
    ['25', 25],
    ['3', 3],
    ['5', 5],
    ['7', 7],
    ['10', 10],
    ['100', 100],
  ]),
  largestPageSize: valued('page-size', 'How large a page may be.', [
    ['200', 200],
    ['3', 3],
    ['7', 7],
    ['10', 10],
    ['1000', 1000],
  ]),
  beyondLargest: named('page-size', 'What a page size gets that is too large.', ['capped', 'refused']),
  beyondEnd: named(
    'page-beyond-end',
    'A page beyond the end holds nothing of an earlier one; all else is open.',
    ['empty', 'not-found'],
  ),
  otherStatus: named('other-status-filter', 'A filter by another status than pass, fail and running.', [
    'filtered',
    'nothing',
    'refused',
  ]),
  sort: named('run-sort', 'The values of `sort` on runs.', ['some-words', 'ignored', 'refused']),
  classification: named('run-classification', 'The values of `classification`.', ['words', 'codes', 'none']),
  rangeCounts: named('range-timestamp', 'Which timestamp `range` counts from.', [
    'queued',
    'started',
    'ended',
  ]),
  searchThrough: named('search-texts', 'What `search` looks through.', [
    'all-texts',
    'workflow-name',
    'whole-id',
  ]),
  unfinished: named(
    'unfinished-reports',
    'What trace, evaluation and tool calls of a run answer that is not over.',
    ['empty', 'not-found'],
  ),
  workflowName: named('renamed-workflow', "Whether the summary of a run shows a workflow's new name.", [
    'current',
    'as-queued',
    'absent',
  ]),
  redaction: named('redaction', 'What the policy of redaction hides; it is one for all run data.', [
    'only-secrets',
    'arguments',
    'arguments-and-results',
  ]),
  figures: named('run-figures', 'How model and cost of a run are told.', ['plain', 'texts', 'objects']),
};

const firstWindow = 'A new workflow queues its first dispatch window; when that makes a run is open.';

/** What a dispatch does. */
export const dispatch = {
  replayStatus: valued('replay-status', 'Whether the replay of an `idempotencyKey` is 202 or 200.', [
    ['202', 202],
    ['200', 200],
  ]),
  keyMemory: named('key-memory', 'How long an `idempotencyKey` is remembered once its run has ended.', [
    'for-ever',
    'until-the-end',
  ]),
  inFlight: named(
    'dispatch-in-flight',
    'Two dispatches without a key while a run is in flight are one run or two.',
    ['another', 'joined'],
  ),
  secondKey: named(
    'second-key',
    'A second key while a run of another key is in flight is joined, or another run.',
    ['another', 'joined'],
  ),
  sameReason: named('same-reason', 'Two dispatches with the same `reason` and no key may be one run.', [
    'another',
    'one-run',
  ]),
  emptyBody: named('empty-dispatch', 'A dispatch without any body.', ['accepted', 'refused']),
  firstWindowMs: valued('first-window', firstWindow, [
    ['no-run', undefined],
    ['at-once', 0],
    ['after-150ms', 150],
    ['after-300ms', 300],
    ['after-2s', 2000],
  ]),
  pace: named('run-duration', 'How long a run takes.', ['quick', 'at-once', 'slow']),
  answer: named('more-members', 'What the answer to a dispatch tells beside the id.', [
    'status',
    'only-id',
    'more',
  ]),
};
