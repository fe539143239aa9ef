/** Every item of a list, and the record behind it. */
import { firstMember, isObject, memberAt, valuesOf } from '../../check/members.ts';
import type { Contract, Operation, Resource } from '../../contract/types.ts';
import { documentedMembers } from '../../plan/documented-members.ts';
import { pathParameters } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { attempts, type Item } from '../listing.ts';
import { ownersIn } from './dispatch.ts';
import { checkOwnId } from './created.ts';
import { lastingDoubt } from '../steady-compare.ts';
import { readAgain } from '../sure-read.ts';
import { walkPages, walkReadable } from './pages.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';
import { hasTwice, readers } from './consistency.ts';

/** Every item on every page is as documented; no id comes twice. */
export const everyItem: Scenario = async (context, planned, parameters) => {
  const operation = context.operation(planned.operation);
  const resource = resourceIn(context, parameters);
  for (const query of attempts(operation)) {
    const list = { operation, resource, by: planned.credential, query };
    const walk = await walkPages(context, list, { mostPages: 20 });
    for (const { sent } of walk.pages) {
      if (!context.expectSuccess(sent, operation, `${operation.id}/success`)) return;
    }
    if (walk.pages.some(({ sent }) => hasTwice(context, operation, sent))) return;
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
  for (const [index, item] of items.entries()) {
    const by = roles[index % roles.length] ?? lister;
    await checkDetail(context, { list, lister, read, by, resource }, item);
    if (context.findings.some(({ level }) => level === 'must')) return;
  }
};

interface Pair {
  readonly list: Operation;
  readonly lister: string;
  readonly read: Operation;
  readonly by: string;
  readonly resource: Resource;
}

/** What is wrong with a record that a list shows, as findings; undefined where all is well. */
interface Trouble {
  /** Whether it stays whatever others do: what has ended does not change. */
  readonly settled: boolean;
  tell(): void;
}

/**
 * A record says what its row says. Both may be changed, and the record archived, between the two looks, and the list may
 * lag behind: so it counts only where it is so with each row that the list shows afterwards.
 */
async function checkDetail(context: CaseContext, pair: Pair, item: Item): Promise<void> {
  const first = await troubleWith(context, pair, item);
  if (first === undefined) return;
  if (first.settled) {
    first.tell();
    return;
  }
  const lasting = await lastingDoubt(context, async () => {
    const row = await freshRow(context, pair, item);
    const trouble = row === undefined ? undefined : await troubleWith(context, pair, row);
    return new Map(trouble === undefined ? [] : [[item.id, trouble]]);
  });
  lasting?.tell();
}

async function troubleWith(context: CaseContext, pair: Pair, item: Item): Promise<Trouble | undefined> {
  const { read, by, resource } = pair;
  const before = context.findings.length;
  const sent = await readAgain(context, planAt(read, by, item.id));
  const says = `What the list shows can be read: ${read.success.status}.`;
  const readable = context.expectSuccess(sent, read, 'list-detail-agree', says);
  if (readable && resource.read === read.id) checkOwnId(context, resource, item.id, sent);
  const found = context.findings.splice(before);
  const hygiene = found.filter(({ fact }) => fact !== 'list-detail-agree' && fact !== 'id-asked');
  // The same read is sent again and again: what is wrong with each answer is told once.
  const told = new Set(context.findings.map(({ message }) => message));
  context.findings.push(...hygiene.filter(({ message }) => !told.has(message)));
  const own = found.filter((finding) => !hygiene.includes(finding));
  if (own.some(({ level }) => level === 'must'))
    return { settled: readable, tell: () => context.findings.push(...own) };
  if (!readable) return undefined;
  const problem =
    otherThanRow(resource, item, bodyOf(sent)) ??
    (resource.read === read.id ? await disagreementNowOrLater(context, pair, item, sent) : undefined);
  if (problem === undefined) return undefined;
  return {
    settled: problem.member === resource.states?.member,
    tell: () =>
      context.fail(
        'list-detail-agree',
        'disagreement',
        `List and detail disagree about "${problem.member}".`,
        { expected: problem.listed, actual: problem.detail },
        sent,
      ),
  };
}

interface Disagreement {
  readonly member: string;
  readonly listed: string;
  readonly detail: string;
}

/** A member of a detail that says what a member of the row says, where both are there. */
function otherThanRow({ repeats = {} }: Resource, item: Item, detail: unknown): Disagreement | undefined {
  for (const [member, ofRow] of Object.entries(repeats)) {
    const [listed, shown] = [memberAt(item.value, ofRow), memberAt(detail, member)];
    if (typeof listed !== 'string' || shown === undefined || shown === null || shown === listed) continue;
    return { member, listed: JSON.stringify(listed), detail: JSON.stringify(shown) };
  }
  return undefined;
}

async function disagreementNowOrLater(
  context: CaseContext,
  { read, by, resource }: Pair,
  item: Item,
  sent: Sent,
): Promise<Disagreement | undefined> {
  return (
    disagreement(context.run.contract, resource, item, sent) ??
    (await laterDisagreement(context, read, by, resource, item))
  );
}

/** A record that has ended is read twice more: a state that flickers shows only now and then. */
async function laterDisagreement(
  context: CaseContext,
  read: Operation,
  by: string,
  resource: Resource,
  item: Item,
): Promise<Disagreement | undefined> {
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

/** What the list shows of an item now; undefined where it does not show it any more. */
async function freshRow(
  context: CaseContext,
  { list, lister, resource }: Pair,
  item: Item,
): Promise<Item | undefined> {
  for (const query of attempts(list)) {
    const walk = await walkReadable(
      context,
      { operation: list, resource, by: lister, query },
      { mostPages: 10 },
    );
    const row = walk.items.find(({ id }) => id === item.id);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** What a row and a record say differently: the name, the state where it is final, the owner. */
function disagreement(
  contract: Contract,
  resource: Resource,
  item: Item,
  sent: Sent,
): Disagreement | undefined {
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
): Disagreement | undefined {
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
