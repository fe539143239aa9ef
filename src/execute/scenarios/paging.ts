/** The pages of a list. */
import { firstMember } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { pageParameters } from '../../plan/request.ts';
import { described, succeeded, type Sent } from '../case-context.ts';
import { widestQuery, type Item } from '../listing.ts';
import { whileStill } from '../steady-compare.ts';
import { Inconclusive } from '../stop.ts';
import { asked, listedResource, listRequest, richest, type Asked } from './query.ts';
import { walkPages, walkReadable, withQuery, type ListRequest, type Query, type Walk } from './pages.ts';
import type { Scenario } from './scenario.ts';
import { times } from './window.ts';

/** In so many still looks must a problem show: pages are several requests, and what happens between them is not seen. */
const rounds = 2;

/** Pages do not overlap, the first is what comes without a page, and together they are the whole list. */
export const page: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  await richest(a, resource);
  if (pageParameters(a.operation) === undefined) return;
  for (const size of [2, 5]) {
    const list = await smallEnough(a, resource, size);
    let problem = await lookThrough(a, list, size, await readWhole(a, list));
    // A page that is too long is one whatever happens meanwhile.
    for (let round = 0; problem?.moving === true && round < rounds; round++)
      problem = await lookThroughStill(a, resource, size);
    if (problem === undefined) continue;
    const { message, expected, actual, sent } = problem;
    context.fail(a.fact, 'page', message, { expected, actual }, sent);
    return;
  }
};

interface PageProblem {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly sent: Sent | undefined;
  /** Whether something that comes or goes meanwhile could bring it about. */
  readonly moving: boolean;
}

/** The most items whose pages of the smallest size are walked through to the end. */
const mostPages = 40;

/** Goes through the pages of the list, and through those of what one owner has where others keep the list moving. */
async function lookThroughStill(
  a: Asked,
  resource: Resource,
  size: number,
): Promise<PageProblem | undefined> {
  const wide = await smallEnough(a, resource, size);
  try {
    return await between(a, wide, size);
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
    const narrow = await quietest(a, resource, wide, size);
    if (narrow === undefined) throw error;
    return between(a, narrow, size);
  }
}

/** What is wrong with the pages, seen while the whole list was the same before and after. */
async function between(a: Asked, list: ListRequest, size: number): Promise<PageProblem | undefined> {
  return whileStill(a.context, {
    look: () => readWhole(a, list),
    same: (before, after) => idsInOrder(before) === idsInOrder(after),
    within: (whole) => lookThrough(a, list, size, whole),
  });
}

function readWhole({ context }: Asked, list: ListRequest): Promise<Walk> {
  return walkReadable(context, list, { size: 100, mostPages });
}

function idsInOrder({ items }: Walk): string {
  return items.map(({ id }) => id).join('\n');
}

async function lookThrough(
  { context, operation }: Asked,
  list: ListRequest,
  size: number,
  whole: Walk,
): Promise<PageProblem | undefined> {
  const walk = await walkPages(context, list, { size, mostPages });
  const [first] = walk.pages;
  if (first === undefined || !succeeded(first.sent))
    return {
      message: 'A page cannot be read.',
      expected: String(operation.success.status),
      actual: first === undefined ? 'no answer' : described(first.sent),
      sent: first?.sent,
      moving: false,
    };
  // Refused, while a smaller one was given: how large a page may be is left open.
  if (walk.size === undefined) return undefined;
  const tooLong = walk.pages.find(({ items }) => items.length > size);
  if (tooLong !== undefined) {
    return {
      message: 'A page holds more items than its size.',
      expected: `at most ${size}`,
      actual: String(tooLong.items.length),
      sent: tooLong.sent,
      moving: false,
    };
  }
  const sent = walk.pages.at(-1)?.sent;
  if (walk.repeated.length > 0) {
    return {
      message: 'Pages overlap.',
      expected: 'each item on one page',
      actual: `${walk.repeated[0] ?? ''} on two pages`,
      sent,
      moving: true,
    };
  }
  const lost = whole.items.find(({ id }) => !walk.items.some((item) => item.id === id));
  if (!whole.complete || !walk.complete || lost === undefined) return undefined;
  return {
    message: 'The pages do not add up to the whole list.',
    expected: `all ${whole.items.length} items`,
    actual: `${walk.items.length} items, without ${lost.id}`,
    sent,
    moving: true,
  };
}

/** The widest query; where that shows more than can be walked through, one owner's items. */
async function smallEnough(a: Asked, resource: Resource, size: number): Promise<ListRequest> {
  const list = listRequest(a, resource, widestQuery(a.operation));
  const all = await walkReadable(a.context, list, { size: 100, mostPages: 5 });
  if (all.complete && all.items.length <= size * mostPages) return list;
  const [owner] = ownersOf(resource, all.items);
  return owner === undefined ? list : withQuery(list, [owner]);
}

/** The list of the owner that has enough items for several pages and has got none for longest. */
async function quietest(
  a: Asked,
  resource: Resource,
  list: ListRequest,
  size: number,
): Promise<ListRequest | undefined> {
  const { items } = await walkReadable(a.context, list, { size: 100, mostPages: 5 });
  const owners = ownersOf(resource, items);
  const latest = (owner: Query[number]): number =>
    Math.max(...itemsOf(resource, items, owner).flatMap(({ value }) => times(value)), 0);
  const [best] = owners
    .filter((owner) => itemsOf(resource, items, owner).length > size)
    .toSorted((one, other) => latest(one) - latest(other));
  return best === undefined ? undefined : withQuery(list, [best]);
}

/** The owners of items, as the query that asks for what one of them has. */
function ownersOf({ belongsTo }: Resource, items: readonly Item[]): readonly Query[number][] {
  if (belongsTo === undefined) return [];
  const ids = items.flatMap((item) => firstText(item, belongsTo.member) ?? []);
  return [...new Set(ids)].map((id) => [belongsTo.parameter, id] as const);
}

function itemsOf({ belongsTo }: Resource, items: readonly Item[], [, id]: Query[number]): readonly Item[] {
  return items.filter((item) => firstText(item, belongsTo?.member ?? []) === id);
}

function firstText(item: Item, members: readonly string[]): string | undefined {
  const found = firstMember(item.value, members);
  return typeof found === 'string' ? found : undefined;
}
