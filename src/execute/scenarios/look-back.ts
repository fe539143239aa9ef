/** A look back at the end of a run: what was refused is not there now either. */
import type { Resource } from '../../contract/types.ts';
import type { CaseContext } from '../case-context.ts';
import type { Item } from '../listing.ts';
import type { RefusedWrite } from '../refused-writes.ts';
import { eventually } from '../steady-compare.ts';
import { NotApplicable } from '../stop.ts';
import { listed } from './created.ts';
import type { Scenario } from './scenario.ts';

/** What lists showed too late for the cases themselves: nothing of it was made, and nothing of it is gone. */
export const lookBack: Scenario = async (context) => {
  const { run } = context;
  const byResource = new Map<Resource, RefusedWrite[]>();
  for (const write of run.refusedWrites.all) {
    const resource = run.contract.resources[write.resource];
    if (resource?.list === undefined) continue;
    byResource.set(resource, [...(byResource.get(resource) ?? []), write]);
  }
  if (byResource.size === 0)
    throw new NotApplicable('no write was refused whose effect a list could show', undefined);
  for (const [resource, writes] of byResource) await lookFor(context, resource, writes);
};

async function lookFor(
  context: CaseContext,
  resource: Resource,
  writes: readonly RefusedWrite[],
): Promise<void> {
  const by = context.run.givenFor(context.operation(resource.list ?? '')).at(-1);
  if (by === undefined) return;
  await untilCaughtUp(context, resource, by);
  const { sent, items } = await listed(context, resource, by);
  const text = JSON.stringify(items.map(({ value }) => value));
  const ids = new Set(items.map(({ id }) => id));
  const removed = new Set(context.run.ledger.entries.flatMap((entry) => (entry.removed ? [entry.id] : [])));
  const done = writes.filter((write) =>
    write.kind === 'create' ? text.includes(write.marker) : !ids.has(write.id) && !removed.has(write.id),
  );
  const [first] = done;
  if (first === undefined) return;
  context.fail(
    'refused-without-effect',
    'effect',
    first.kind === 'create'
      ? `A refused write made a ${resource.id} all the same: it is in the list at the end of the run.`
      : `A refused write took a ${resource.id} out of the list all the same.`,
    {
      expected:
        first.kind === 'create' ? `no ${resource.id} named "${first.marker}"` : `${first.id} in the list`,
      actual: `so it is after ${first.caseId}${done.length > 1 ? ` and ${done.length - 1} others` : ''}`,
    },
    sent,
  );
}

/** Waits until the list shows what the run made last of it and did not archive: then it shows what came before. */
async function untilCaughtUp(context: CaseContext, resource: Resource, by: string): Promise<void> {
  const own = context.run.ledger.entries.filter((entry) => entry.resource === resource.id && !entry.removed);
  const newest = own.at(-1);
  if (newest === undefined) return;
  const shows = (items: readonly Item[]): boolean => items.some(({ id }) => id === newest.id);
  await eventually(context, async () => shows((await listed(context, resource, by)).items));
}
