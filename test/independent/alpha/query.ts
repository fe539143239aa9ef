import { Refusal, type Exchange } from './exchange.ts';

const hour = 3_600_000;
const spans: Readonly<Record<string, number>> = {
  '24h': 24 * hour,
  '7d': 168 * hour,
  '30d': 720 * hour,
  '90d': 2160 * hour,
};

/** A query parameter, unless a defect overlooks it. */
export function parameter(x: Exchange, name: string): string | undefined {
  if (x.site.hooks.overlooks?.(x, name)) return undefined;
  return x.query.get(name) ?? undefined;
}

function invalid(name: string): Refusal {
  return new Refusal(400, '', `The query parameter "${name}" is not valid.`, [{ path: name, rule: 'query' }]);
}

/** One of the documented values; another one is refused or leads to the default. */
export function choice(x: Exchange, name: string, values: readonly string[], fallback: string): string {
  const value = parameter(x, name);
  if (value === undefined) return fallback;
  if (values.includes(value)) return value;
  if (x.site.dialect.refusesUnknownValues) throw invalid(name);
  return fallback;
}

/** A whole number from zero on; anything else is refused or leads to the default. */
export function whole(x: Exchange, name: string, fallback: number): number {
  const value = parameter(x, name);
  if (value === undefined) return fallback;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  if (x.site.dialect.refusesUnknownValues) throw invalid(name);
  return fallback;
}

/** How many items are wanted at most. */
export function atMost(x: Exchange, name: string, fallback: number): number {
  const wanted = whole(x, name, fallback);
  if (wanted === 0 && x.site.dialect.refusesUnknownValues) throw invalid(name);
  return Math.min(wanted, x.site.dialect.maxPageSize);
}

/** The start of the asked time range, in milliseconds. */
export function rangeStart(x: Exchange, values: readonly string[], fallback: string): number {
  if (x.site.hooks.overlooks?.(x, 'range')) return 0;
  return Date.now() - (spans[choice(x, 'range', values, fallback)] ?? 0);
}

/** The slugs that a list is narrowed to: `category` (any or all of them) and `categorySlug`. */
export function inCategories(x: Exchange, categories: readonly string[]): boolean {
  const several = parameter(x, 'category');
  const single = parameter(x, 'categorySlug');
  if (single !== undefined && single !== '' && !categories.includes(single)) return false;
  const slugs = (several ?? '')
    .split(',')
    .map((slug) => slug.trim())
    .filter((slug) => slug !== '');
  if (slugs.length === 0) return true;
  const has = (slug: string): boolean => categories.includes(slug);
  return x.site.dialect.allCategories ? slugs.every(has) : slugs.some(has);
}
