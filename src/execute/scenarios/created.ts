/** What is created is readable, is listed and holds what was sent. */
import { isRefusal } from '../../check/answer.ts';
import { holdsText, valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { requestOf } from '../../plan/request.ts';
import type { JsonValue } from '../../plan/types.ts';
import {
  freeTexts,
  fullBody,
  leastBody,
  validBody,
  withValuesAt,
  type JsonRecord,
} from '../../plan/valid-body.ts';
import { bodyOf, type CaseContext, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { widestQuery, type Item } from '../listing.ts';
import { createdIds } from '../ledger.ts';
import { eventually } from '../steady-compare.ts';
import { walkReadable } from './pages.ts';
import { ownIds, shows } from './record.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';

export const sentences = 'Grüße, 日本語のテキスト, العربية, हिन्दी, Ελληνικά, 🦊👩‍👩‍👧 and Ω≈ç√';

/** The body of a create with every member that needs no knowledge of the target. */
export function everyMember(context: CaseContext, create: Operation): JsonRecord {
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

/** Creates one with the given body; its id is looked for where the answer leaves it open. */
export async function createOnce(
  context: CaseContext,
  create: Operation,
  by: string,
  body: JsonRecord,
  marker = context.run.nextMarker(),
): Promise<Creation> {
  const sent = await context.send(requestOf(create, by, { body }), { marker });
  // What is not the run's own is only read.
  return { sent, id: context.run.ownership.claimOf(sent)?.id, marker, body };
}

/** The values of a body as they were sent: what a token stood for is not known here, so only plain members count. */
export function plain(body: JsonRecord, marker: string): readonly (readonly [string, JsonValue])[] {
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
  // Other documented values than the usual ones, so that a target which ignores them shows it.
  let body = withValuesAt(context.run.contract, create, everyMember(context, create), 1);
  let first = await createOnce(context, create, by, body, marker);
  if (isRefusal(first.sent.outcome)) {
    // What a free object must hold inside is left open, so a refusal of the full body says nothing yet.
    context.note('the body with every member was refused; the case goes on with the usual one');
    body = validBody(context.run.contract, create, context.run.config.seed, context.id);
    first = await createOnce(context, create, by, body, marker);
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
  if (createdIds(bodyOf(first.sent), resource).length === 0) {
    context.fail(
      `${create.id}/success`,
      'id',
      `The answer does not tell the id of the new ${resource.id}, which its list shows.`,
      { expected: first.id, actual: 'none' },
      first.sent,
    );
  }
  await checkReadBack(context, resource, by, first, plain(body, marker));
  const required = leastBody(context.run.contract, create, context.run.config.seed, context.id);
  const name = resource.name === undefined ? undefined : body[resource.name];
  const least = {
    ...required,
    ...(resource.name === undefined || name === undefined ? {} : { [resource.name]: name }),
  };
  let alone = await createOnce(context, create, by, least, marker);
  const isTaken = isRefusal(alone.sent.outcome);
  if (isTaken) {
    context.note('the name was refused the second time: whether one may be given twice is left open');
    alone = await createOnce(context, create, by, least);
  }
  context.expectSuccess(
    alone.sent,
    create,
    `${create.id}/request`,
    'What is required alone is enough to make one.',
  );
  const repeats = !isTaken && resource.cleanup !== 'never';
  const twin = repeats ? await createOnce(context, create, by, body, marker) : alone;
  if (!checkDistinct(context, create, resource, first, twin)) return;
  // Others of the same name leave the first one as it is.
  await checkReadBack(context, resource, by, first, plain(body, marker));
  // Lists may lag behind: they are waited for at the same time.
  const shown = alone.id === undefined || alone.id === first.id ? [first] : [first, alone];
  await Promise.all(shown.map((creation) => checkListed(context, resource, by, creation)));
  await checkUnseen(context, resource, first);
};

/** Each create makes one of its own; gives false where this one was not answered as a success. */
function checkDistinct(
  context: CaseContext,
  create: Operation,
  resource: Resource,
  first: Creation,
  second: Creation,
): boolean {
  if (!context.expectSuccess(second.sent, create, 'create-distinct')) return false;
  if (second.id !== first.id) return true;
  context.fail(
    'create-distinct',
    'id',
    `Two creates made one ${resource.id}.`,
    { expected: 'two ids', actual: `${first.id} twice` },
    second.sent,
  );
  return true;
}

async function checkReadBack(
  context: CaseContext,
  resource: Resource,
  by: string,
  creation: Creation,
  members: readonly (readonly [string, JsonValue])[],
): Promise<void> {
  if (resource.read === undefined || creation.id === undefined) return;
  const read = context.operation(resource.read);
  const sent = await context.send(planAt(read, by, creation.id));
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

/**
 * The list of a resource as a credential sees it, by its widest query where no other is given. Throws Inconclusive where
 * it cannot be read: then nothing is in it and nothing is missing.
 */
export async function listed(
  context: CaseContext,
  resource: Resource,
  by: string,
  query = widestQuery(operationOfResource(context, resource, 'list')),
): Promise<{ sent: Sent; items: readonly Item[] }> {
  const list = operationOfResource(context, resource, 'list');
  const walk = await walkReadable(context, { operation: list, resource, by, query });
  const [first] = walk.pages;
  if (first === undefined) throw new Error(`a walk through ${list.id} has no page`);
  return { sent: first.sent, items: walk.items };
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
    const there = await eventually(context, async () => {
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
