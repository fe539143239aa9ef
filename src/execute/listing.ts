/** Reading lists whose envelope is left open: which array holds the items, and what their ids are. */
import { firstMember, idOf, isObject, itemLists, type JsonObject } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { queryParameters } from '../plan/request.ts';

export interface Item {
  readonly id: string;
  readonly value: JsonObject;
}

/** The id of an item of a list: where the resource says, else its `id`, or another of the members that it names. */
export function idOfItem(item: unknown, resource: Resource): string | undefined {
  const found = firstMember(item, resource.itemId ?? ['id', ...resource.idPaths]);
  return idOf(found);
}

/** The items that have an id, from the likeliest array of a list's body. */
export function itemsWithIds(body: unknown, resource: Resource): readonly Item[] {
  const [first] = itemLists(body, resource.items);
  return (first?.items ?? []).flatMap((value) => {
    const id = idOfItem(value, resource);
    return id === undefined || !isObject(value) ? [] : [{ id, value }];
  });
}

/** The first items of each array that has any: where a list has several, any may be the one that is meant. */
export function candidateItems(body: unknown, resource: Resource): readonly Item[] {
  return itemLists(body, resource.items).flatMap(({ items }) =>
    items.slice(0, 1).flatMap((value) => {
      const id = idOfItem(value, resource);
      return id === undefined || !isObject(value) ? [] : [{ id, value }];
    }),
  );
}

/** The query that shows the most: the last documented value of each parameter that has a default. */
export function widestQuery(operation: Operation): readonly (readonly [string, string])[] {
  return queryParameters(operation).flatMap(({ name, values, default: standard }) => {
    const widest = values?.at(-1);
    return standard === undefined || widest === undefined ? [] : [[name, widest] as const];
  });
}

/** Queries to try, one after another, until a list shows something. */
export function attempts(operation: Operation): readonly (readonly (readonly [string, string])[])[] {
  const single = queryParameters(operation)
    .filter(
      ({ values, default: standard, filter }) =>
        values !== undefined && standard === undefined && filter === undefined,
    )
    .flatMap(({ name, values }) => (values ?? []).map((value) => [[name, value]] as const));
  return [widestQuery(operation), [], ...single];
}
