/** Filters: every item that comes back has what was asked for, and none that has it is missing. */
import { isRefusal } from '../../check/answer.ts';
import type { QueryParameter, Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext } from '../case-context.ts';
import { itemsWithIds, widestQuery, type Item } from '../listing.ts';
import { beginningWith, missingItem } from '../steady-compare.ts';
import { walkPages, walkReadable, type Query, type Walk } from './pages.ts';
import type { Scenario } from './scenario.ts';
import {
  type Asked,
  type Base,
  asked,
  combinations,
  listedResource,
  listRequest,
  read,
  richest,
  shownBy,
} from './query.ts';

/** Each documented or known value filters: every item has it, and none that has it is missing. */
export const equals: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const base = await richest(a, resource);
  const known = knownValues(a, base.items);
  for (const wanted of new Set([...(a.parameter.values ?? []), ...known])) {
    if (!(await checkFiltered(a, resource, base, [wanted], wanted))) return;
  }
  if (a.parameter.values === undefined) await checkUnknown(a, resource, base, known);
};

/** What has the asked value is among what comes back; whether other items are too is left open. */
export const finds: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const resource = listedResource(a);
  const base = await richest(a, resource);
  for (const wanted of knownValues(a, base.items)) {
    const list = listRequest(a, resource, [...base.query, [a.parameter.name, wanted]]);
    const walk = await walkPages(a.context, list, { mostPages: 25, size: 50 });
    const [first] = walk.pages;
    if (first === undefined || !context.expectSuccess(first.sent, a.operation, a.fact)) return;
    if (!(await checkComplete(a, resource, base, walk, wanted))) return;
  }
};

/** Values that the items show. */
function knownValues(a: Asked, items: readonly Item[]): readonly string[] {
  return [...new Set(items.flatMap((item) => shownBy(item, a.parameter.filter) ?? []))].slice(0, 6);
}

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
  const list = listRequest(a, resource, [...base.query, [a.parameter.name, asText]]);
  const walk = await walkPages(a.context, list, { mostPages: 25, size: filteredSize });
  const [first] = walk.pages;
  if (first === undefined) return false;
  const { values = wanted } = a.parameter;
  const documented = wanted.every((one) => values.includes(one));
  // A value that the items show but the documentation does not list may be refused, and may find nothing.
  if (!documented && isRefusal(first.sent.outcome)) return true;
  if (!a.context.expectSuccess(first.sent, a.operation, a.fact)) return false;
  if (!checkEach(a, walk, wanted, asText)) return false;
  for (const other of combinations(a)) {
    const both = await read(a, [...other, [a.parameter.name, asText]]);
    if (!succeeded(both)) continue;
    const page = { sent: both, items: itemsWithIds(bodyOf(both), resource) };
    if (!checkEach(a, { pages: [page] }, wanted, asText)) return false;
  }
  return !documented || wanted.length > 1 || checkComplete(a, resource, base, walk, asText);
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

/**
 * No item that has the value is missing, as long as the list without the filter shows it.
 * @param first what the list with the filter showed already
 */
async function checkComplete(
  a: Asked,
  resource: Resource,
  base: Base,
  first: Walk,
  wanted: string,
): Promise<boolean> {
  const { states } = resource;
  const look = (query: Query): Promise<Walk> =>
    walkReadable(a.context, listRequest(a, resource, query), { mostPages: 25, size: 50 });
  const shown = beginningWith(base.walk, () => look(base.query));
  const lacking = beginningWith(first, () => look([...base.query, [a.parameter.name, wanted]]));
  let most = 0;
  const missing = await missingItem(a.context, {
    shown: async () => {
      const walk = await shown();
      most = walk.items.length;
      return walk.complete ? walk : { items: [] };
    },
    lacking: async () => {
      const walk = await lacking();
      // A list that is cut at a limit of its own shows other items under a filter.
      return walk.complete && walk.items.length < most ? walk : undefined;
    },
    // What has not ended moves on while it is looked at.
    counts: (item) =>
      shownBy(item, a.parameter.filter)?.includes(wanted) === true &&
      (states === undefined || states.terminal.includes(String(item.value[states.member]))),
  });
  if (missing === undefined) return true;
  a.context.fail(
    a.fact,
    'filter',
    `An item that has the asked ${a.parameter.name} does not come back.`,
    {
      expected: `${missing.item.id} among the items of ${a.parameter.name}=${wanted}`,
      actual: `${missing.look.items.length} items without it`,
    },
    missing.look.pages[0]?.sent,
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
