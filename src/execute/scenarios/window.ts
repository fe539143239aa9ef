/** Windows of time. */
import { isObject } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { bodyOf, succeeded, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import type { Item } from '../listing.ts';
import { beginningWith, missingItem } from '../steady-compare.ts';
import { walkPages, walkReadable, type Walk } from './pages.ts';
import { asked, listedResource, listRequest, type Asked } from './query.ts';
import type { Scenario } from './scenario.ts';

const day = 24 * 60 * 60 * 1000;

/** The length of a window such as `24h` or `30d`, in ms. */
function windowMs(value: string): number | undefined {
  const match = /^(\d+)([hd])$/.exec(value);
  return match === null ? undefined : Number(match[1]) * (match[2] === 'h' ? day / 24 : day);
}

/** A window and what it showed first. */
interface Window {
  readonly value: string;
  readonly lengthMs: number;
  readonly walk: Walk;
  readonly look: () => Promise<Walk>;
}

interface WindowProblem {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly sent: Sent | undefined;
}

/** A shorter window holds nothing that is long past, and nothing that a longer one does not hold. */
export const timeWindow: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const problem = await compareWindows(a, resource);
  if (problem === undefined) return;
  const { message, expected, actual, sent } = problem;
  context.fail(a.fact, 'filter', message, { expected, actual }, sent);
};

async function compareWindows(a: Asked, resource: Resource): Promise<WindowProblem | undefined> {
  const windows = await readWindows(a, resource);
  for (const [index, window] of windows.entries()) {
    const past = await longPast(a, resource, window);
    if (past !== undefined) {
      return {
        message: `${a.parameter.name}=${window.value} gives what is long past.`,
        expected: `within ${window.value}`,
        actual: `${past.item.id}: ${past.latest}`,
        sent: window.walk.pages[0]?.sent,
      };
    }
    const longer = windows[index + 1];
    const problem = longer === undefined ? undefined : await compareTwo(a, window, longer);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The length of a window, in ms; what is not understood counts as the longest. */
function lengthOf(value: string): number {
  return windowMs(value) ?? Infinity;
}

/** The windows that are documented, the shortest first; none where one of them cannot be read. */
async function readWindows(a: Asked, resource: Resource): Promise<readonly Window[]> {
  const windows: Window[] = [];
  for (const value of (a.parameter.values ?? []).toSorted((x, y) => lengthOf(x) - lengthOf(y))) {
    const list = listRequest(a, resource, [[a.parameter.name, value]]);
    const options = { size: 100, mostPages: 25 };
    const walk = await walkPages(a.context, list, options);
    const [first] = walk.pages;
    if (first === undefined || !succeeded(first.sent)) return [];
    const look = (): Promise<Walk> => walkReadable(a.context, list, options);
    windows.push({ value, lengthMs: lengthOf(value), walk, look });
  }
  return windows;
}

/** A walk that came to the end of its list; undefined for one that did not. */
async function whole(look: () => Promise<Walk>): Promise<Walk | undefined> {
  const walk = await look();
  return walk.complete ? walk : undefined;
}

async function compareTwo(a: Asked, shorter: Window, longer: Window): Promise<WindowProblem | undefined> {
  // The shorter window was looked at before the longer one.
  const inLonger = beginningWith(longer.walk, longer.look);
  const lost = await missingItem(a.context, {
    shown: beginningWith(shorter.walk, shorter.look),
    lacking: () => whole(inLonger),
  });
  if (lost !== undefined) {
    return {
      message: `${a.parameter.name}=${longer.value} does not hold what ${shorter.value} holds.`,
      expected: lost.item.id,
      actual: `${lost.look.items.length} items without it`,
      sent: lost.look.pages[0]?.sent,
    };
  }
  const missed = await missingItem(a.context, {
    shown: beginningWith(longer.walk, longer.look),
    lacking: () => whole(shorter.look),
    counts: (item) => isRecent(item, shorter.lengthMs),
  });
  if (missed === undefined) return undefined;
  return {
    message: `${a.parameter.name}=${shorter.value} does not hold what is recent.`,
    expected: missed.item.id,
    actual: `${missed.look.items.length} items without it`,
    sent: missed.look.pages[0]?.sent,
  };
}

/**
 * An item all of whose times are older than twice the window: which of them the window counts from is left open,
 * so one recent time is enough. The record itself is asked as well.
 */
async function longPast(
  a: Asked,
  resource: Resource,
  { walk, lengthMs }: Window,
): Promise<{ item: Item; latest: string } | undefined> {
  const before = Date.now() - 2 * lengthMs;
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
function isRecent({ value }: Item, lengthMs: number): boolean {
  const since = Date.now() - lengthMs / 2;
  const all = times(value);
  return all.length > 0 && all.every((time) => time > since);
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
