import type { Call } from '../call.ts';
import { filters } from '../call.ts';
import type { Problem } from '../checks/shape.ts';

const hour = 3_600_000;
const spans: Readonly<Record<string, number>> = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 };

/** An enumerated parameter: its value, the fallback, or undefined where the dialect refuses the value. */
export function choice(
  call: Call,
  name: string,
  values: readonly string[],
  fallback: string,
): string | undefined {
  const given = call.query.get(name);
  if (given === null || call.seed?.ignores?.(call, name) === true) return fallback;
  if (values.includes(given)) return given;
  return call.settings.unknownEnum === 'refuse' ? undefined : fallback;
}

/** The moment at which a range begins. */
export function beginOf(call: Call, range: string): number {
  return call.now - (spans[range] ?? 24) * hour;
}

/** A count such as `limit`: undefined where the dialect refuses it. */
export function amount(
  call: Call,
  name: string,
  fallback: number,
  most: number,
  least = 1,
): number | undefined {
  const given = call.query.get(name);
  if (given === null || !filters(call, name)) return Math.min(fallback, most);
  const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : -1;
  if (value >= least) return Math.min(value, most);
  return call.settings.badPage === 'refuse' ? undefined : Math.min(fallback, most);
}

/** The fault of one query parameter. */
export function badParameter(name: string): Problem[] {
  return [{ path: name, kind: 'enum' }];
}

/** Keeps what has the asked categories. */
export function byCategory<T extends { categories: readonly string[] }>(
  call: Call,
  items: readonly T[],
): T[] {
  let kept = [...items];
  const slug = call.query.get('categorySlug');
  if (slug !== null && slug !== '' && filters(call, 'categorySlug')) {
    kept = kept.filter(({ categories }) => categories.includes(slug));
  }
  const asked = (call.query.get('category') ?? '').split(',').map((part) => part.trim());
  const slugs = asked.filter((part) => part !== '');
  if (slugs.length === 0 || !filters(call, 'category')) return kept;
  return kept.filter(({ categories }) =>
    call.settings.category === 'all'
      ? slugs.every((wanted) => categories.includes(wanted))
      : slugs.some((wanted) => categories.includes(wanted)),
  );
}
