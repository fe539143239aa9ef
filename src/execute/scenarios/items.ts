/** Every item of a list, and the record behind it. */
import { firstMember, isObject, valuesOf } from '../../check/members.ts';
import type { Contract, Operation, Resource } from '../../contract/types.ts';
import { documentedMembers } from '../../plan/documented-members.ts';
import { pathParameters } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { attempts, type Item } from '../listing.ts';
import { ownersIn } from './dispatch.ts';
import { checkOwnId } from './created.ts';
import { walkPages } from './pages.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';
import { readers } from './consistency.ts';

/** Every item on every page is as documented; no id comes twice. */
export const everyItem: Scenario = async (context, planned, parameters) => {
  const operation = context.operation(planned.operation);
  const resource = resourceIn(context, parameters);
  for (const query of attempts(operation)) {
    const walk = await walkPages(context, operation, resource, planned.credential, query, { mostPages: 20 });
    for (const { sent } of walk.pages) {
      if (!context.expectSuccess(sent, operation, `${operation.id}/success`)) return;
    }
    for (const { items, sent } of walk.pages) {
      const ids = items.map(({ id }) => id);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice === undefined) continue;
      context.fail(
        'read-stable',
        'page',
        'The same item comes twice in one answer.',
        {
          expected: 'each item once',
          actual: `${twice} twice`,
        },
        sent,
      );
      return;
    }
    if (walk.items.length > 0) return;
  }
};

/** The most details that are read one by one. */
const mostDetails = 16;

/** What is listed can be read, and says of itself what the list says. */
export const everyDetail: Scenario = async (context, planned, parameters) => {
  const { run } = context;
  const read = context.operation(planned.operation);
  const resource = resourceIn(context, parameters);
  const list = operationOfResource(context, resource, 'list');
  const roles = readers(context, read);
  const lister = run.givenFor(list).at(-1);
  if (lister === undefined) return;
  const finished = pathParameters(read).some(({ state }) => state !== undefined);
  // Lists with several arrays keep their items in one that the inventory has chosen.
  const all = (await run.inventory.items(resource.id)).filter(
    ({ value }) => !finished || isFinished(resource, value),
  );
  const trusted = all[0] === undefined ? undefined : await run.inventory.listedId(resource.id, finished);
  const items = trusted === undefined || all.some(({ id }) => id === trusted) ? telling(all, resource) : [];
  const own = resource.read === read.id;
  for (const [index, item] of items.entries()) {
    const by = roles[index % roles.length] ?? lister;
    const sent = await context.send(planAt(read, by, item.id));
    if (
      !context.expectSuccess(
        sent,
        read,
        'list-detail-agree',
        `What the list shows can be read: ${read.success.status}.`,
      )
    ) {
      if (await stillListed(context, list, resource, lister, item)) return;
      context.findings.splice(0);
      continue;
    }
    if (!own) continue;
    checkOwnId(context, resource, item.id, sent);
    const problem =
      disagreement(context.run.contract, resource, item, sent) ??
      (await laterDisagreement(context, read, by, resource, item));
    // What has ended does not change, so that one look is enough.
    const settled = problem !== undefined && problem.member === resource.states?.member;
    if (
      problem !== undefined &&
      (settled || (await disagreesAgain(context, list, resource, read, lister, item)))
    ) {
      context.fail(
        'list-detail-agree',
        'disagreement',
        `List and detail disagree about "${problem.member}".`,
        {
          expected: problem.listed,
          actual: problem.detail,
        },
        sent,
      );
    }
    if (context.findings.length > 0) return;
  }
};

/** A record that has ended is read twice more: a state that flickers shows only now and then. */
async function laterDisagreement(
  context: CaseContext,
  read: Operation,
  by: string,
  resource: Resource,
  item: Item,
): Promise<ReturnType<typeof disagreement>> {
  if (resource.states === undefined || !isFinished(resource, item.value)) return undefined;
  for (let look = 0; look < 2; look++) {
    const sent = await context.send(planAt(read, by, item.id));
    const problem = succeeded(sent) ? disagreement(context.run.contract, resource, item, sent) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Two items of each state, and others from the beginning, the middle and the end. */
function telling(items: readonly Item[], resource: Resource): readonly Item[] {
  const member = resource.states?.member;
  if (member === undefined) return spread(items, mostDetails);
  const ofEach = [...new Set(items.map(({ value }) => value[member]))].flatMap((state) =>
    items.filter(({ value }) => value[member] === state).slice(0, 2),
  );
  return [...new Set([...ofEach, ...spread(items, Math.max(2, mostDetails - ofEach.length))])];
}

function isFinished(resource: Resource, value: unknown): boolean {
  const { states } = resource;
  return (
    states === undefined || states.terminal.includes(String(isObject(value) ? value[states.member] : ''))
  );
}

/** Items from the beginning, the middle and the end. */
function spread(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, index) => items[Math.floor((index * (items.length - 1)) / (most - 1))],
  ).filter((item) => item !== undefined);
}

async function freshRow(
  context: CaseContext,
  list: Operation,
  resource: Resource,
  by: string,
  item: Item,
): Promise<Item | undefined> {
  for (const query of attempts(list)) {
    const walk = await walkPages(context, list, resource, by, query, { mostPages: 10 });
    const row = walk.items.find(({ id }) => id === item.id);
    if (row !== undefined) return row;
  }
  return undefined;
}

async function stillListed(
  context: CaseContext,
  list: Operation,
  resource: Resource,
  by: string,
  item: Item,
): Promise<boolean> {
  return (await freshRow(context, list, resource, by, item)) !== undefined;
}

/** What a row and a record say differently: the name, the state where it is final, the owner. */
function disagreement(
  contract: Contract,
  resource: Resource,
  item: Item,
  sent: Sent,
): { member: string; listed: string; detail: string } | undefined {
  const body = bodyOf(sent);
  const { name, states, belongsTo } = resource;
  if (name !== undefined) {
    const listed = item.value[name];
    const shown = valuesOf(body, name).filter((one) => typeof one === 'string');
    if (typeof listed === 'string' && shown.length > 0 && !shown.includes(listed)) {
      return { member: name, listed: JSON.stringify(listed), detail: JSON.stringify(shown[0]) };
    }
  }
  if (states !== undefined) {
    const listed = item.value[states.member];
    const shown = valuesOf(body, states.member, 2).filter((one) => typeof one === 'string');
    if (
      typeof listed === 'string' &&
      states.terminal.includes(listed) &&
      shown.length > 0 &&
      !shown.includes(listed)
    ) {
      return { member: states.member, listed, detail: String(shown[0]) };
    }
  }
  const differing = differingWord(contract, resource, item, body);
  if (differing !== undefined) return differing;
  if (belongsTo !== undefined) {
    const listed = firstMember(item.value, belongsTo.member);
    const shown = ownersIn(body, resource);
    if (typeof listed === 'string' && shown.length > 0 && !shown.includes(listed)) {
      return { member: belongsTo.resource, listed, detail: shown.join(', ') };
    }
  }
  return undefined;
}

const isoTime = /^\d{4}-\d{2}-\d{2}/;

/**
 * A word (no prose, which a list may shorten, and no time) that row and record show under the same name, but not the
 * same.
 */
function differingWord(
  contract: Contract,
  resource: Resource,
  item: Item,
  body: unknown,
): { member: string; listed: string; detail: string } | undefined {
  const documented = documentedMembers(contract, resource);
  const moving = resource.states?.member;
  for (const [member, listed] of Object.entries(item.value)) {
    // What a member is for that no page names is the target's own matter.
    if (!documented.has(member)) continue;
    // A state moves while it is looked at; one that is final is compared by itself.
    if (
      member === moving ||
      typeof listed !== 'string' ||
      listed === '' ||
      /\s/.test(listed) ||
      isoTime.test(listed)
    )
      continue;
    const shown = valuesOf(body, member, 2).filter((one) => typeof one === 'string');
    if (shown.length > 0 && !shown.includes(listed)) {
      return { member, listed: JSON.stringify(listed), detail: JSON.stringify(shown[0]) };
    }
  }
  return undefined;
}

async function disagreesAgain(
  context: CaseContext,
  list: Operation,
  resource: Resource,
  read: Operation,
  by: string,
  item: Item,
): Promise<boolean> {
  const row = await freshRow(context, list, resource, by, item);
  if (row === undefined) return true;
  const sent = await context.send(planAt(read, by, item.id));
  return !succeeded(sent) || disagreement(context.run.contract, resource, row, sent) !== undefined;
}
