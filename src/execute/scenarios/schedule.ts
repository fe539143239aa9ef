/** A schedule: set, kept, and taken away. */
import { valuesOf } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { validBody, type JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt, type Made } from '../fixtures.ts';
import { Inconclusive } from '../stop.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';
import { checkVersion, updateText } from './updated.ts';

/** What a schedule holds is left open; these are offered, and what the target refuses is not insisted on. */
const schedules = [
  { cron: '0 6 * * *', timezone: 'UTC' },
  { kind: 'cron', expression: '0 6 * * *' },
  {},
] as const;

/** An update with `schedule: null` makes it manual-only. */
export const scheduleNull: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const member = resource.schedule ?? 'schedule';
  const update = operationOfResource(context, resource, 'update');
  const read = operationOfResource(context, resource, 'read');
  const by = planned.credential;
  const made = await makeScheduled(context, resource, member, by);
  const before = await context.send(planAt(read, by, made.id));
  if (made.body[member] !== undefined && succeeded(before) && isManual(before, member)) {
    context.fail(
      'created-as-sent',
      'state',
      `A ${resource.id} that was made with a ${member} is manual-only.`,
      {
        expected: `a ${member} that is not null`,
        actual: 'null',
      },
      before,
    );
  }
  const plain = await context.run.fixtures.make(resource.id, { by });
  const without = await context.send(planAt(read, by, plain.id));
  if (succeeded(without) && !valuesOf(bodyOf(without), member).includes(null)) {
    context.fail(
      'created-as-sent',
      'state',
      `A ${resource.id} that was made without a ${member} is not manual-only.`,
      { expected: 'null', actual: JSON.stringify(valuesOf(bodyOf(without), member)[0]) ?? 'no such member' },
      without,
    );
  }
  const schedule = made.body[member];
  if (schedule !== undefined) {
    await checkScheduleKept(context, resource, member, by, made);
    await checkScheduleSet(context, resource, plain, { [member]: schedule }, by);
  }
  const scheduled = await context.send(planAt(read, by, made.id));
  const sent = await context.send(planAt(update, by, made.id, { body: { [member]: null } }));
  if (!context.expectSuccess(sent, update, 'schedule-null')) return;
  const after = await context.send(planAt(read, by, made.id));
  if (!context.expectSuccess(after, read, 'schedule-null')) return;
  // Whether an edit that changes nothing writes a version is left open.
  if (schedule !== undefined) checkVersion(context, resource, { before: scheduled, sent, after });
  // Where a version is shown beside the record it may keep a schedule of its own.
  if (valuesOf(bodyOf(after), member).includes(null)) return;
  context.fail(
    'schedule-null',
    'effect',
    `The ${resource.id} still has a ${member}.`,
    {
      expected: 'null',
      actual: JSON.stringify(valuesOf(bodyOf(after), member)[0]) ?? `no member "${member}"`,
    },
    after,
  );
};

/** An update that does not name the schedule leaves it. */
async function checkScheduleKept(
  context: CaseContext,
  resource: Resource,
  member: string,
  by: string,
  made: Made,
): Promise<void> {
  if (!(await updateText(context, resource, made.id, by, `with its ${member}`))) return;
  const after = await context.send(planAt(operationOfResource(context, resource, 'read'), by, made.id));
  if (succeeded(after) && isManual(after, member)) {
    failManual(context, member, `An update that does not name the ${member} takes it away.`, after);
  }
}

/** One that was manual-only takes the schedule that another one was made with. */
async function checkScheduleSet(
  context: CaseContext,
  resource: Resource,
  made: Made,
  body: JsonRecord,
  by: string,
): Promise<void> {
  const [member = ''] = Object.keys(body);
  const update = operationOfResource(context, resource, 'update');
  const read = operationOfResource(context, resource, 'read');
  const before = await context.send(planAt(read, by, made.id));
  const sent = await context.send(planAt(update, by, made.id, { body }));
  const after = await context.send(planAt(read, by, made.id));
  if (!succeeded(sent) || !succeeded(after)) return;
  checkVersion(context, resource, { before, sent, after });
  if (isManual(after, member))
    failManual(context, member, `The update of "${member}" does not persist.`, after);
}

function failManual(context: CaseContext, member: string, message: string, after: Sent): void {
  const detail = { expected: `a ${member} that is not null`, actual: 'null' };
  context.fail('update-persists', 'effect', message, detail, after);
}

function isManual(sent: Sent, member: string): boolean {
  const values = valuesOf(bodyOf(sent), member);
  return values.length > 0 && values.every((value) => value === null);
}

/** One with a schedule, where the target takes one of those that are offered; else one without. */
export async function makeScheduled(
  context: CaseContext,
  resource: Resource,
  member: string,
  by: string,
): Promise<Made> {
  const create = operationOfResource(context, resource, 'create');
  const body = validBody(context.run.contract, create, context.run.config.seed, context.id);
  for (const schedule of schedules) {
    try {
      return await context.run.fixtures.make(resource.id, { by, body: { ...body, [member]: schedule } });
    } catch (error) {
      if (!(error instanceof Inconclusive)) throw error;
      context.note(`a ${member} of the form ${JSON.stringify(schedule)} was not taken`);
    }
  }
  return context.run.fixtures.make(resource.id, { by });
}
