/** The end of a resource: manual-only, then archived. */
import { valuesOf } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import { freeTexts, validBody, type JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { readPlan, type Made } from '../fixtures.ts';
import { itemsWithIds, widestQuery } from '../listing.ts';
import { Inconclusive } from '../stop.ts';
import { slugsFor } from './query-filters.ts';
import { eventually, operationOfResource, resourceIn, type Scenario } from './scenario.ts';

/** What is archived is gone from the list, for every role; nothing else is. */
export const archived: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const archive = operationOfResource(context, resource, 'archive');
  const by = planned.credential;
  const [gone, kept] = [
    await makeWithHistory(context, resource, by, parameters['history']),
    await context.run.fixtures.make(resource.id),
  ];
  const listedBefore = await eventually(async () => {
    const ids = await idsOf(context, resource, by);
    return ids.has(gone.id) && ids.has(kept.id);
  });
  const plan = { ...requestOf(archive, by), pathValues: readPlan(archive, by, gone.id).pathValues };
  const sent = await context.send(plan);
  if (!context.expectSuccess(sent, archive, `${archive.id}/success`)) return;
  for (const reader of context.run.givenRoles()) {
    if (await eventually(async () => !(await idsOf(context, resource, reader)).has(gone.id))) continue;
    context.fail(
      'archived-unlisted',
      'effect',
      `The archived ${resource.id} is still in the list that ${reader} sees.`,
      {
        expected: `no item with the id ${gone.id}`,
        actual: 'listed',
      },
      sent,
    );
    break;
  }
  if (listedBefore && !(await idsOf(context, resource, by)).has(kept.id)) {
    context.fail(
      'archived-unlisted',
      'effect',
      `Archiving one ${resource.id} took another one out of the list.`,
      {
        expected: `an item with the id ${kept.id}`,
        actual: 'not listed',
      },
      sent,
    );
  }
  await checkFilteredLists(context, resource, by, gone, sent);
  await checkOpenAnswers(context, resource, by, gone, plan);
};

/** One that is archived like any other, whatever became of it before. */
async function makeWithHistory(
  context: CaseContext,
  resource: Resource,
  by: string,
  history: unknown,
): Promise<Made> {
  const member = resource.schedule;
  if (history === 'scheduled' && member !== undefined) return makeScheduled(context, resource, member, by);
  const made = await context.run.fixtures.make(resource.id);
  if (history !== 'updated' || resource.update === undefined) return made;
  const update = context.operation(resource.update);
  const [text] = freeTexts(context.run.contract, update);
  if (text === undefined) return made;
  await context.send({
    ...requestOf(update, by, { body: { [text.name]: `${context.run.nextMarker()} before it is archived` } }),
    pathValues: readPlan(update, by, made.id).pathValues,
  });
  return made;
}

/** A filter brings nothing back that was archived. */
async function checkFilteredLists(
  context: CaseContext,
  resource: Resource,
  by: string,
  gone: Made,
  archiving: Sent,
): Promise<void> {
  const list = operationOfResource(context, resource, 'list');
  for (const parameter of queryParameters(list)) {
    for (const slug of (await slugsFor(context, parameter)).slice(0, 4)) {
      const sent = await context.send(requestOf(list, by, { query: [[parameter.name, slug]] }));
      if (!itemsWithIds(bodyOf(sent), resource).some(({ id }) => id === gone.id)) continue;
      context.fail(
        'archived-unlisted',
        'effect',
        `With ${parameter.name}=${slug} the archived ${resource.id} is listed.`,
        { expected: `no item with the id ${gone.id}`, actual: 'listed' },
        archiving,
      );
      return;
    }
  }
}

/** Whether it can still be read or archived again is left open: a 2xx or a 404, no more. */
async function checkOpenAnswers(
  context: CaseContext,
  resource: Resource,
  by: string,
  gone: Made,
  again: Parameters<CaseContext['send']>[0],
): Promise<void> {
  const read = operationOfResource(context, resource, 'read');
  for (const plan of [readPlan(read, by, gone.id), again]) {
    const sent = await context.send(plan);
    context.expect(sent, {
      answers: [{ status: '2xx' }, { status: '4xx' }],
      fact: 'no-server-error',
      says: `An archived ${resource.id} is read, or archived again, with a 2xx or a 4xx.`,
    });
  }
}

async function idsOf(context: CaseContext, resource: Resource, by: string): Promise<ReadonlySet<string>> {
  const list = operationOfResource(context, resource, 'list');
  const sent = await context.send(requestOf(list, by, { query: widestQuery(list) }));
  return new Set(itemsWithIds(bodyOf(sent), resource).map(({ id }) => id));
}

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
  const before = await context.send(readPlan(read, by, made.id));
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
  const without = await context.send(readPlan(read, by, plain.id));
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
  const sent = await context.send({
    ...requestOf(update, by, { body: { [member]: null } }),
    pathValues: readPlan(update, by, made.id).pathValues,
  });
  if (!context.expectSuccess(sent, update, 'schedule-null')) return;
  const after = await context.send(readPlan(read, by, made.id));
  if (!context.expectSuccess(after, read, 'schedule-null')) return;
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
  const update = operationOfResource(context, resource, 'update');
  const [text] = freeTexts(context.run.contract, update);
  if (text === undefined) return;
  const body = { [text.name]: `${context.run.nextMarker()} with its ${member}` };
  await context.send({
    ...requestOf(update, by, { body }),
    pathValues: readPlan(update, by, made.id).pathValues,
  });
  const after = await context.send(readPlan(operationOfResource(context, resource, 'read'), by, made.id));
  if (!succeeded(after) || !isManual(after, member)) return;
  context.fail(
    'update-persists',
    'effect',
    `An update that does not name the ${member} takes it away.`,
    { expected: `a ${member} that is not null`, actual: 'null' },
    after,
  );
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
  const sent = await context.send({
    ...requestOf(update, by, { body }),
    pathValues: readPlan(update, by, made.id).pathValues,
  });
  const after = await context.send(readPlan(operationOfResource(context, resource, 'read'), by, made.id));
  if (!succeeded(sent) || !succeeded(after) || !isManual(after, member)) return;
  context.fail(
    'update-persists',
    'effect',
    `The update of "${member}" does not persist.`,
    { expected: `a ${member} that is not null`, actual: 'null' },
    after,
  );
}

function isManual(sent: Sent, member: string): boolean {
  const values = valuesOf(bodyOf(sent), member);
  return values.length > 0 && values.every((value) => value === null);
}

async function makeScheduled(
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
