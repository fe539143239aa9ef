import { operations } from '../operations/index.ts';
import type { Defect } from './defect.ts';
import { inputs, isTo, must, omit, records, sentMembers, withMembers, withParameter } from './hooking.ts';
import { afterUpdate, storing, undone } from './lifecycle-hooks.ts';

const updating: readonly Defect[] = [
  must(
    'update-not-kept',
    'update-persists',
    'updateWorkflow',
    'An update is answered and not kept.',
    undone('updateWorkflow'),
  ),
  must(
    'update-drops-others',
    'update-persists',
    'updateWorkflow',
    'An update drops the description that it does not name.',
    inputs('updateWorkflow', (call) => withMembers(call, (members) => ({ description: null, ...members }))),
  ),
  must(
    'update-drops-schedule',
    'update-persists',
    'updateWorkflow',
    'An update that names no schedule drops it.',
    inputs('updateWorkflow', (call) => withMembers(call, (members) => ({ schedule: null, ...members }))),
  ),
  must(
    'update-name-only-shown',
    'update-persists',
    'updateWorkflow',
    'A new name is answered and not kept.',
    () => ({
      perform: (call, run) => {
        const outcome = run(
          isTo('updateWorkflow', call) ? withMembers(call, (members) => omit(members, 'name')) : call,
        );
        const { name } = sentMembers(call);
        return isTo('updateWorkflow', call) && outcome.kind === 'record' && name !== undefined
          ? { ...outcome, record: { ...outcome.record, name } }
          : outcome;
      },
    }),
  ),
  must(
    'update-of-another',
    'update-persists',
    'updateWorkflow',
    'An update changes the oldest workflow.',
    inputs('updateWorkflow', (call) =>
      withParameter(call, 'workflowId', [...call.tenant.workflows.keys()][0] ?? ''),
    ),
  ),
  must(
    'topic-not-kept',
    'update-persists',
    'updateTopic',
    'A new label is answered and not kept.',
    undone('updateTopic'),
  ),
  must(
    'topic-flag-not-kept',
    'update-persists',
    'updateTopic',
    'is_unmet_demand is not kept.',
    storing('updateTopic', (members) => omit(members, 'is_unmet_demand')),
  ),
  must(
    'topic-flag-reset',
    'update-persists',
    'updateTopic',
    'A new label turns the flag around.',
    inputs('updateTopic', (call) =>
      withMembers(call, (members) => {
        const topic = call.tenant.topics.get(call.parameters['topicId'] ?? '');
        return { ...members, is_unmet_demand: members['is_unmet_demand'] ?? topic?.isUnmetDemand === false };
      }),
    ),
  ),
  must(
    'version-stays',
    'update-new-version',
    'updateWorkflow',
    'An update writes no new version.',
    afterUpdate(({ version, ...workflow }) => ({ ...workflow, version: version - 1 })),
  ),
  must(
    'version-answered-old',
    'update-new-version',
    'updateWorkflow',
    'The version before the update is answered.',
    records('updateWorkflow', (record) => ({
      ...record,
      currentVersion: Number(record['currentVersion']) - 1,
    })),
  ),
  must(
    'version-answered-null',
    'update-new-version',
    'updateWorkflow',
    'The answer to an update has currentVersion null.',
    records('updateWorkflow', (record) => ({ ...record, currentVersion: null })),
  ),
  must(
    'version-read-old',
    'update-new-version',
    'getWorkflow',
    'A read shows the version before the last.',
    records('getWorkflow', (record) => ({ ...record, currentVersion: Number(record['currentVersion']) - 1 })),
  ),
  must(
    'schedule-null-disregarded',
    'schedule-null',
    'updateWorkflow',
    'A schedule stays when it is set to null.',
    storing('updateWorkflow', (members) =>
      members['schedule'] === null ? omit(members, 'schedule') : members,
    ),
  ),
  must(
    'schedule-null-empty',
    'schedule-null',
    'updateWorkflow',
    'A schedule that is set to null becomes an empty one.',
    storing('updateWorkflow', (members) =>
      members['schedule'] === null ? { ...members, schedule: {} } : members,
    ),
  ),
  must(
    'schedule-null-answered-only',
    'schedule-null',
    'getWorkflow',
    'A read shows the schedule that was set to null.',
    () => {
      const schedules = new Map<unknown, unknown>();
      return {
        perform: (call, run) => {
          const outcome = run(call);
          if (outcome.kind !== 'record' || !isTo(['createWorkflow', 'getWorkflow'], call)) return outcome;
          const { id, schedule } = outcome.record;
          if (schedule !== null) schedules.set(id, schedule);
          return { ...outcome, record: { ...outcome.record, schedule: schedules.get(id) ?? null } };
        },
      };
    },
  ),
];

const archiving: readonly Defect[] = [
  must(
    'archived-stays-listed',
    'archived-unlisted',
    'archiveWorkflow',
    'An archived workflow stays in the list.',
    undone('archiveWorkflow'),
  ),
  must(
    'archived-listed-by-category',
    'archived-unlisted',
    'listWorkflows',
    'With a category, archived workflows are listed.',
    () => ({
      perform: (call, run, deployment) => {
        if (!isTo('listWorkflows', call) || !(call.query.has('category') || call.query.has('categorySlug')))
          return run(call);
        const workflows = new Map(
          [...call.tenant.workflows].map(([id, workflow]) => [id, { ...workflow, archivedAt: null }]),
        );
        return (
          operations['listWorkflows']?.({ ...call, tenant: { ...call.tenant, workflows } }, deployment) ??
          run(call)
        );
      },
    }),
  ),
  must(
    'archive-of-another',
    'archived-unlisted',
    'archiveWorkflow',
    'The workflow that is archived is another one.',
    inputs('archiveWorkflow', (call) =>
      withParameter(call, 'workflowId', [...call.tenant.workflows.keys()][1] ?? ''),
    ),
  ),
];

/** Defects of updating and archiving. */
export const updateDefects: readonly Defect[] = [...updating, ...archiving];
