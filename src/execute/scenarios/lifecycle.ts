/** What a resource that can be made goes through. */
import { holdsText, valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { requestOf } from '../../plan/request.ts';
import type { JsonValue } from '../../plan/types.ts';
import {
  anyValue,
  freeTexts,
  fullBody,
  leastBody,
  requestMembers,
  validBody,
  type JsonRecord,
} from '../../plan/valid-body.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { identify, readPlan, type Made } from '../fixtures.ts';
import { itemsWithIds, widestQuery, type Item } from '../listing.ts';
import { Inconclusive } from '../stop.ts';
import { ownIds, shows, versionIn } from './record.ts';
import { eventually, operationOfResource, resourceIn, type Scenario } from './scenario.ts';

const sentences = 'Grüße, 日本語のテキスト, العربية, हिन्दी, Ελληνικά, 🦊👩‍👩‍👧 and Ω≈ç√';

/** The body of a create with every member that needs no knowledge of the target. */
function everyMember(context: CaseContext, create: Operation): JsonRecord {
  const { contract, config } = context.run;
  const body = fullBody(contract, create, config.seed, context.id);
  const texts = new Set(
    freeTexts(contract, create)
      .filter(({ schema }) => schema['default'] === undefined)
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      texts.has(name) && typeof value === 'string' ? `${value} ${sentences}` : value,
    ]),
  );
}

interface Creation {
  readonly sent: Sent;
  readonly id: string | undefined;
  readonly marker: string;
  readonly body: JsonRecord;
}

async function createOnce(
  context: CaseContext,
  resource: Resource,
  create: Operation,
  by: string,
  body: JsonRecord,
  marker = context.run.nextMarker(),
): Promise<Creation> {
  const sent = await context.send(requestOf(create, by, { body }), { marker });
  const id = succeeded(sent) ? await identify(context.run, resource, bodyOf(sent), marker, by) : undefined;
  return { sent, id, marker, body };
}

/** The values of a body as they were sent: what a token stood for is not known here, so only plain members count. */
function plain(body: JsonRecord, marker: string): readonly (readonly [string, JsonValue])[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const filled = JSON.stringify(value).replaceAll('{{marker}}', marker);
    if (filled.includes('{{')) return [];
    const parsed: JsonValue = JSON.parse(filled);
    return [[name, parsed] as const];
  });
}

/** What is created is readable, is listed, and holds what was sent; twice is two. */
export const created: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const by = planned.credential;
  const marker = context.run.nextMarker();
  let body = everyMember(context, create);
  let first = await createOnce(context, resource, create, by, body, marker);
  if (!succeeded(first.sent) && statusOf(first.sent) === 400) {
    // What a free object must hold inside is left open, so a refusal of the full body says nothing yet.
    context.note('the body with every member was refused; the case goes on with the usual one');
    body = validBody(context.run.contract, create, context.run.config.seed, context.id);
    first = await createOnce(context, resource, create, by, body, marker);
  }
  if (!context.expectSuccess(first.sent, create, `${create.id}/success`)) return;
  if (first.id === undefined) {
    context.fail(
      'created-readable',
      'id',
      `The id of the new ${resource.id} is neither in the answer nor in the list.`,
      {
        expected: `an id at ${resource.idPaths.join(', ')} or in the one nested object that has one`,
        actual: 'none',
      },
      first.sent,
    );
    return;
  }
  await checkReadBack(context, resource, by, first, plain(body, marker));
  await checkListed(context, resource, by, first);
  await checkUnseen(context, resource, first);
  const least = leastBody(context.run.contract, create, context.run.config.seed, context.id);
  const [twin, alone] = [
    resource.cleanup === 'never' ? undefined : await createOnce(context, resource, create, by, body, marker),
    await createOnce(context, resource, create, by, least, marker),
  ];
  context.expectSuccess(
    alone.sent,
    create,
    `${create.id}/request`,
    'What is required alone is enough to make one.',
  );
  const second = twin ?? alone;
  if (!context.expectSuccess(second.sent, create, 'create-distinct')) return;
  if (second.id === first.id) {
    context.fail(
      'create-distinct',
      'id',
      `The same body sent twice made one ${resource.id}.`,
      {
        expected: 'two ids',
        actual: `${first.id} twice`,
      },
      second.sent,
    );
  }
};

async function checkReadBack(
  context: CaseContext,
  resource: Resource,
  by: string,
  creation: Creation,
  members: readonly (readonly [string, JsonValue])[],
): Promise<void> {
  if (resource.read === undefined || creation.id === undefined) return;
  const read = context.operation(resource.read);
  const sent = await context.send(readPlan(read, by, creation.id));
  if (
    !context.expectSuccess(sent, read, 'created-readable', `A created ${resource.id} can be read by its id.`)
  )
    return;
  checkOwnId(context, resource, creation.id, sent);
  for (const [name, value] of members) {
    const shown = shows(bodyOf(sent), name, value);
    if (shown === 'yes' || (shown === 'absent' && name !== resource.name)) continue;
    context.fail(
      'created-as-sent',
      'text',
      `The ${resource.id} does not hold the "${name}" that it was made with.`,
      {
        expected: JSON.stringify(value),
        actual: shown === 'absent' ? 'no such member' : JSON.stringify(valuesOf(bodyOf(sent), name)[0]),
      },
      sent,
    );
  }
}

/** The id that was asked for is the one that comes back, where the body gives itself an id. */
export function checkOwnId(context: CaseContext, resource: Resource, id: string, sent: Sent): void {
  const ids = ownIds(bodyOf(sent), resource);
  if (ids.length === 0 || ids.includes(id)) return;
  context.fail(
    'id-asked',
    'id',
    `Another ${resource.id} comes back than the one that was asked for.`,
    {
      expected: id,
      actual: ids.join(', '),
    },
    sent,
  );
}

async function listed(
  context: CaseContext,
  resource: Resource,
  by: string,
): Promise<{ sent: Sent; items: readonly Item[] }> {
  const list = operationOfResource(context, resource, 'list');
  const sent = await context.send(requestOf(list, by, { query: widestQuery(list) }));
  return { sent, items: itemsWithIds(bodyOf(sent), resource) };
}

async function checkListed(
  context: CaseContext,
  resource: Resource,
  by: string,
  creation: Creation,
): Promise<void> {
  if (resource.list === undefined) return;
  const readers = [...new Set([by, ...context.run.givenRoles().slice(0, 1)])];
  for (const reader of readers) {
    let last: { sent: Sent; items: readonly Item[] } | undefined;
    const there = await eventually(async () => {
      last = await listed(context, resource, reader);
      return last.items.some(({ id }) => id === creation.id);
    });
    const row = last?.items.find(({ id }) => id === creation.id);
    if (!there || row === undefined) {
      context.fail(
        'created-readable',
        'missing',
        `The new ${resource.id} is not in the list that ${reader} sees.`,
        {
          expected: `an item with the id ${creation.id ?? ''}`,
          actual: `${last?.items.length ?? 0} items without it`,
        },
        last?.sent,
      );
      return;
    }
    if (last !== undefined) {
      const list = operationOfResource(context, resource, 'list');
      if (!context.expectSuccess(last.sent, list, `${list.id}/success`)) return;
    }
    for (const [name, value] of plain(creation.body, creation.marker)) {
      if (typeof value !== 'string' || shows(row.value, name, value) !== 'no') continue;
      // A list may show a text in short; only what names the resource or its kind is shown whole.
      if (name !== resource.name && value.includes(' ')) continue;
      context.fail(
        'list-detail-agree',
        'disagreement',
        `The list shows another "${name}" than was sent.`,
        {
          expected: JSON.stringify(value),
          actual: JSON.stringify(valuesOf(row.value, name, 1)[0]),
        },
        last?.sent,
      );
    }
  }
}

/** What one organization makes is in no list of another. */
async function checkUnseen(context: CaseContext, resource: Resource, creation: Creation): Promise<void> {
  const others = Object.values(context.run.contract.credentials).filter(
    ({ id, kind }) => ['other-org', 'feature-disabled'].includes(kind) && context.run.keyring.given.has(id),
  );
  for (const { id: reader } of others) {
    const { sent, items } = await listed(context, resource, reader);
    // Another organization may use the same ids: what was made is known by its marker.
    if (!items.some(({ id, value }) => id === creation.id && holdsText(value, creation.marker))) continue;
    context.fail(
      'isolation',
      'leak',
      `The new ${resource.id} is in the list of another organization.`,
      {
        expected: `a list without ${creation.id ?? ''}`,
        actual: `${reader} sees it`,
      },
      sent,
    );
  }
}

/** Text of any script and size comes back as it was sent. */
export const textWhole: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const read = operationOfResource(context, resource, 'read');
  const by = planned.credential;
  const members = freeTexts(context.run.contract, create).map(({ name }) => name);
  const texts: Readonly<Record<string, string>> = {
    scripts: sentences,
    markup: `<b>bold</b> & &amp; "double" 'single' \\ back / %20 + $&`,
    lines: 'one\ntwo\n\nfour\twith a tab',
    long: `${'A long text, with ümlauts and 漢字. '.repeat(300)}end`,
  };
  const base = validBody(context.run.contract, create, context.run.config.seed, context.id);
  for (const [variant, value] of Object.entries(texts)) {
    const marker = context.run.nextMarker();
    const own = Object.fromEntries(members.map((name) => [name, `{{marker}} ${name} ${value}`]));
    const { sent, id } = await createOnce(context, resource, create, by, { ...base, ...own }, marker);
    if (!succeeded(sent) || id === undefined) {
      context.note(`text of the kind "${variant}" was refused (${described(sent)})`);
      continue;
    }
    const back = await context.send(readPlan(read, by, id));
    for (const name of members) {
      const expected = `${marker} ${name} ${value}`;
      if (shows(bodyOf(back), name, expected) !== 'no') continue;
      context.fail(
        'text-whole',
        'text',
        `The text of "${name}" (${variant}) does not come back as it was sent.`,
        {
          expected: JSON.stringify(expected).slice(0, 300),
          actual: JSON.stringify(valuesOf(bodyOf(back), name)[0]).slice(0, 300),
        },
        back,
      );
    }
  }
};

/** Creates at the same moment make a resource each, each with its own name. */
export const concurrentCreates: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const by = planned.credential;
  const body = validBody(context.run.contract, create, context.run.config.seed, context.id);
  const creations = await Promise.all(
    Array.from({ length: 6 }, () => createOnce(context, resource, create, by, body)),
  );
  const ids = new Map<string, string>();
  for (const { sent, id, marker } of creations) {
    if (!context.expectSuccess(sent, create, 'requests-independent') || id === undefined) continue;
    const twin = ids.get(id);
    if (twin !== undefined) {
      context.fail(
        'create-distinct',
        'id',
        `Two creates at the same moment made one ${resource.id}.`,
        {
          expected: 'an id for each create',
          actual: `${id} twice`,
        },
        sent,
      );
    }
    ids.set(id, marker);
  }
  if (resource.read === undefined) return;
  const read = context.operation(resource.read);
  for (const [id, marker] of ids) {
    const sent = await context.send(readPlan(read, by, id));
    if (!context.expectSuccess(sent, read, 'created-readable') || holdsText(bodyOf(sent), marker)) continue;
    context.fail(
      'requests-independent',
      'text',
      `A ${resource.id} that was made at the same moment as others holds another one's name.`,
      {
        expected: `a name with ${marker}`,
        actual: JSON.stringify(valuesOf(bodyOf(sent), resource.name ?? 'name')[0]),
      },
      sent,
    );
  }
};

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
    const before = await context.send(readPlan(read, by, made.id));
    if (!succeeded(before)) return;
    const value = `${context.run.nextMarker()} changed ${name}`;
    const sent = await context.send({
      ...requestOf(update, by, { body: { [name]: value } }),
      pathValues: readPlan(update, by, made.id).pathValues,
    });
    if (!context.expectSuccess(sent, update, 'update-persists')) return;
    const after = await context.send(readPlan(read, by, made.id));
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
    const value = anyValue(member);
    if (texts.has(member.name) || value === undefined || member.schema['x-reference'] === true) continue;
    if (member.name === resource.schedule) continue;
    const before = await context.send(readPlan(read, by, made.id));
    const sent = await context.send({
      ...requestOf(update, by, { body: { [member.name]: value } }),
      pathValues: readPlan(update, by, made.id).pathValues,
    });
    if (!succeeded(sent)) {
      context.note(`an update of "${member.name}" alone was refused (${described(sent)})`);
      continue;
    }
    const after = await context.send(readPlan(read, by, made.id));
    if (!context.expectSuccess(after, read, 'update-persists')) return;
    if (shows(bodyOf(after), member.name, value) === 'no') failLost(context, member.name, value, after);
    checkVersion(context, resource, { before, sent, after });
  }
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
  const sent = await context.send(readPlan(read, by, neighbour.id));
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

function checkVersion(
  context: CaseContext,
  resource: Resource,
  { before, sent, after }: Pick<Update, 'before' | 'sent' | 'after'>,
): void {
  if (resource.version === undefined) return;
  const old = JSON.stringify(versionIn(bodyOf(before), resource));
  const looks = [
    { where: 'in the answer to the update', look: sent },
    { where: 'read back', look: after },
  ];
  for (const { where, look } of looks) {
    const version = versionIn(bodyOf(look), resource);
    // That there is one at all is the schema's matter.
    if (version === undefined || version === null || JSON.stringify(version) !== old) continue;
    context.fail(
      'update-new-version',
      'state',
      `The update wrote no new version: ${resource.version} ${where} is the one before.`,
      {
        expected: `another ${resource.version} than ${old}`,
        actual: JSON.stringify(version),
      },
      look,
    );
  }
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
  const agrees = await eventually(async () => {
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
