/** Walking through the pages of a list whose envelope, page size and first page are left open. */
import { isRefusal } from '../../check/answer.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { pageParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { itemsWithIds, type Item } from '../listing.ts';

export type Query = readonly (readonly [string, string])[];

export interface Walk {
  readonly items: readonly Item[];
  readonly pages: readonly { readonly sent: Sent; readonly items: readonly Item[] }[];
  /** False where the walk stopped at its limit before the end of the list. */
  readonly complete: boolean;
  /** Ids that came on more than one page. */
  readonly repeated: readonly string[];
}

export interface WalkOptions {
  readonly size?: number;
  readonly mostPages?: number;
  /** The number of the first page, where it is known; else it is found out. */
  readonly base?: number;
}

/** A page of this size is small enough for every target to give. */
const mostCertainSize = 10;

/**
 * All pages of a list, to the first empty page, the first page without a new id, or the limit. A list without
 * paging is one page. Gives no pages where the first request does not succeed.
 */
export async function walkPages(
  context: CaseContext,
  operation: Operation,
  resource: Resource,
  credential: string,
  query: Query,
  options: WalkOptions = {},
): Promise<Walk> {
  const paging = pageParameters(operation);
  const sized: Query =
    paging === undefined || options.size === undefined
      ? query
      : [...query, [paging.size, String(options.size)]];
  const first = await readPage(context, operation, resource, credential, sized);
  if (!succeeded(first.sent)) {
    // How large a page may be is left open: where the size is refused, the target's own is taken.
    const { size, ...rest } = options;
    const tooLarge = size !== undefined && size > mostCertainSize && isRefusal(first.sent.outcome);
    if (tooLarge) return walkPages(context, operation, resource, credential, query, rest);
    return { items: [], pages: [first], complete: false, repeated: [] };
  }
  if (paging === undefined) return summarize([first], true);
  const base =
    options.base ?? (await firstPage(context, operation, resource, credential, sized, first.items));
  const pages = [first];
  const seen = new Set(first.items.map(({ id }) => id));
  for (let number = base + 1; pages.length < (options.mostPages ?? 20); number++) {
    const page = await readPage(context, operation, resource, credential, [
      ...sized,
      [paging.page, String(number)],
    ]);
    if (!succeeded(page.sent) || page.items.length === 0) return summarize(pages, true);
    // A page of nothing new is the end: what a page behind the last one holds is left open.
    const fresh = page.items.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return summarize(pages, true);
    pages.push(page);
    for (const { id } of fresh) seen.add(id);
  }
  return summarize(pages, false);
}

type Page = Walk['pages'][number];

async function readPage(
  context: CaseContext,
  operation: Operation,
  resource: Resource,
  credential: string,
  query: Query,
): Promise<Page> {
  const sent = await context.send(requestOf(operation, credential, { query }));
  return { sent, items: succeeded(sent) ? itemsWithIds(bodyOf(sent), resource) : [] };
}

/** The number of the first page, which is left open: 1 where page 1 is what comes without a page, else 0. */
export async function firstPage(
  context: CaseContext,
  operation: Operation,
  resource: Resource,
  credential: string,
  query: Query,
  first: readonly Item[],
): Promise<number> {
  const paging = pageParameters(operation);
  if (paging === undefined || first.length === 0) return 1;
  const one = await readPage(context, operation, resource, credential, [...query, [paging.page, '1']]);
  if (sameIds(one.items, first)) return 1;
  const zero = await readPage(context, operation, resource, credential, [...query, [paging.page, '0']]);
  return succeeded(zero.sent) && sameIds(zero.items, first) ? 0 : 1;
}

/** True where both hold the same ids, in whatever order. */
export function sameIds(a: readonly Item[], b: readonly Item[]): boolean {
  const ids = new Set(a.map(({ id }) => id));
  return ids.size === new Set(b.map(({ id }) => id)).size && b.every(({ id }) => ids.has(id));
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
