import { prefixedIds } from '../data/ids.ts';
import type { Dialect, RunMoment } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain, plainStatus } from './plain.ts';
import { bare, inMember, renaming, rewritten } from './shapes.ts';

/** A run is `queued` before it is `pending`. */
function statusWithQueue(moment: RunMoment): string {
  return moment.phase === 'queued' && moment.share < 0.5 ? 'queued' : plainStatus(moment);
}

/** A deployment with a long queue: more statuses, joined dispatches, keys that are forgotten, slow answers. */
export const busyQueue: Dialect = {
  ...plain,
  id: 'busy-queue',
  description:
    'More run statuses, dispatches that join a run in flight, forgotten keys, 20 to 40 ms an answer.',
  freedoms: [
    { open: 'whether other run statuses exist', choice: '`queued` and `cancelled`' },
    { open: 'two dispatches without a key while a run is in flight', choice: 'one run' },
    { open: 'how long an idempotencyKey is remembered', choice: 'until its run has ended' },
    { open: 'an idempotent replay', choice: '202' },
    { open: 'the report of a run that is not over', choice: '404' },
    { open: 'how fast an answer comes', choice: 'after 20 to 40 ms' },
    { open: 'the order of the checks', choice: 'body, role, existence, feature' },
    { open: 'the envelope of lists', choice: '`items`' },
    { open: "the run's id in the answer to a dispatch", choice: '`id`' },
    { open: 'an unknown value of an enumerated parameter', choice: 'ignored' },
    { open: 'another content type', choice: '400' },
    { open: 'a body that is very large', choice: 'accepted up to 64 MiB' },
    { open: 'insights of another organization', choice: 'disabled' },
    { open: 'a member that holds several arrays', choice: 'topics beside unmet_demand_groups' },
  ],
  ids: prefixedIds,
  order: ['validation', 'role', 'existence', 'feature'],
  errors: { ...plain.errors, invalidCode: 'unprocessable', notFoundCode: 'missing' },
  transport: { ...plain.transport, latencyMs: [20, 40], largestBody: 64 * 1024 * 1024 },
  methods: { ...plain.methods, status: 400, allow: false },
  runs: { ...plain.runs, statusOf: statusWithQueue, extraTerminal: ['cancelled'], unfinished: 'not-found' },
  dispatch: { ...plain.dispatch, joinsInFlight: true, forgetsKeyAfterRun: true },
  input: { ...plain.input, otherContentType: 400 },
  otherTenantFeatures: 'none',
  shapes: {
    ...plain.shapes,
    ...layOut({ lists: inMember('items'), records: () => bare }),
    listTopics: inMember('topics'),
    listSearches: inMember('searches'),
    createMcpServer: inMember('server'),
    dispatchRun: rewritten(renaming({ runId: 'id' }), bare),
  },
};
