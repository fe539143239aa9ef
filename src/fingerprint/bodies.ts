/** Freedoms of bodies: where items and records stand, what members they have, how ids look, how lists are paged. */
import { isId, isObject, memberAt } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { pageParameters } from '../plan/request.ts';
import { groupBy } from '../report/group-by.ts';
import { parsed, queryOf, shapeOfAnswer } from '../results/exchange-facts.ts';
import { joinShapes, nameOf, parentOf, type ShapeUnion } from '../results/shape-union.ts';
import type { Sighting } from './fingerprint.ts';
import { formOfIds } from './id-form.ts';
import { answeredExchanges, successes, type Observed, type Reader, type Seen } from './observed.ts';

/** The envelope of each list and record, the members of both, and how a member without a value is shown. */
export const shapes: Reader = (observed) => {
  const byOperation = groupBy(successes(observed), ({ operation }) => operation.id);
  return [...byOperation.values()].flatMap((seen): Sighting[] => {
    const [first] = seen;
    const union = joinShapes(
      seen.flatMap(({ answer }) => {
        const shape = shapeOfAnswer(answer);
        return shape === undefined ? [] : [shape];
      }),
    );
    // The document of the API describes itself; what it says is compared by cases of its own.
    if (first === undefined || union.size === 0 || first.operation.keyless) return [];
    const holder = holderOf(union, first.operation, observed);
    const operation = first.operation.id;
    return [
      { section: 'envelopes', subject: holder.kind, operation, value: holder.pointer || 'the body itself' },
      ...membersOf(union, operation, holder.pointer),
    ];
  });
};

interface Holder {
  readonly kind: 'items' | 'record';
  /** What has the members: the items of a list (`/rows/*`), or the record. */
  readonly pointer: string;
}

function holderOf(union: ShapeUnion, operation: Operation, { contract }: Observed): Holder {
  const listed = Object.values(contract.resources).find(({ list }) => list === operation.id);
  if (listed !== undefined || operation.success.item !== undefined) {
    const pointer = itemsPointer(union, listed?.items ?? []);
    if (pointer !== undefined) return { kind: 'items', pointer };
  }
  return { kind: 'record', pointer: recordPointer(union) };
}

function itemsPointer(union: ShapeUnion, preferred: readonly string[]): string | undefined {
  const arrays = [...union]
    .filter(([pointer, { types }]) => types.includes('array') && /^(\/[^/*]+){0,2}$/.test(pointer))
    .map(([pointer]) => pointer)
    .toSorted((a, b) => rankOf(a, preferred) - rankOf(b, preferred) || (a < b ? -1 : 1));
  return arrays[0] === undefined ? undefined : `${arrays[0]}/*`;
}

/** Bare and shallow before deep, and likely names before others. */
function rankOf(pointer: string, preferred: readonly string[]): number {
  const index = preferred.indexOf(nameOf(pointer));
  return pointer.split('/').length * 100 + (index < 0 ? preferred.length : index);
}

/** The body, or the object in it that is all that it holds, or that of those with an id has the most members. */
function recordPointer(union: ShapeUnion): string {
  if (union.has('/id')) return '';
  const members = [...union].filter(([pointer]) => /^\/[^/*]+$/.test(pointer));
  const objects = members.filter(
    ([pointer, { types }]) =>
      types.includes('object') && (members.length === 1 || union.has(`${pointer}/id`)),
  );
  const size = (holder: string): number => [...union.keys()].filter((one) => parentOf(one) === holder).length;
  const [largest] = objects.map(([pointer]) => pointer).toSorted((a, b) => size(b) - size(a));
  return largest ?? '';
}

function membersOf(union: ShapeUnion, operation: string, holder: string): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const [pointer, place] of union) {
    const parent = parentOf(pointer);
    const around = holder.startsWith(`${pointer}/`) || holder === pointer;
    if (pointer === '' || pointer.endsWith('*') || around) continue;
    if (parent !== holder && !holder.startsWith(`${parent}/`)) continue;
    const subject = parent === holder ? 'record' : 'around it';
    const types = place.types.join('|') || 'null';
    const value = `${nameOf(pointer)} ${types}${place.sometimes ? '?' : ''}`;
    found.push({ section: 'members', subject, operation, value });
    if (place.nullSeen) found.push({ section: 'unset', subject, operation, value: 'null' });
    if (place.sometimes) found.push({ section: 'unset', subject, operation, value: 'left out' });
  }
  return found;
}

/** The form of the ids that the target gave: of resources from the paths under which they were read. */
export const ids: Reader = (observed) => {
  const seen = successes(observed);
  const found = [
    ...seen.flatMap(({ operation, exchange }) =>
      idsInPath(operation, new URL(exchange.request.url).pathname),
    ),
    ...seen.flatMap(identityIds),
  ];
  return [...groupBy(found, ([subject]) => subject)].map(([subject, group]): Sighting => {
    const value = formOfIds(group.map(([, id]) => id));
    return { section: 'ids', subject, operation: 'any', value };
  });
};

function idsInPath(operation: Operation, path: string): readonly (readonly [string, string])[] {
  const names = operation.parameters.flatMap((one) => (one.in === 'path' ? [one] : []));
  if (names.length === 0) return [];
  const quoted = operation.path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(`${quoted.replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`);
  const values = pattern.exec(path)?.slice(1) ?? [];
  return names.flatMap(({ resource }, index) => {
    const value = values[index];
    return value === undefined ? [] : [[resource, decodeURIComponent(value)] as const];
  });
}

function identityIds({ operation, answer }: Seen): readonly (readonly [string, string])[] {
  if (operation.identity === undefined) return [];
  const body = parsed(answer.body);
  const { organization, actor } = operation.identity;
  return Object.entries({ organization, actor }).flatMap(([subject, path]) => {
    const id = isObject(body) ? memberAt(body, path) : undefined;
    return isId(id) ? [[subject, id] as const] : [];
  });
}

/** The number of the first page, and the size of one that was not asked for. */
export const paging: Reader = (observed) => {
  const paged = answeredExchanges(observed).filter(
    ({ operation, answer }) =>
      answer.status === operation.success.status && pageParameters(operation) !== undefined,
  );
  return [...groupBy(paged, ({ operation }) => operation.id).values()].flatMap((seen) => {
    const [first] = seen;
    const names = first && pageParameters(first.operation);
    const resource = Object.values(observed.contract.resources).find(
      ({ list }) => list === first?.operation.id,
    );
    if (first === undefined || names === undefined || resource === undefined) return [];
    const about = { section: 'paging' as const, operation: first.operation.id };
    return [
      ...firstPage(seen, names.page).map((value) => ({ ...about, subject: 'first page', value })),
      ...standardSize(seen, names, resource).map((value) => ({
        ...about,
        subject: 'default size',
        value,
      })),
    ];
  });
};

type PageNames = NonNullable<ReturnType<typeof pageParameters>>;

/** The page whose bytes are those of the answer to the same request without a page. */
function firstPage(seen: readonly Seen[], page: string): readonly string[] {
  const found = new Set<string>();
  for (const group of bySameQuery(seen, [page])) {
    const digests = (value: string | undefined): ReadonlySet<string> =>
      new Set(
        group
          .filter(({ exchange }) => pageOf(exchange, page) === value)
          .flatMap(({ answer }) => answer.imprint?.digest ?? []),
      );
    const [whole, zero, one] = [digests(undefined), digests('0'), digests('1')];
    const matches = [...whole].map((digest) => [zero.has(digest), one.has(digest)] as const);
    if (matches.some(([isZero, isOne]) => isZero && !isOne)) found.add('0');
    if (matches.some(([isZero, isOne]) => isOne && !isZero)) found.add('1');
  }
  return [...found];
}

/** The most items that came without a size or a page, where a request with a size showed that there are more. */
function standardSize(seen: readonly Seen[], names: PageNames, resource: Resource): readonly string[] {
  const first = seen.filter(({ exchange }) => pageOf(exchange, names.page) === undefined);
  const cut = bySameQuery(first, [names.size]).flatMap((group) => {
    const counts = group.map((one) => [pageOf(one.exchange, names.size), itemCount(one, resource)] as const);
    const unasked = Math.max(0, ...counts.flatMap(([asked, count]) => (asked === undefined ? [count] : [])));
    return counts.some(([, count]) => count > unasked) ? [unasked] : [];
  });
  const standard = Math.max(0, ...cut);
  return standard === 0 ? [] : [String(standard)];
}

function itemCount({ answer }: Seen, resource: Resource): number {
  const lengths = answer.imprint?.lengths ?? {};
  const likely = Object.entries(lengths).toSorted(
    ([a], [b]) => rankOf(a, resource.items) - rankOf(b, resource.items),
  );
  return likely[0]?.[1] ?? 0;
}

function pageOf(exchange: Seen['exchange'], name: string): string | undefined {
  return queryOf(exchange).find(([parameter]) => parameter === name)?.[1];
}

/** Those that ask for the same but for some parameters. */
function bySameQuery(seen: readonly Seen[], but: readonly string[]): readonly (readonly Seen[])[] {
  const groups = groupBy(seen, ({ exchange }) =>
    JSON.stringify(queryOf(exchange).filter(([name]) => !but.includes(name))),
  );
  return [...groups.values()];
}
