/** What a target lists over MCP: tools, resources, templates and prompts, as one key sees them. */
import { isObject } from '../check/members.ts';
import type { McpOperation } from '../contract/types.ts';
import type { CaseContext } from '../execute/case-context.ts';
import { Inconclusive } from '../execute/stop.ts';
import { describeTaken } from '../oracle/mcp.ts';
import type { McpDoor, Reply } from './door.ts';

/** The methods that list, with the member that holds the items. */
export const listMembers = {
  'tools/list': 'tools',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
  'prompts/list': 'prompts',
} as const;
export type ListMethod = keyof typeof listMembers;

export type Listed = Readonly<Record<string, unknown>>;

/** A whole list, with its pages. */
export interface WholeList {
  readonly items: readonly Listed[];
  readonly replies: readonly Reply[];
}

const mostPages = 50;

/** Walks the pages of a list. Throws Inconclusive where a page does not come. */
export async function wholeList(
  door: McpDoor,
  context: CaseContext,
  by: string,
  method: ListMethod,
): Promise<WholeList> {
  const items: Listed[] = [];
  const replies: Reply[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const reply = await door.ask(context, by, { method, params: cursor === undefined ? {} : { cursor } });
    replies.push(reply);
    if (reply.taken.kind !== 'done')
      throw new Inconclusive(
        `${method} by ${by} got ${describeTaken(reply.taken)}`,
        'See the access cases of the MCP endpoint.',
      );
    const found = reply.taken.result[listMembers[method]];
    if (Array.isArray(found)) items.push(...found.filter(isObject));
    const { nextCursor } = reply.taken.result;
    if (typeof nextCursor !== 'string' || seen.has(nextCursor)) break;
    seen.add(nextCursor);
    cursor = nextCursor;
  }
  return { items, replies };
}

const kept = new WeakMap<McpDoor, Map<string, Promise<readonly Listed[]>>>();

/** A list as a key sees it, read once a run. */
export function listedBy(door: McpDoor, by: string, method: ListMethod): Promise<readonly Listed[]> {
  const lists = kept.get(door) ?? new Map<string, Promise<readonly Listed[]>>();
  kept.set(door, lists);
  const key = `${by} ${method}`;
  const known = lists.get(key) ?? wholeList(door, door.run.support, by, method).then(({ items }) => items);
  lists.set(key, known);
  return known;
}

/** A text member of a listed thing. */
export function textOf(item: Listed, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

/**
 * The listed thing that an operation of the contract stands for: by its name, or by words of its name and then of its
 * description where no page names it. Undefined where nothing listed is it.
 */
export function itemOf(
  operation: McpOperation,
  items: readonly Listed[],
  others: readonly McpOperation[],
): Listed | undefined {
  const { find, id } = operation;
  if (find === undefined) return items.find((item) => textOf(item, 'name') === id);
  const named = new Set(others.filter((other) => other.find === undefined).map((other) => other.id));
  const free = items.filter((item) => !named.has(textOf(item, 'name')));
  const holding = (members: readonly string[]): Listed | undefined =>
    free.find((item) =>
      members.some((member) => find.some((word) => textOf(item, member).toLowerCase().includes(word))),
    );
  return holding(['name', 'uri', 'uriTemplate']) ?? holding(['title', 'description']);
}
