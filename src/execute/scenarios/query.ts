/** What the parameters of a list do to what comes back. */
import { firstMember, isObject } from '../../check/members.ts';
import type { Operation, QueryFilter, QueryParameter, Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import type { Case } from '../../plan/types.ts';
import { statusOf, type CaseContext, type Sent } from '../case-context.ts';
import { attempts, type Item } from '../listing.ts';
import { Inconclusive } from '../stop.ts';
import { walkPages, type ListRequest, type Query, type Walk } from './pages.ts';
import { text, type Parameters, type Scenario } from './scenario.ts';

export interface Asked {
  readonly context: CaseContext;
  readonly operation: Operation;
  readonly resource: Resource | undefined;
  readonly parameter: QueryParameter;
  readonly by: string;
  readonly fact: string;
}

/** What a case of a parameter is about. */
export function asked(context: CaseContext, planned: Case, parameters: Parameters): Asked {
  const operation = context.operation(planned.operation);
  const name = text(parameters, 'parameter');
  const parameter = queryParameters(operation).find((one) => one.name === name);
  if (parameter === undefined) throw new Error(`${operation.id} has no parameter ${name}`);
  return {
    context,
    operation,
    resource: context.run.listedBy(operation),
    parameter,
    by: planned.credential,
    fact: `${operation.id}?${name}`,
  };
}

/** The resource of a list. Throws Inconclusive for an operation that lists nothing. */
export function listedResource({ resource, operation }: Asked): Resource {
  if (resource === undefined)
    throw new Inconclusive(`${operation.id} lists no resource of the contract`, 'Add it to the matrix.');
  return resource;
}

/** A documented value is accepted. */
export const value: Scenario = async (context, planned, parameters) => {
  const { operation, parameter, by, fact } = asked(context, planned, parameters);
  const sent = await context.send(
    requestOf(operation, by, { query: [[parameter.name, text(parameters, 'value')]] }),
  );
  context.expectSuccess(sent, operation, fact);
};

/** One read of the list with a query. */
export function read({ context, operation, by }: Asked, query: Query): Promise<Sent> {
  return context.send(requestOf(operation, by, { query }));
}

/** The list of a case, asked with a query. */
export function listRequest({ operation, by }: Asked, resource: Resource, query: Query): ListRequest {
  return { operation, resource, by, query };
}

/** Each documented value of each other parameter, alone. */
export function combinations({ operation, parameter }: Asked): readonly Query[] {
  return queryParameters(operation).flatMap(({ name, values, filter }) =>
    name === parameter.name || filter?.kind === 'limit'
      ? []
      : (values ?? []).map((one) => [[name, one] as const]),
  );
}

export interface Base {
  readonly query: Query;
  readonly items: readonly Item[];
  readonly walk: Walk;
}

/** The query of a list that shows something, and all that it shows. Throws Inconclusive where nothing is shown. */
export async function richest(a: Asked, resource: Resource): Promise<Base> {
  for (const query of attempts(a.operation)) {
    const walk = await walkPages(a.context, listRequest(a, resource, query), { mostPages: 25, size: 50 });
    if (walk.items.length > 0) return { query, items: walk.items, walk };
    const [page] = walk.pages;
    if (page !== undefined && statusOf(page.sent) !== a.operation.success.status) {
      a.context.expectSuccess(page.sent, a.operation, a.fact);
    }
  }
  throw new Inconclusive(`the target lists no ${resource.id}`, `Seed the target with a ${resource.id}.`);
}

/** What an item says under a parameter's members, as texts; undefined where it does not show them. */
export function shownBy(item: Item, filter: QueryFilter | undefined): readonly string[] | undefined {
  if (filter === undefined || !('member' in filter)) return undefined;
  const found = firstMember(item.value, filter.member);
  if (Array.isArray(found)) return slugsOf(found);
  return typeof found === 'string' ? [found] : found === null ? [] : undefined;
}

/** Slugs as texts, or as objects that have one; undefined where a list shows neither. */
function slugsOf(values: readonly unknown[]): readonly string[] | undefined {
  const slugs = values
    .map((one) => (isObject(one) ? one['slug'] : one))
    .filter((one) => typeof one === 'string');
  return slugs.length === values.length ? slugs : undefined;
}
