/** Changing what the run cannot make: by an allowed role only, and put back as it was. */
import { valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { deniedCredentials, requestOf } from '../../plan/request.ts';
import type { JsonValue, Presented } from '../../plan/types.ts';
import { asRecord, type JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, described, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt, turnsOf } from '../fixtures.ts';
import { itemsWithIds, widestQuery } from '../listing.ts';
import { shows } from './record.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';

interface Subject {
  readonly context: CaseContext;
  readonly resource: Resource;
  readonly update: Operation;
  readonly read: Operation;
  readonly by: string;
  readonly id: string;
  /** The member that holds the name, and what it was. */
  readonly name: string;
  readonly old: string;
}

/** The name of a resource that the run cannot make is changed, read back, and put back. */
export const putBack: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  await context.run.fixtures.alone(turnsOf(resource), async () => {
    const subject = await subjectOf(context, resource, planned.credential);
    if (subject !== undefined) await changeAndPutBack(subject);
  });
};

async function subjectOf(context: CaseContext, resource: Resource, by: string): Promise<Subject | undefined> {
  const read = operationOfResource(context, resource, 'read');
  const name = resource.name ?? 'name';
  const id = await context.run.inventory.listedId(resource.id);
  const before = await context.send(planAt(read, by, id));
  const old = valuesOf(bodyOf(before), name).find((value) => typeof value === 'string');
  if (typeof old !== 'string') {
    context.note(`the ${resource.id} shows no "${name}", so it is not changed`);
    return undefined;
  }
  return {
    context,
    resource,
    update: operationOfResource(context, resource, 'update'),
    read,
    by,
    id,
    name,
    old,
  };
}

function write(
  subject: Subject,
  body: JsonValue,
  presented: Presented = { credential: subject.by, form: 'bearer' },
): Promise<Sent> {
  const { context, update, id } = subject;
  return context.send(planAt(update, presented.credential, id, { body, form: presented.form }));
}

async function changeAndPutBack(subject: Subject): Promise<void> {
  const { context, resource, update, name, old, by } = subject;
  const others = await namesOfOthers(subject);
  const first = await context.send(planAt(subject.read, by, subject.id));
  const flags = flagsOf(context, update, bodyOf(first), resource);
  const value = `${old} ${context.run.nextMarker()} ümläut 漢字 🦊`;
  try {
    const sent = await write(subject, { [name]: value });
    if (!context.expectSuccess(sent, update, `${update.id}/success`)) return;
    await checkChanged(subject, { [name]: value, ...flags.before });
    if (Object.keys(flags.flipped).length > 0) {
      const flipped = await write(subject, flags.flipped);
      if (!context.expectSuccess(flipped, update, `${update.id}/success`)) return;
      await checkChanged(subject, { [name]: value, ...flags.flipped });
    }
    // Once more with the flags the other way round: a name alone must leave them.
    const now = { [name]: `${value} again`, ...flags.flipped };
    if (
      !context.expectSuccess(await write(subject, { [name]: now[name] ?? null }), update, 'update-persists')
    )
      return;
    await checkChanged(subject, now);
    await checkOthers(subject, others);
    if (context.run.givenFor(update)[0] === by) await checkRefusals(subject, now, flags.before);
  } finally {
    await write(subject, { ...asRecord(resource.unchanging ?? {}), [name]: old, ...flags.before });
  }
  await checkChanged(subject, { [name]: old, ...flags.before });
}

/** The flags of the update that the record shows and that can be flipped without hiding the resource. */
function flagsOf(
  context: CaseContext,
  update: Operation,
  body: unknown,
  resource: Resource,
): { before: JsonRecord; flipped: JsonRecord } {
  const names = Object.keys(context.run.contract.schemas[update.request ?? '']?.['properties'] ?? {});
  const shown = names.flatMap((flag) => {
    const [value] = valuesOf(body, flag);
    return typeof value === 'boolean' && !(flag in (resource.unchanging ?? {}))
      ? [[flag, value] as const]
      : [];
  });
  return {
    before: Object.fromEntries(shown),
    flipped: Object.fromEntries(shown.map(([flag, value]) => [flag, !value])),
  };
}

async function checkChanged({ context, read, by, id }: Subject, expected: JsonRecord): Promise<void> {
  const after = await context.send(planAt(read, by, id));
  if (!context.expectSuccess(after, read, 'update-persists')) return;
  for (const [name, value] of Object.entries(expected)) {
    if (shows(bodyOf(after), name, value) !== 'no') continue;
    context.fail(
      'update-persists',
      'effect',
      `The update of "${name}" does not persist, or changed what it does not name.`,
      { expected: JSON.stringify(value), actual: JSON.stringify(valuesOf(bodyOf(after), name)[0]) },
      after,
    );
  }
}

/** The names of the other items of the list, by id. */
async function namesOfOthers({
  context,
  resource,
  by,
  id,
  name,
}: Subject): Promise<ReadonlyMap<string, unknown>> {
  const list = operationOfResource(context, resource, 'list');
  const sent = await context.send(requestOf(list, by, { query: widestQuery(list) }));
  const items = itemsWithIds(bodyOf(sent), resource).filter((item) => item.id !== id);
  return new Map(items.map((item) => [item.id, item.value[name]]));
}

async function checkOthers(subject: Subject, before: ReadonlyMap<string, unknown>): Promise<void> {
  const after = await namesOfOthers(subject);
  for (const [id, name] of before) {
    if (!after.has(id) || after.get(id) === name) continue;
    subject.context.fail(
      'update-persists',
      'effect',
      `Updating one ${subject.resource.id} changed the name of another.`,
      {
        expected: `${id}: ${JSON.stringify(name)}`,
        actual: JSON.stringify(after.get(id)) ?? 'nothing',
      },
    );
    return;
  }
}

interface Refusal {
  readonly what: string;
  readonly presented: Presented;
  readonly body: JsonValue;
}

/**
 * Writes that must be refused and have no effect. What they ask for is what the resource was before the run: on a
 * target that carries them out, they do no more than put it back.
 * @param now what the resource holds at the moment
 * @param flags what its flags were before
 */
async function checkRefusals(subject: Subject, now: JsonRecord, flags: JsonRecord): Promise<void> {
  const { context, resource } = subject;
  for (const { what, presented, body } of refusals(subject, flags)) {
    if (context.run.keyring.show(presented) === undefined) continue;
    const sent = await write(subject, body, presented);
    const after = bodyOf(await context.send(planAt(subject.read, subject.by, subject.id)));
    const changed = Object.entries(now).find(([member, value]) => shows(after, member, value) === 'no');
    if (!succeeded(sent) && changed === undefined) continue;
    const [member, value] = changed ?? Object.entries(now)[0] ?? ['', null];
    context.fail(
      'refused-without-effect',
      'effect',
      succeeded(sent)
        ? `A write ${what} is not refused.`
        : `A refused write ${what} changed the ${resource.id} all the same.`,
      {
        expected: `${member}: ${JSON.stringify(value)}`,
        actual: succeeded(sent) ? described(sent) : JSON.stringify(valuesOf(after, member)[0]),
      },
      sent,
    );
    await write(subject, now);
  }
}

function refusals({ context, update, by, name, old }: Subject, flags: JsonRecord): readonly Refusal[] {
  const { contract, keyring } = context.run;
  const body = { [name]: old };
  const others = Object.values(contract.credentials).filter(
    ({ kind, id }) => kind !== 'role' && keyring.given.has(id),
  );
  const denied = deniedCredentials(contract, update).filter((id) => keyring.given.has(id));
  return [
    ...denied.flatMap((credential) =>
      Object.entries(flags).map(([flag, value]) => ({
        what: `of "${flag}" alone with the key of ${credential}`,
        presented: { credential, form: 'bearer' },
        body: { [flag]: value },
      })),
    ),
    ...[...denied, ...others.map(({ id }) => id)].map((credential) => ({
      what: `with the key of ${credential}`,
      presented: { credential, form: 'bearer' },
      body,
    })),
    ...['none', 'garbage', 'wrong-secret', 'basic', 'header-x-api-key'].map((form) => ({
      what: `with a bad credential (${form})`,
      presented: { credential: by, form },
      body,
    })),
    ...Object.entries(contract.schemas[update.request ?? '']?.['properties'] ?? {}).flatMap(([member]) =>
      member === name
        ? []
        : [
            {
              what: `with an object at "${member}"`,
              presented: { credential: by, form: 'bearer' },
              body: { ...body, [member]: {} },
            },
          ],
    ),
  ];
}
