import { isObject, textOf } from '../data/json.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Defect } from './defect.ts';
import { inputs, isTo, must, omit, sentMembers, skipping, withMembers } from './hooking.ts';
import { undone, workflowOf } from './lifecycle-hooks.ts';

const isScheduled = (call: EnteredCall): boolean => (workflowOf(call)?.members['schedule'] ?? null) !== null;

/** Defects that only one particular shows: what a thing was before, or how a request is worded. */
export const particularDefects: readonly Defect[] = [
  must(
    'archive-of-scheduled-undone',
    'archived-unlisted',
    'archiveWorkflow',
    'An archived workflow that has a schedule stays in the list.',
    undone('archiveWorkflow', isScheduled),
  ),
  must(
    'archive-of-updated-undone',
    'archived-unlisted',
    'archiveWorkflow',
    'A workflow that was updated is not archived.',
    undone('archiveWorkflow', (call) => (workflowOf(call)?.version ?? 1) > 1),
  ),
  must(
    'schedule-lost-where-manual',
    'update-persists',
    'updateWorkflow',
    'A workflow that is manual-only takes no schedule.',
    inputs('updateWorkflow', (call) =>
      isScheduled(call) ? call : withMembers(call, (members) => omit(members, 'schedule')),
    ),
  ),
  must(
    'version-stays-for-schedule',
    'update-new-version',
    'updateWorkflow',
    'An update of the schedule alone writes no new version.',
    () => ({
      perform: (call, run) => {
        const before = isTo('updateWorkflow', call) ? workflowOf(call) : undefined;
        const outcome = run(call);
        const after = before && call.tenant.workflows.get(before.id);
        if (after === undefined || Object.keys(sentMembers(call)).join() !== 'schedule') return outcome;
        const { version } = before ?? after;
        call.tenant.workflows.set(after.id, { ...after, version });
        return outcome.kind === 'record'
          ? { ...outcome, record: { ...outcome.record, currentVersion: version } }
          : outcome;
      },
    }),
  ),
  must(
    'key-forgotten-beyond-ascii',
    'dispatch-idempotent',
    'dispatchRun',
    'An idempotencyKey that is not ASCII is forgotten.',
    inputs('dispatchRun', (call) =>
      /[^ -~]/.test(textOf(sentMembers(call)['idempotencyKey']))
        ? withMembers(call, (members) => omit(members, 'idempotencyKey'))
        : call,
    ),
  ),
  must(
    'force-lost-with-reason',
    'dispatch-forced',
    'dispatchRun',
    'forceNewRun is not looked at where a reason is given.',
    inputs('dispatchRun', (call) =>
      sentMembers(call)['reason'] === undefined
        ? call
        : withMembers(call, (members) => omit(members, 'forceNewRun')),
    ),
  ),
  must(
    'source-unlisted-without-environment',
    'created-readable',
    'createMcpServer',
    'A source is made for development where no environment is named.',
    inputs('createMcpServer', (call) =>
      withMembers(call, (members) => ({ environment: 'development', ...members })),
    ),
  ),
  must(
    'workflow-of-same-name-replaced',
    'created-readable',
    'createWorkflow',
    'A new workflow takes the place of the one that has its name.',
    () => ({
      perform: (call, run) => {
        if (!isTo('createWorkflow', call)) return run(call);
        const { workflows } = call.tenant;
        const { name } = sentMembers(call);
        const same = [...workflows.values()].find(({ members }) => members.name === name);
        const outcome = run(call);
        if (same !== undefined) workflows.delete(same.id);
        return outcome;
      },
    }),
  ),
  must(
    'array-taken-for-its-first',
    'createWorkflow/request',
    'createWorkflow',
    'An array is taken for the object that it holds.',
    () => ({
      answer: (call, run) => {
        if (!isTo('createWorkflow', call) || call.body.kind !== 'json') return run(call);
        const [first]: readonly unknown[] = Array.isArray(call.body.value) ? call.body.value : [];
        return run(isObject(first) ? { ...call, body: { kind: 'json', value: first } } : call);
      },
    }),
  ),
  must(
    'viewer-sets-schedule-alone',
    'role-enforced',
    'updateWorkflow',
    'A viewer may change the schedule, and nothing else with it.',
    skipping(
      'role',
      'updateWorkflow',
      (call) => call.actor.role === 'viewer' && Object.keys(sentMembers(call)).join() === 'schedule',
    ),
  ),
];
