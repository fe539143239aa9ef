/** Pages and windows of time. */
import { isObject } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { pageParameters } from '../../plan/request.ts';
import { bodyOf, succeeded, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { widestQuery, type Item } from '../listing.ts';
import { asked, listedResource, richest, type Asked } from './query.ts';
import { walkPages, type Query, type Walk } from './pages.ts';
import type { Scenario } from './scenario.ts';

const rounds = 3;

/** Pages do not overlap, the first is what comes without a page, and together they are the whole list. */
export const page: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  await richest(a, resource);
  for (const size of [2, 5]) {
    let problem: PageProblem | undefined;
    // What is there may change while it is paged through: a problem counts when it comes every time.
    for (let round = 0; round < rounds; round++) {
      problem = await lookThrough(a, resource, size);
      if (problem === undefined) break;
    }
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
}

/** The most items whose pages of the smallest size are walked through to the end. */
const mostPages = 40;

async function lookThrough(a: Asked, resource: Resource, size: number): Promise<PageProblem | undefined> {
  const { context, operation, by } = a;
  const paging = pageParameters(operation);
  if (paging === undefined) return undefined;
  const query = await smallEnough(a, resource, size);
  const whole = await walkPages(context, operation, resource, by, query, { size: 100, mostPages });
  const walk = await walkPages(context, operation, resource, by, query, { size, mostPages });
  const [first] = walk.pages;
  if (first === undefined || !succeeded(first.sent))
    return {
      message: 'A page cannot be read.',
      expected: String(operation.success.status),
      actual: 'another answer',
      sent: first?.sent,
    };
  const tooLong = walk.pages.find(({ items }) => items.length > size);
  if (tooLong !== undefined) {
    return {
      message: 'A page holds more items than its size.',
      expected: `at most ${size}`,
      actual: String(tooLong.items.length),
      sent: tooLong.sent,
    };
  }
  if (walk.repeated.length > 0) {
    return {
      message: 'Pages overlap.',
      expected: 'each item on one page',
      actual: `${walk.repeated[0] ?? ''} on two pages`,
      sent: walk.pages.at(-1)?.sent,
    };
  }
  const lost = whole.items.filter(({ id }) => !walk.items.some((item) => item.id === id));
  if (whole.complete && walk.complete && lost.length > 0) {
    return {
      message: 'The pages do not add up to the whole list.',
      expected: `all ${whole.items.length} items`,
      actual: `${walk.items.length} items, without ${lost[0]?.id ?? ''}`,
      sent: walk.pages.at(-1)?.sent,
    };
  }
  return undefined;
}

/** The widest query; where that shows more than can be walked through, one owner's items. */
async function smallEnough(a: Asked, resource: Resource, size: number): Promise<Query> {
  const query = widestQuery(a.operation);
  const all = await walkPages(a.context, a.operation, resource, a.by, query, { size: 100, mostPages: 5 });
  if (all.complete && all.items.length <= size * mostPages) return query;
  const owner = resource.belongsTo;
  const [item] = all.items;
  const id = owner && item && firstText(item, owner.member);
  return owner === undefined || id === undefined ? query : [...query, [owner.parameter, id]];
}

function firstText(item: Item, members: readonly string[]): string | undefined {
  return members.map((member) => item.value[member]).find((value) => typeof value === 'string');
}

const day = 24 * 60 * 60 * 1000;

/** The length of a window such as `24h` or `30d`, in ms. */
export function windowMs(value: string): number | undefined {
  const match = /^(\d+)([hd])$/.exec(value);
  return match === null ? undefined : Number(match[1]) * (match[2] === 'h' ? day / 24 : day);
}

/** A shorter window holds nothing that is long past, and nothing that a longer one does not hold. */
export const timeWindow: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  let problem: PageProblem | undefined;
  for (let round = 0; round < 2; round++) {
    problem = await compareWindows(a, resource);
    if (problem === undefined) return;
  }
  if (problem === undefined) return;
  const { message, expected, actual, sent } = problem;
  context.fail(a.fact, 'filter', message, { expected, actual }, sent);
};

async function compareWindows(a: Asked, resource: Resource): Promise<PageProblem | undefined> {
  const values = (a.parameter.values ?? []).toSorted((x, y) => (windowMs(x) ?? 0) - (windowMs(y) ?? 0));
  const walks: { value: string; walk: Walk }[] = [];
  for (const value of values) {
    const walk = await walkPages(a.context, a.operation, resource, a.by, [[a.parameter.name, value]], {
      size: 100,
      mostPages: 25,
    });
    const [first] = walk.pages;
    if (first === undefined || !succeeded(first.sent)) return undefined;
    walks.push({ value, walk });
  }
  for (const [index, { value, walk }] of walks.entries()) {
    const past = await longPast(a, resource, walk, windowMs(value) ?? Infinity);
    if (past !== undefined) {
      return {
        message: `${a.parameter.name}=${value} gives what is long past.`,
        expected: `within ${value}`,
        actual: `${past.item.id}: ${past.latest}`,
        sent: walk.pages[0]?.sent,
      };
    }
    const longer = walks[index + 1];
    if (longer === undefined || !longer.walk.complete) continue;
    const lost = walk.items.find(({ id }) => !longer.walk.items.some((item) => item.id === id));
    if (lost !== undefined) {
      return {
        message: `${a.parameter.name}=${longer.value} does not hold what ${value} holds.`,
        expected: lost.id,
        actual: `${longer.walk.items.length} items without it`,
        sent: longer.walk.pages[0]?.sent,
      };
    }
    const missed = recentMissing(walk, longer.walk, windowMs(value) ?? 0);
    if (missed !== undefined) {
      return {
        message: `${a.parameter.name}=${value} does not hold what is recent.`,
        expected: missed.id,
        actual: `${walk.items.length} items without it`,
        sent: walk.pages[0]?.sent,
      };
    }
  }
  return undefined;
}

/**
 * An item all of whose times are older than twice the window: which of them the window counts from is left open,
 * so one recent time is enough. The record itself is asked where the list shows no time.
 */
async function longPast(
  a: Asked,
  resource: Resource,
  walk: Walk,
  length: number,
): Promise<{ item: Item; latest: string } | undefined> {
  const before = Date.now() - 2 * length;
  let asks = 0;
  for (const item of walk.items) {
    if (times(item.value).some((time) => time >= before)) continue;
    if (resource.read === undefined || asks >= 5) continue;
    asks++;
    const read = a.context.operation(resource.read);
    const sent = await a.context.send(planAt(read, a.by, item.id));
    const all = [...times(item.value), ...times(bodyOf(sent))];
    if (succeeded(sent) && all.length > 0 && all.every((time) => time < before)) {
      return { item, latest: new Date(Math.max(...all)).toISOString() };
    }
  }
  return undefined;
}

/** An item whose every time is well within the window belongs into it, whichever time counts. */
function recentMissing(walk: Walk, longer: Walk, length: number): Item | undefined {
  if (!walk.complete) return undefined;
  const since = Date.now() - length / 2;
  return longer.items.find(({ id, value }) => {
    const all = times(value);
    return all.length > 0 && all.every((time) => time > since) && !walk.items.some((item) => item.id === id);
  });
}

const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** The times that a value shows, in ms since 1970, at most three objects deep. */
export function times(value: unknown, depth = 3): readonly number[] {
  if (typeof value === 'string' && isoTime.test(value)) {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? [] : [parsed];
  }
  if (depth === 0 || !isObject(value)) return [];
  return Object.values(value).flatMap((child) => times(child, depth - 1));
}
