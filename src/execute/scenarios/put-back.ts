/** Changing what the run cannot make: by an allowed role only, and put back as it was. */
import { createHash } from 'node:crypto';
import { valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { saysMissing } from '../../oracle/proof.ts';
import { planAt, requestOf } from '../../plan/request.ts';
import { asRecord } from '../../plan/valid-body.ts';
import { bodyOf, statusOf, succeeded, type CaseContext } from '../case-context.ts';
import { turnsOf } from '../fixtures.ts';
import { itemsWithIds, widestQuery } from '../listing.ts';
import { markIn } from '../marker.ts';
import { readAgain } from '../sure-read.ts';
import type { Inconclusive } from '../stop.ts';
import { checkRefusals } from './put-back-refusals.ts';
import { change, SteppedBack, type Subject } from './put-back-steps.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';

/** How many things are tried where other runs are at work on them. */
const mostTried = 4;

/** The name of a resource that the run cannot make is changed, read back, and put back. */
export const putBack: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  await context.run.fixtures.alone(turnsOf(resource), () => tryEach(context, resource, planned.credential));
};

/** The first thing on which no other run is at work is changed and put back. */
async function tryEach(context: CaseContext, resource: Resource, by: string): Promise<void> {
  const update = operationOfResource(context, resource, 'update');
  const names = await namesByList(context, resource);
  let inUse: Inconclusive | undefined;
  for (const id of await candidates(context, resource, names)) {
    const others = new Map([...names].filter(([other]) => other !== id));
    const subject = await subjectOf(context, resource, { update, by, id, others });
    if (subject === undefined) continue;
    try {
      return await changeAndPutBack(subject);
    } catch (error) {
      if (!(error instanceof SteppedBack)) throw error;
      inUse = error;
    }
  }
  if (inUse !== undefined) throw inUse;
  context.note(`no ${resource.id} shows a "${resource.name ?? 'name'}", so none is changed`);
}

/** The names of all that are listed, by id; none where the list cannot be read, or holds others than the usual one. */
async function namesByList(context: CaseContext, resource: Resource): Promise<ReadonlyMap<string, string>> {
  const { run } = context;
  const usual = await run.inventory.listedId(resource.id);
  const list = operationOfResource(context, resource, 'list');
  const lister = run.givenFor(list).at(-1);
  if (lister === undefined) return new Map();
  const sent = await readAgain(context, requestOf(list, lister, { query: widestQuery(list) }));
  const items = itemsWithIds(bodyOf(sent), resource);
  // Where a list has several arrays, only the one that the usual one stands in is known to be the right one.
  if (!items.some(({ id }) => id === usual)) return new Map();
  return new Map(
    items.flatMap(({ id, value }) => {
      const name = value[resource.name ?? ''];
      return typeof name === 'string' ? [[id, name] as const] : [];
    }),
  );
}

/**
 * Ids of things that may be changed: each run begins at another place of the list, and none takes what bears the mark
 * of a run.
 */
async function candidates(
  { run }: CaseContext,
  resource: Resource,
  names: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const free = [...names].flatMap(([id, name]) => (markIn(name) === undefined ? [id] : []));
  if (free.length === 0) return [await run.inventory.listedId(resource.id)];
  const start = createHash('sha256').update(run.config.runId).digest().readUInt32BE(0) % free.length;
  return [...free.slice(start), ...free.slice(0, start)].slice(0, mostTried);
}

async function subjectOf(
  context: CaseContext,
  resource: Resource,
  { update, by, id, others }: Pick<Subject, 'update' | 'by' | 'id' | 'others'>,
): Promise<Subject | undefined> {
  const read = operationOfResource(context, resource, 'read');
  const name = resource.name ?? 'name';
  const before = await context.send(planAt(read, by, id));
  // It may have gone since it was listed.
  if (saysMissing(context.run.contract, statusOf(before))) return undefined;
  const old = valuesOf(bodyOf(before), name).find((value) => typeof value === 'string');
  if (typeof old !== 'string' || markIn(old) !== undefined) return undefined;
  context.run.originals.refresh(resource, id, bodyOf(before));
  const flags = flagsOf(context, update, bodyOf(before), resource);
  return { context, resource, update, read, by, id, name, old, flags, others };
}

async function changeAndPutBack(subject: Subject): Promise<void> {
  const { context, resource, update, name, flags, id, by } = subject;
  const marker = context.run.nextMarker();
  const value = `${subject.old} ${marker} ümläut 漢字 🦊`;
  const flipped = Object.fromEntries(Object.entries(flags).map(([flag, was]) => [flag, !was]));
  try {
    if (!(await change(subject, { [name]: value }, `${update.id}/success`))) return;
    if (Object.keys(flipped).length > 0 && !(await change(subject, flipped, `${update.id}/success`))) return;
    // Once more with the flags the other way round: a name alone must leave them.
    const now = { [name]: `${value} again`, ...flipped };
    if (!(await change(subject, { [name]: now[name] ?? null }, 'update-persists'))) return;
    await checkOthers(subject, marker);
    if (context.run.givenFor(update)[0] === by) await checkRefusals(subject, now);
    const before = { ...asRecord(resource.unchanging ?? {}), [name]: subject.old, ...flags };
    await change(subject, before, 'update-persists');
  } finally {
    await context.run.originals.giveBack(resource, id);
  }
}

/** The flags of the update that the record shows and that can be flipped without hiding the resource. */
function flagsOf(
  context: CaseContext,
  update: Operation,
  body: unknown,
  resource: Resource,
): Readonly<Record<string, boolean>> {
  const names = Object.keys(context.run.contract.schemas[update.request ?? '']?.['properties'] ?? {});
  return Object.fromEntries(
    names.flatMap((flag) => {
      const [value] = valuesOf(body, flag);
      return typeof value === 'boolean' && !(flag in (resource.unchanging ?? {}))
        ? [[flag, value] as const]
        : [];
    }),
  );
}

/** No other item of the list bears what was sent for one: whatever else changes there is somebody else's doing. */
async function checkOthers(
  { context, resource, by, id, name, others }: Subject,
  marker: string,
): Promise<void> {
  const list = operationOfResource(context, resource, 'list');
  const sent = await context.send(requestOf(list, by, { query: widestQuery(list) }));
  if (!succeeded(sent)) return;
  const changed = itemsWithIds(bodyOf(sent), resource).flatMap((item) => {
    const now = item.value[name];
    return item.id !== id && typeof now === 'string' && now.includes(marker) ? [{ id: item.id, now }] : [];
  });
  const [first] = changed;
  if (first === undefined) return;
  context.fail(
    'update-persists',
    'effect',
    `Updating one ${resource.id} changed the "${name}" of another.`,
    { expected: `only ${id} with ${marker}`, actual: `${first.id}: ${JSON.stringify(first.now)}` },
    sent,
  );
  for (const { id: other, now } of changed) {
    const old = others.get(other);
    if (old === undefined || markIn(old) !== undefined) continue;
    context.run.originals.adopt(resource, other, { [name]: old }, { [name]: now });
    await context.run.originals.giveBack(resource, other);
  }
}
