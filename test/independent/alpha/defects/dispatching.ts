import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { asText } from '../model.ts';
import { answering, defect, failure, succeeding } from './build.ts';
import { facts } from './facts.ts';

/** How often something has happened on this deployment. */
function count(x: Exchange, slot: string): number {
  const next = Number(x.site.memory.get(slot) ?? 0) + 1;
  x.site.memory.set(slot, next);
  return next;
}

const refused = (id: string, operation: string, status: number, who: string): Seeded =>
  defect(
    id,
    status === 401 ? facts.revoked : status === 403 ? facts.writes : facts.invalid,
    `${operation}: ${status} for ${who}, but done`,
    {
      refused: (x, reply) => (reply.status === status && asked(x) === operation ? x.carryOut() : undefined),
    },
  );

export const dispatchDefects: readonly Seeded[] = [
  defect('idempotency-ignored', facts.sameKey, 'the same key gives another run'),
  defect(
    'idempotency-across-workflows',
    facts.sameKey,
    'the key of one workflow returns its run on another workflow',
  ),
  defect(
    'idempotency-across-organizations',
    facts.sameKey,
    'the key of one organization returns its run to another one',
  ),
  defect('idempotency-by-caller', facts.sameKey, 'the same key sent with another API key gives another run'),
  defect('idempotency-race', facts.sameKey, 'the same key twice at once gives two runs'),
  defect('force-ignored', facts.force, 'forceNewRun with a known key returns the existing run'),
  defect('dispatched-for-another-workflow', facts.sameKey, 'the run belongs to another workflow'),
  defect('dispatched-not-listed', facts.dispatch, 'the run is never in GET /runs'),
  defect('dispatched-id-unknown', facts.dispatch, 'GET /runs/{id} does not know the id'),
  defect(
    'dispatched-no-id',
    facts.dispatch,
    'no id in the answer',
    succeeding('dispatch', (reply) => ({ ...reply, body: { status: 'queued' } })),
  ),
  defect(
    'dispatched-id-number',
    facts.dispatch,
    'the id is a number',
    succeeding('dispatch', (reply, x) => ({ ...reply, body: { runId: x.seq } })),
  ),
  defect(
    'dispatched-200',
    facts.statuses,
    'the first dispatch: 200',
    succeeding('dispatch', (reply) => ({ ...reply, status: 200 })),
  ),
  defect(
    'dispatched-201',
    facts.statuses,
    'the first dispatch: 201',
    succeeding('dispatch', (reply) => ({ ...reply, status: 201 })),
  ),
  defect(
    'dispatched-then-404',
    facts.dispatch,
    'GET /runs/{id} knows the run only once it has ended',
    succeeding('readRun', (reply, x) =>
      /"status":"(pending|running)"/.test(JSON.stringify(reply.body)) && x.site.world.runs.get(x.id)?.live
        ? failure(404, 'not_found', 'No such run.')
        : reply,
    ),
  ),
  defect(
    'dispatched-gone-later',
    facts.dispatch,
    'GET /runs/{id} forgets the run once it has ended',
    succeeding('readRun', (reply, x) =>
      /"status":"(pass|fail|partial|error)"/.test(JSON.stringify(reply.body)) &&
      x.site.world.runs.get(x.id)?.live
        ? failure(404, 'not_found', 'No such run.')
        : reply,
    ),
  ),
  defect(
    'force-refused-with-key',
    facts.force,
    'forceNewRun beside idempotencyKey: 400',
    succeeding('dispatch', (reply, x) =>
      x.body['forceNewRun'] === true && 'idempotencyKey' in x.body
        ? failure(400, 'conflict', 'Either, not both.')
        : reply,
    ),
  ),
  defect('replay-409', facts.sameKey, 'the same key again: 409', {
    reply: (x, reply) => {
      const key = x.body['idempotencyKey'];
      if (
        asked(x) !== 'dispatch' ||
        reply.status > 299 ||
        typeof key !== 'string' ||
        x.body['forceNewRun'] === true
      )
        return reply;
      return count(x, `${x.id} ${key}`) > 1 ? failure(409, 'duplicate', 'This key was used before.') : reply;
    },
  }),
  defect('run-goes-back', facts.forward, 'running, then pending again', {
    runStatus: (x, run, status, age) =>
      run.live && status === 'running' && age > x.site.dialect.pendingMs + 220 ? 'pending' : status,
  }),
  defect('run-comes-back', facts.forward, 'ended, then running again after a second', {
    runStatus: (_x, run, status, age) => (run.live && age > 1100 ? 'running' : status),
  }),
  defect('run-ending-changes', facts.forward, 'pass, and fail some time later', {
    runStatus: (_x, run, status, age) =>
      run.live && age > 1000 ? (status === 'fail' ? 'pass' : 'fail') : status,
  }),
  defect('run-ending-by-read', facts.forward, 'the ending alternates from read to read', {
    runStatus: (x, run, status) =>
      run.live && run.status === status ? (count(x, run.id) % 2 === 0 ? 'error' : status) : status,
  }),
  defect('run-seeded-changes', facts.forward, 'a partial run of the past becomes pass after a few reads', {
    runStatus: (x, run, status) =>
      status === 'partial' && asked(x) === 'readRun' && count(x, run.id) > 2 ? 'pass' : status,
  }),
  defect('run-list-lags', facts.run, 'the list says running for ever where the detail says it has ended', {
    runStatus: (x, run, status) =>
      run.live && asked(x) === 'listRuns' && status === run.status ? 'running' : status,
  }),
  refused('viewer-create-done', 'createWorkflow', 403, 'a viewer'),
  refused('viewer-source-done', 'createSource', 403, 'a viewer'),
  refused('viewer-update-done', 'updateWorkflow', 403, 'a viewer'),
  refused('viewer-archive-done', 'archiveWorkflow', 403, 'a viewer'),
  refused('viewer-dispatch-done', 'dispatch', 403, 'a viewer'),
  refused('viewer-topic-done', 'updateTopic', 403, 'a viewer'),
  refused('revoked-archive-done', 'archiveWorkflow', 401, 'the revoked key'),
  refused('revoked-update-done', 'updateWorkflow', 401, 'the revoked key'),
  refused('revoked-source-done', 'createSource', 401, 'the revoked key'),
  refused('revoked-dispatch-done', 'dispatch', 401, 'the revoked key'),
  refused('revoked-topic-done', 'updateTopic', 401, 'the revoked key'),
  refused('invalid-create-done', 'createWorkflow', 400, 'an invalid body'),
  refused('invalid-update-done', 'updateWorkflow', 400, 'an invalid body'),
  refused('invalid-source-done', 'createSource', 400, 'an invalid body'),
  refused('invalid-dispatch-done', 'dispatch', 400, 'an invalid body'),
  refused('invalid-topic-done', 'updateTopic', 400, 'an invalid body'),
  defect(
    'dispatch-refused-busy',
    facts.dispatch,
    'every third dispatch: 409',
    succeeding('dispatch', (reply, x) =>
      count(x, 'dispatches') % 3 === 0 ? failure(409, 'busy', 'Busy.') : reply,
    ),
  ),
  defect(
    'dispatch-no-queue',
    facts.no5xx,
    'a dispatch with a long reason: 503',
    answering(202, (reply, x) =>
      asText(x.body['reason'] ?? '').length > 200 ? failure(503, 'unavailable', 'Queue is full.') : reply,
    ),
  ),
];
