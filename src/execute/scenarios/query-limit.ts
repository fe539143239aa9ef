/** How many items come back at the most. */
import { isRefusal } from '../../check/answer.ts';
import { itemLists } from '../../check/members.ts';
import type { Resource } from '../../contract/types.ts';
import { queryParameters } from '../../plan/request.ts';
import { bodyOf, type Sent } from '../case-context.ts';
import { candidateItems, itemsWithIds, type Item } from '../listing.ts';
import { beginningWith, eventually } from '../steady-compare.ts';
import { mostCertainSize, type Query } from './pages.ts';
import { type Scenario } from './scenario.ts';
import {
  type Asked,
  type Base,
  asked,
  combinations,
  listedResource,
  read,
  richest,
  shownBy,
} from './query.ts';

/** No more items come back than were asked for, whatever else is asked. */
export const limit: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const base = await richest(a, resource);
  for (const most of [1, 2, 3, Math.max(1, base.items.length - 1)]) {
    if (!(await checkLimit(a, resource, base, most, base.query))) return;
  }
  for (const query of [...combinations(a), ...knownCombinations(a, base.items)]) {
    if (!(await checkLimit(a, resource, base, 1, query))) return;
  }
};

/** A value that the items show for each other parameter that filters by one. */
function knownCombinations({ operation, parameter }: Asked, items: readonly Item[]): readonly Query[] {
  return queryParameters(operation).flatMap(({ name, filter }) => {
    if (name === parameter.name) return [];
    const counts = new Map<string, number>();
    for (const item of items)
      for (const one of shownBy(item, filter) ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
    const [most] = [...counts].toSorted(([, x], [, y]) => y - x);
    return most === undefined ? [] : [[[name, most[0]] as const]];
  });
}

async function checkLimit(
  a: Asked,
  resource: Resource,
  base: Base,
  most: number,
  query: Query,
): Promise<boolean> {
  const sent = await read(a, [...query, [a.parameter.name, String(most)]]);
  // How many may be asked for at once is left open.
  if (most > mostCertainSize && isRefusal(sent.outcome)) return true;
  if (!a.context.expectSuccess(sent, a.operation, a.fact)) return false;
  const items = itemsWithIds(bodyOf(sent), resource);
  if (items.length > most) {
    const message = `More items come back than ${a.parameter.name} allows.`;
    const detail = { expected: `at most ${most}`, actual: String(items.length) };
    a.context.fail(a.fact, 'filter', message, detail, sent);
    return false;
  }
  return query !== base.query || checkSomething(a, resource, base, most, sent);
}

/**
 * Something comes back, as long as the list without a limit shows something. Where a body holds several arrays, which
 * share the limit, none of them need hold any.
 */
async function checkSomething(
  a: Asked,
  resource: Resource,
  base: Base,
  most: number,
  first: Sent,
): Promise<boolean> {
  const show = (sent: Sent): boolean => candidateItems(bodyOf(sent), resource).length > 0;
  if (itemLists(bodyOf(first), resource.items).length > 1) return true;
  const limited = beginningWith(first, () => read(a, [...base.query, [a.parameter.name, String(most)]]));
  const something = await eventually(a.context, async () => {
    if (show(await limited())) return true;
    return !show(await read(a, base.query));
  });
  if (something) return true;
  a.context.fail(
    a.fact,
    'filter',
    `With ${a.parameter.name}=${most} nothing comes back, although there is something.`,
    { expected: `up to ${most} of ${base.items.length} items`, actual: '0' },
    first,
  );
  return false;
}
