/** Filters: every item that comes back has what was asked for, and none that has it is missing. */
import type { QueryParameter, Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext } from '../case-context.ts';
import { itemsWithIds, widestQuery, type Item } from '../listing.ts';
import { walkPages, type Query, type Walk } from './pages.ts';
import type { Scenario } from './scenario.ts';
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

/** Each documented or known value filters: every item has it, and none that has it is missing. */
export const equals: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const base = await richest(a, resource);
  const known = [...new Set(base.items.flatMap((item) => shownBy(item, a.parameter.filter) ?? []))].slice(
    0,
    6,
  );
  for (const wanted of new Set([...(a.parameter.values ?? []), ...known])) {
    if (!(await checkFiltered(a, resource, base, [wanted], wanted))) return;
  }
  if (a.parameter.values === undefined) await checkUnknown(a, resource, base, known);
};

/** A slug filters: every item that shows its slugs has it. */
export const contains: Scenario = async (context, planned, parameters) => {
  await checkSlugs(asked(context, planned, parameters), false);
};

/** Slugs, comma-separated, filter: every item that shows its slugs has at least one of them. */
export const anyOf: Scenario = async (context, planned, parameters) => {
  await checkSlugs(asked(context, planned, parameters), true);
};

async function checkSlugs(a: Asked, several: boolean): Promise<void> {
  const resource = listedResource(a);
  const base = await richest(a, resource);
  const slugs = await knownSlugs(a, base.items);
  for (const slug of slugs.slice(0, 5)) if (!(await checkFiltered(a, resource, base, [slug], slug))) return;
  if (several) {
    for (const [index, slug] of slugs.slice(0, 4).entries()) {
      const next = slugs[index + 1];
      if (next !== undefined && !(await checkFiltered(a, resource, base, [slug, next], `${slug},${next}`)))
        return;
    }
  }
  await checkUnknown(a, resource, base, slugs);
}

/** The slugs that the items show, or that the items of another list with the same parameter show. */
async function knownSlugs(a: Asked, items: readonly Item[]): Promise<readonly string[]> {
  const own = items.flatMap((item) => shownBy(item, a.parameter.filter) ?? []);
  return own.length > 0 ? [...new Set(own)].toSorted() : slugsFor(a.context, a.parameter);
}

/** The slugs that the items of any list with this parameter show, in order; none for a parameter of another kind. */
export async function slugsFor(context: CaseContext, parameter: QueryParameter): Promise<readonly string[]> {
  if (parameter.filter?.kind !== 'contains' && parameter.filter?.kind !== 'any-of') return [];
  const found: string[] = [];
  for (const resource of Object.values(context.run.contract.resources)) {
    const list = resource.list === undefined ? undefined : context.operation(resource.list);
    const twin = list && queryParameters(list).find(({ name }) => name === parameter.name);
    if (twin === undefined) continue;
    for (const item of await context.run.inventory.items(resource.id))
      found.push(...(shownBy(item, twin.filter) ?? []));
  }
  return [...new Set(found)].toSorted();
}

/** Small enough that what is filtered takes several pages: a filter must hold on each of them. */
const filteredSize = 10;

/** Asks with a value that is known; gives false after a finding. */
async function checkFiltered(
  a: Asked,
  resource: Resource,
  base: Base,
  wanted: readonly string[],
  asText: string,
): Promise<boolean> {
  const query: Query = [...base.query, [a.parameter.name, asText]];
  const walk = await walkPages(a.context, a.operation, resource, a.by, query, {
    mostPages: 25,
    size: filteredSize,
  });
  const [first] = walk.pages;
  if (first === undefined || !a.context.expectSuccess(first.sent, a.operation, a.fact)) return false;
  if (!checkEach(a, walk, wanted, asText)) return false;
  for (const other of combinations(a)) {
    const both = await read(a, [...other, [a.parameter.name, asText]]);
    if (!succeeded(both)) continue;
    const page = { sent: both, items: itemsWithIds(bodyOf(both), resource) };
    if (!checkEach(a, { pages: [page] }, wanted, asText)) return false;
  }
  return wanted.length > 1 || checkComplete(a, resource, base, walk, asText);
}

/** Every item on every page has one of the values that were asked for. */
function checkEach(a: Asked, walk: Pick<Walk, 'pages'>, wanted: readonly string[], asText: string): boolean {
  for (const page of walk.pages) {
    for (const item of page.items) {
      const shown = shownBy(item, a.parameter.filter);
      if (shown === undefined || shown.some((one) => wanted.includes(one))) continue;
      a.context.fail(
        a.fact,
        'filter',
        `An item comes back that does not have the asked ${a.parameter.name}.`,
        {
          expected: `${a.parameter.name} ${asText}`,
          actual: `${item.id}: ${shown.length === 0 ? 'none' : shown.join(', ')}`,
        },
        page.sent,
      );
      return false;
    }
  }
  return true;
}

/** No item that has the value is missing; what may have changed in the meantime does not count. */
async function checkComplete(
  a: Asked,
  resource: Resource,
  base: Base,
  walk: Walk,
  wanted: string,
): Promise<boolean> {
  const settled = resource.states?.terminal;
  const missing = (all: readonly Item[], found: readonly Item[]): Item | undefined =>
    all.find(
      (item) =>
        shownBy(item, a.parameter.filter)?.includes(wanted) === true &&
        (settled === undefined || settled.includes(String(item.value[resource.states?.member ?? '']))) &&
        !found.some(({ id }) => id === item.id),
    );
  // A list that is cut at a limit of its own shows other items under a filter.
  if (!walk.complete || !base.walk.complete || walk.items.length >= base.items.length) return true;
  if (missing(base.items, walk.items) === undefined) return true;
  const again = await richest(a, resource);
  const filtered = await walkPages(
    a.context,
    a.operation,
    resource,
    a.by,
    [...base.query, [a.parameter.name, wanted]],
    { mostPages: 25, size: 50 },
  );
  const lost = missing(again.items, filtered.items);
  if (lost === undefined) return true;
  a.context.fail(
    a.fact,
    'filter',
    `An item that has the asked ${a.parameter.name} does not come back.`,
    {
      expected: `${lost.id} among the items of ${a.parameter.name}=${wanted}`,
      actual: `${filtered.items.length} items without it`,
    },
    filtered.pages[0]?.sent,
  );
  return false;
}

/** A value that nothing has finds nothing, or is refused; parts of a known one are no better. */
async function checkUnknown(
  a: Asked,
  resource: Resource,
  base: Base,
  known: readonly string[],
): Promise<void> {
  const [sample = ''] = known;
  const unknown =
    a.parameter.resource === undefined
      ? 'conformance-nothing-has-this'
      : await a.context.run.inventory.unknownId(a.parameter.resource);
  const parts = sample.length > 3 ? [sample.slice(0, -1), sample.slice(1)] : [];
  for (const wanted of [unknown, ...parts.filter((part) => !known.includes(part) && part.trim() === part)]) {
    const query = [...base.query, [a.parameter.name, wanted] as const];
    const sent = await read(a, query);
    if (!succeeded(sent)) {
      a.context.expect(sent, {
        answers: await a.context.lawfulFor(requestOf(a.operation, a.by, { query }), { query: 'open' }),
        fact: a.fact,
        says: `A ${a.parameter.name} that nothing has finds nothing, or is refused.`,
      });
      continue;
    }
    const wrong = itemsWithIds(bodyOf(sent), resource).find(
      (item) => shownBy(item, a.parameter.filter)?.includes(wanted) !== true,
    );
    if (wrong === undefined) continue;
    a.context.fail(
      a.fact,
      'filter',
      `A ${a.parameter.name} that nothing has finds something.`,
      {
        expected: 'no items',
        actual: `${wrong.id} for ${a.parameter.name}=${JSON.stringify(wanted)}`,
      },
      sent,
    );
    return;
  }
}

/** A text that occurs nowhere finds nothing. */
export const nonsense: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const base = await richest(a, resource);
  const sent = await read(a, [...widestQuery(a.operation), [a.parameter.name, 'zqxjkv-occurs-nowhere-7351']]);
  if (!context.expectSuccess(sent, a.operation, a.fact)) return;
  const found = itemsWithIds(bodyOf(sent), resource).length;
  if (found === 0) return;
  context.fail(
    a.fact,
    'filter',
    'A text that occurs nowhere finds something.',
    {
      expected: 'no items',
      actual: `${found} items of ${base.items.length}`,
    },
    sent,
  );
};
