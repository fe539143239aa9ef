/** An update persists, leaves the rest as it was and writes a new version. */
import { holdsText, sameJson, valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { JsonValue } from '../../plan/types.ts';
import { anyValue, freeTexts, requestMembers } from '../../plan/valid-body.ts';
import { bodyOf, described, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt, type Made } from '../fixtures.ts';
import { type Item } from '../listing.ts';
import { Inconclusive } from '../stop.ts';
import { shows, versionIn } from './record.ts';
import { eventually } from '../steady-compare.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';
import { everyMember, listed, plain } from './created.ts';

/** An update persists and leaves the rest as it was; each writes a new version. */
export const updated: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const update = operationOfResource(context, resource, 'update');
  const read = operationOfResource(context, resource, 'read');
  const by = planned.credential;
  const made = await makeFull(context, resource, create, by);
  const neighbours = [
    await makeFull(context, resource, create, by),
    await context.run.fixtures.make(resource.id, { by }),
  ];
  const sentMembers = plain(made.body, made.marker);
  for (const { name } of freeTexts(context.run.contract, update)) {
    const before = await context.send(planAt(read, by, made.id));
    if (!succeeded(before)) return;
    const value = `${context.run.nextMarker()} changed "${name}", it's <b>new</b> & whole: ü 漢字 🦊`;
    const sent = await context.send(planAt(update, by, made.id, { body: { [name]: value } }));
    if (!context.expectSuccess(sent, update, 'update-persists')) return;
    const after = await context.send(planAt(read, by, made.id));
    if (!context.expectSuccess(after, read, 'update-persists')) return;
    checkUpdate(context, resource, { name, value, before, sent, after }, sentMembers);
    await checkListedName(context, resource, by, made, name, value);
  }
  await checkOtherMembers(context, resource, { update, read, by, made });
  for (const neighbour of neighbours) await checkUntouched(context, resource, read, by, neighbour);
};

/**
 * Each other member by an update of its own: what a free object must hold inside is left open, so it may be refused;
 * where it is taken, it writes a new version and can be read back.
 */
async function checkOtherMembers(
  context: CaseContext,
  resource: Resource,
  { update, read, by, made }: { update: Operation; read: Operation; by: string; made: Made },
): Promise<void> {
  const texts = new Set(freeTexts(context.run.contract, update).map(({ name }) => name));
  for (const member of requestMembers(context.run.contract, update)) {
    const value = otherThan(anyValue(member), made.body[member.name]);
    if (texts.has(member.name) || value === undefined || member.schema['x-reference'] === true) continue;
    if (member.name === resource.schedule) continue;
    const before = await context.send(planAt(read, by, made.id));
    const sent = await context.send(planAt(update, by, made.id, { body: { [member.name]: value } }));
    if (!succeeded(sent)) {
      context.note(`an update of "${member.name}" alone was refused (${described(sent)})`);
      continue;
    }
    const after = await context.send(planAt(read, by, made.id));
    if (!context.expectSuccess(after, read, 'update-persists')) return;
    if (shows(bodyOf(after), member.name, value) === 'no') failLost(context, member.name, value, after);
    // Whether an edit that changes nothing writes a version is left open.
    if (!isEmpty(value) && shows(bodyOf(before), member.name, value) !== 'yes')
      checkVersion(context, resource, { before, sent, after });
  }
}

/** Whether an edit that changes nothing writes a version is left open: a list is sent without its last item then. */
function otherThan(value: JsonValue | undefined, before: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || !sameJson(value, before)) return value;
  return Array.isArray(value) && value.length > 1 ? value.slice(0, -1) : undefined;
}

/** True for what may count as nothing: setting it where nothing was is no change. */
function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function failLost(context: CaseContext, name: string, value: JsonValue, after: Sent): void {
  context.fail(
    'update-persists',
    'effect',
    `The update of "${name}" does not persist.`,
    {
      expected: JSON.stringify(value),
      actual: JSON.stringify(valuesOf(bodyOf(after), name)[0]) ?? 'nothing',
    },
    after,
  );
}

/** An update changes the one that it names and no other. */
async function checkUntouched(
  context: CaseContext,
  resource: Resource,
  read: Operation,
  by: string,
  neighbour: Made,
): Promise<void> {
  const sent = await context.send(planAt(read, by, neighbour.id));
  if (!context.expectSuccess(sent, read, 'update-persists')) return;
  for (const [name, value] of plain(neighbour.body, neighbour.marker)) {
    if (typeof value !== 'string' || shows(bodyOf(sent), name, value) !== 'no') continue;
    context.fail(
      'update-persists',
      'effect',
      `Updating one ${resource.id} changed the "${name}" of another.`,
      {
        expected: JSON.stringify(value),
        actual: JSON.stringify(valuesOf(bodyOf(sent), name)[0]),
      },
      sent,
    );
    return;
  }
}

/** Changes the first text member that may be changed freely; gives false where there is none. */
export async function updateText(
  context: CaseContext,
  resource: Resource,
  id: string,
  by: string,
  words: string,
): Promise<boolean> {
  const update = operationOfResource(context, resource, 'update');
  const [text] = freeTexts(context.run.contract, update);
  if (text === undefined) return false;
  await context.send(
    planAt(update, by, id, { body: { [text.name]: `${context.run.nextMarker()} ${words}` } }),
  );
  return true;
}

async function makeFull(
  context: CaseContext,
  resource: Resource,
  create: Operation,
  by: string,
): Promise<Made> {
  const { fixtures } = context.run;
  try {
    return await fixtures.make(resource.id, { by, body: everyMember(context, create) });
  } catch (error) {
    if (error instanceof Inconclusive) return fixtures.make(resource.id, { by });
    throw error;
  }
}

interface Update {
  readonly name: string;
  readonly value: string;
  readonly before: Sent;
  readonly sent: Sent;
  readonly after: Sent;
}

function checkUpdate(
  context: CaseContext,
  resource: Resource,
  { name, value, before, sent, after }: Update,
  sentMembers: readonly (readonly [string, JsonValue])[],
): void {
  if (
    shows(bodyOf(after), name, value) === 'no' ||
    (name === resource.name && shows(bodyOf(after), name, value) === 'absent')
  ) {
    context.fail(
      'update-persists',
      'effect',
      `The update of "${name}" does not persist.`,
      {
        expected: JSON.stringify(value),
        actual: JSON.stringify(valuesOf(bodyOf(after), name)[0]),
      },
      after,
    );
  }
  for (const [other] of sentMembers) {
    if (other === name) continue;
    const was = valuesOf(bodyOf(before), other);
    const kept =
      was.length === 0 || was.some((one) => valuesOf(bodyOf(after), other).some((now) => sameText(one, now)));
    if (kept) continue;
    context.fail(
      'update-persists',
      'effect',
      `The update of "${name}" changed "${other}", which it does not name.`,
      {
        expected: JSON.stringify(was[0]),
        actual: JSON.stringify(valuesOf(bodyOf(after), other)[0]) ?? 'nothing',
      },
      after,
    );
  }
  checkVersion(context, resource, { before, sent, after });
}

/** Lists and objects may be given new ids with each version: then the texts inside must still be there. */
function sameText(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || before === null) return before === after;
  if (typeof after !== 'object' || after === null) return false;
  return textsOf(before).every((leaf) => holdsText(after, leaf));
}

/** The texts in a value that a person wrote: ids and times of its parts may change with each version. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** An update writes a new version: the one in its answer, and the one read back, are not the one before. */
export function checkVersion(
  context: CaseContext,
  resource: Resource,
  { before, sent, after }: Pick<Update, 'before' | 'sent' | 'after'>,
): void {
  if (resource.version === undefined) return;
  const old = versionIn(bodyOf(before), resource);
  const looks = [
    { where: 'in the answer to the update', look: sent },
    { where: 'read back', look: after },
  ];
  for (const { where, look } of looks) {
    const version = versionIn(bodyOf(look), resource);
    // That there is one at all is the schema's matter.
    if (version === undefined || version === null || !sameJson(version, old)) continue;
    context.fail(
      'update-new-version',
      'state',
      `The update wrote no new version: ${resource.version} ${where} is the one before.`,
      {
        expected: `another ${resource.version} than ${JSON.stringify(old)}`,
        actual: JSON.stringify(version),
      },
      look,
    );
  }
  checkVersionRead(context, resource, sent, after);
}

/** The version that is read is the one that the update gave, where both are shown as a number or a text. */
function checkVersionRead(context: CaseContext, resource: Resource, sent: Sent, after: Sent): void {
  const [given, shown] = [versionIn(bodyOf(sent), resource), versionIn(bodyOf(after), resource)];
  const comparable =
    typeof given === typeof shown && (typeof given === 'number' || typeof given === 'string');
  if (!comparable || given === shown) return;
  context.fail(
    'update-new-version',
    'state',
    `Another ${resource.version ?? 'version'} is read than the update gave.`,
    { expected: JSON.stringify(given), actual: JSON.stringify(shown) },
    after,
  );
}

async function checkListedName(
  context: CaseContext,
  resource: Resource,
  by: string,
  made: Made,
  name: string,
  value: string,
): Promise<void> {
  if (name !== resource.name || resource.list === undefined) return;
  let last: { sent: Sent; items: readonly Item[] } | undefined;
  const agrees = await eventually(context, async () => {
    last = await listed(context, resource, by);
    const row = last.items.find(({ id }) => id === made.id);
    return row !== undefined && shows(row.value, name, value) !== 'no';
  });
  if (agrees) return;
  context.fail(
    'list-detail-agree',
    'disagreement',
    `The list does not show the ${resource.id} with its new "${name}".`,
    {
      expected: JSON.stringify(value),
      actual: 'another one, or no such item',
    },
    last?.sent,
  );
}
