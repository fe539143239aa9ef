/** The end of a resource: archived. */
import type { Resource } from '../../contract/types.ts';
import { queryParameters } from '../../plan/request.ts';
import type { CaseContext, Sent } from '../case-context.ts';
import { planAt, type Made } from '../fixtures.ts';
import { widestQuery } from '../listing.ts';
import { eventually } from '../steady-compare.ts';
import { listed } from './created.ts';
import { slugsFor } from './query-filters.ts';
import { makeScheduled } from './schedule.ts';
import { updateText } from './updated.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';

/** What is archived is gone from the list, for every role; nothing else is. */
export const archived: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const archive = operationOfResource(context, resource, 'archive');
  const by = planned.credential;
  const [gone, kept] = [
    await makeWithHistory(context, resource, by, parameters['history']),
    await context.run.fixtures.make(resource.id),
  ];
  const listedBefore = await eventually(context, async () => {
    const ids = await idsOf(context, resource, by);
    return ids.has(gone.id) && ids.has(kept.id);
  });
  const plan = planAt(archive, by, gone.id);
  const sent = await context.send(plan);
  if (!context.expectSuccess(sent, archive, `${archive.id}/success`)) return;
  for (const reader of context.run.givenRoles()) {
    if (await eventually(context, async () => !(await idsOf(context, resource, reader)).has(gone.id)))
      continue;
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
  const isKept = async (): Promise<boolean> => (await idsOf(context, resource, by)).has(kept.id);
  if (listedBefore && !(await eventually(context, isKept))) {
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
  if (history === 'updated' && resource.update !== undefined) {
    await updateText(context, resource, made.id, by, 'before it is archived');
  }
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
      const query = [...widestQuery(list), [parameter.name, slug] as const];
      if (await eventually(context, async () => !(await idsOf(context, resource, by, query)).has(gone.id)))
        continue;
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
  for (const plan of [planAt(read, by, gone.id), again]) {
    const sent = await context.send(plan);
    context.expect(sent, {
      answers: await context.lawfulFor(plan, { id: 'archived' }),
      fact: 'no-server-error',
      says: `An archived ${resource.id} is read, or archived again, with a 2xx or a 4xx.`,
    });
  }
}

async function idsOf(
  context: CaseContext,
  resource: Resource,
  by: string,
  query = widestQuery(operationOfResource(context, resource, 'list')),
): Promise<ReadonlySet<string>> {
  const { items } = await listed(context, resource, by, query);
  return new Set(items.map(({ id }) => id));
}
