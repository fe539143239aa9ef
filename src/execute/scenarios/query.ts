/** What the parameters of a list do to what comes back. */
import { firstMember, isObject } from '../../check/members.ts';
import type { Operation, QueryFilter, QueryParameter, Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import type { Case } from '../../plan/types.ts';
import { bodyOf, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { attempts, itemsWithIds, widestQuery, type Item } from '../listing.ts';
import { Inconclusive } from '../stop.ts';
import { walkPages, type Query, type Walk } from './pages.ts';
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

/** Leaving a parameter out is the same as its default. */
export const standard: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const others = (a.parameter.values ?? []).filter((one) => one !== a.parameter.default);
  let difference: Difference | undefined;
  // Twice, since what is there may change between two reads.
  for (let round = 0; round < 2; round++) {
    difference = await differenceFromDefault(a, others);
    if (difference === undefined) return;
  }
  if (difference === undefined) return;
  const { sent, ...detail } = difference;
  context.fail(
    a.fact,
    'filter',
    `Without ${a.parameter.name} comes something else than with its default.`,
    detail,
    sent,
  );
};

interface Difference {
  readonly expected: string;
  readonly actual: string;
  readonly sent: Sent | undefined;
}

/** An answer to compare: the ids of a whole list, or a body without its times. */
interface Looked {
  readonly sent: Sent | undefined;
  readonly value: string;
}

async function differenceFromDefault(a: Asked, others: readonly string[]): Promise<Difference | undefined> {
  const { name, default: usual = '' } = a.parameter;
  const [plain, explicit] = [await look(a, []), await look(a, [[name, usual]])];
  for (const { sent } of [plain, explicit]) {
    if (sent === undefined || succeeded(sent)) continue;
    a.context.expectSuccess(sent, a.operation, a.fact);
    return undefined;
  }
  if (plain.value === explicit.value) return undefined;
  const expected = `the answer of ${name}=${usual}`;
  for (const other of others) {
    if ((await look(a, [[name, other]])).value === plain.value) {
      return { expected, actual: `the answer of ${name}=${other}`, sent: plain.sent };
    }
  }
  // Other bodies may differ for reasons of their own; lists with other items do not.
  return a.resource === undefined ? undefined : { expected, actual: 'other items', sent: plain.sent };
}

async function look(a: Asked, query: Query): Promise<Looked> {
  if (a.resource === undefined) {
    const sent = await read(a, query);
    return { sent, value: JSON.stringify(timeless(bodyOf(sent))) };
  }
  const walk = await walkPages(a.context, a.operation, a.resource, a.by, query, { size: 50, mostPages: 5 });
  return {
    sent: walk.pages[0]?.sent,
    value: walk.items
      .map(({ id }) => id)
      .toSorted()
      .join('\n'),
  };
}

function read({ context, operation, by }: Asked, query: Query): Promise<Sent> {
  return context.send(requestOf(operation, by, { query }));
}

const isoTime = /^\d{4}-\d{2}-\d{2}T/;

function timeless(body: unknown): unknown {
  if (typeof body === 'string' && isoTime.test(body)) return 'a time';
  if (Array.isArray(body)) return body.map(timeless);
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, child]) => [name, timeless(child)]));
}

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

/** Each documented value of each other parameter, alone. */
function combinations({ operation, parameter }: Asked): readonly Query[] {
  return queryParameters(operation).flatMap(({ name, values, filter }) =>
    name === parameter.name || filter?.kind === 'limit'
      ? []
      : (values ?? []).map((one) => [[name, one] as const]),
  );
}

async function checkLimit(
  a: Asked,
  resource: Resource,
  base: Base,
  most: number,
  query: Query,
): Promise<boolean> {
  const sent = await read(a, [...query, [a.parameter.name, String(most)]]);
  if (!a.context.expectSuccess(sent, a.operation, a.fact)) return false;
  const items = itemsWithIds(bodyOf(sent), resource);
  const problem =
    items.length > most
      ? { message: `More items come back than ${a.parameter.name} allows.`, expected: `at most ${most}` }
      : items.length === 0 && base.items.length > 0 && query === base.query
        ? {
            message: `With ${a.parameter.name}=${most} nothing comes back, although there is something.`,
            expected: `up to ${most} of ${base.items.length} items`,
          }
        : undefined;
  if (problem === undefined) return true;
  const { message, expected } = problem;
  a.context.fail(a.fact, 'filter', message, { expected, actual: String(items.length) }, sent);
  return false;
}

interface Base {
  readonly query: Query;
  readonly items: readonly Item[];
  readonly walk: Walk;
}

/** The query of a list that shows something, and all that it shows. Throws Inconclusive where nothing is shown. */
export async function richest(a: Asked, resource: Resource): Promise<Base> {
  for (const query of attempts(a.operation)) {
    const walk = await walkPages(a.context, a.operation, resource, a.by, query, { mostPages: 25, size: 50 });
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
  if (own.length > 0) return [...new Set(own)].toSorted();
  const found: string[] = [];
  for (const resource of Object.values(a.context.run.contract.resources)) {
    const list = resource.list === undefined ? undefined : a.context.operation(resource.list);
    const twin = list && queryParameters(list).find(({ name }) => name === a.parameter.name);
    if (twin === undefined) continue;
    for (const item of await a.context.run.inventory.items(resource.id))
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
    const sent = await read(a, [...base.query, [a.parameter.name, wanted]]);
    if (!succeeded(sent)) {
      a.context.expect(sent, {
        answers: [{ status: a.operation.success.status }, { status: '4xx' }],
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
