/** Walking through the pages of a list whose envelope, page size and first page are left open. */
import { isRefusal } from '../../check/answer.ts';
import { saysNothing } from '../../check/gateway.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { pageParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, described, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { itemsWithIds, type Item } from '../listing.ts';
import { sameIds } from '../steady-compare.ts';
import { Inconclusive } from '../stop.ts';
import { readAgain } from '../sure-read.ts';

export type Query = readonly (readonly [string, string])[];

/** A list as one credential asks for it. */
export interface ListRequest {
  readonly operation: Operation;
  readonly resource: Resource;
  readonly by: string;
  readonly query: Query;
}

export interface Walk {
  readonly items: readonly Item[];
  readonly pages: readonly Page[];
  /** False where the walk stopped before the end of the list: at its limit, or where a page could not be read. */
  readonly complete: boolean;
  /** Ids that came on more than one page. */
  readonly repeated: readonly string[];
  /** The page size that was asked for and given; absent where none was asked for, and where it was refused. */
  readonly size?: number;
}

export interface Page {
  readonly sent: Sent;
  readonly items: readonly Item[];
}

export interface WalkOptions {
  readonly size?: number;
  readonly mostPages?: number;
}

/** A page of this size is small enough for every target to give; how large one may be is left open. */
export const mostCertainSize = 2;

/**
 * All pages of a list, to the first empty page, the first page without a new id, or the limit. A list without
 * paging is one page. Gives the first page alone where it does not succeed.
 */
export async function walkPages(
  context: CaseContext,
  list: ListRequest,
  options: WalkOptions = {},
): Promise<Walk> {
  const paging = pageParameters(list.operation);
  const size = paging === undefined ? undefined : options.size;
  const sized =
    paging === undefined || size === undefined ? list : withQuery(list, [[paging.size, String(size)]]);
  const first = await readPage(context, sized);
  if (!succeeded(first.sent)) {
    // How large a page may be is left open: where the size is refused, the target's own is taken.
    const { size: _, ...rest } = options;
    if (size !== undefined && size > mostCertainSize && isRefusal(first.sent.outcome))
      return walkPages(context, list, rest);
    return { items: [], pages: [first], complete: false, repeated: [] };
  }
  const walked = (pages: readonly Page[], complete: boolean): Walk => ({
    ...summarize(pages, complete),
    ...(size === undefined ? {} : { size }),
  });
  if (paging === undefined) return walked([first], true);
  const base = await firstPage(context, sized, first.items);
  const pages = [first];
  const seen = new Set(first.items.map(({ id }) => id));
  for (let number = base + 1; pages.length < (options.mostPages ?? 20); number++) {
    const page = await readPage(context, withQuery(sized, [[paging.page, String(number)]]));
    // Behind the last page a refusal is lawful; what could not be answered is no end.
    if (saysNothing(page.sent.outcome)) return walked(pages, false);
    if (!succeeded(page.sent) || page.items.length === 0) return walked(pages, true);
    // A page of nothing new is the end: what a page behind the last one holds is left open.
    const fresh = page.items.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return walked(pages, true);
    pages.push(page);
    for (const { id } of fresh) seen.add(id);
  }
  return walked(pages, false);
}

/** All pages of a list that can be read. Throws Inconclusive where its first page does not come. */
export async function walkReadable(
  context: CaseContext,
  list: ListRequest,
  options?: WalkOptions,
): Promise<Walk> {
  const walk = await walkPages(context, list, options);
  const [first] = walk.pages;
  if (first !== undefined && succeeded(first.sent)) return walk;
  throw new Inconclusive(
    `the list cannot be read: ${list.operation.method} ${list.operation.path} got ${first === undefined ? 'no answer' : described(first.sent)}`,
    `See the access cases of ${list.operation.id}.`,
  );
}

/** A list that is asked with more. */
export function withQuery(list: ListRequest, more: Query): ListRequest {
  return { ...list, query: [...list.query, ...more] };
}

async function readPage(
  context: CaseContext,
  { operation, resource, by, query }: ListRequest,
): Promise<Page> {
  const sent = await readAgain(context, requestOf(operation, by, { query }));
  return { sent, items: succeeded(sent) ? itemsWithIds(bodyOf(sent), resource) : [] };
}

/**
 * The number of the first page, which is left open: 1 where page 1 is what comes without a page, else 0. It is found
 * out once; where something new came in between, by which of the two has more of the first page.
 */
async function firstPage(context: CaseContext, list: ListRequest, first: readonly Item[]): Promise<number> {
  const { firstPages } = context.run;
  const known = firstPages.get(list.operation.id);
  const page = pageParameters(list.operation)?.page;
  if (known !== undefined) return known;
  if (page === undefined || first.length === 0) return 1;
  const one = await readPage(context, withQuery(list, [[page, '1']]));
  const zero = sameIds(one.items, first)
    ? undefined
    : await readPage(context, withQuery(list, [[page, '0']]));
  const number = zero !== undefined && common(zero.items, first) > common(one.items, first) ? 0 : 1;
  if (sameIds((number === 0 ? zero : one)?.items ?? [], first)) firstPages.set(list.operation.id, number);
  return number;
}

function common(some: readonly Item[], others: readonly Item[]): number {
  const ids = new Set(some.map(({ id }) => id));
  return others.filter(({ id }) => ids.has(id)).length;
}

function summarize(pages: readonly Page[], complete: boolean): Walk {
  const items = new Map<string, Item>();
  const repeated: string[] = [];
  for (const page of pages) {
    for (const item of page.items) {
      if (items.has(item.id)) repeated.push(item.id);
      items.set(item.id, item);
    }
  }
  return { items: [...items.values()], pages, complete, repeated };
}
