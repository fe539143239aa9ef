import type { EnteredCall } from '../deployment/call.ts';
import { parameterSlugs, parameterText } from '../deployment/query.ts';
import type { Dialect } from '../dialects/dialect.ts';

/** Whether something of these categories is asked for: `category` takes several slugs, `categorySlug` one. */
export function hasCategories(call: EnteredCall, categories: readonly string[], dialect: Dialect): boolean {
  const wanted = parameterSlugs(call, 'category');
  const slug = parameterText(call, 'categorySlug');
  const has = (wantedSlug: string): boolean => categories.includes(wantedSlug);
  if (slug !== undefined && !has(slug)) return false;
  if (wanted.length === 0) return true;
  return dialect.lists.categories === 'any' ? wanted.some(has) : wanted.every(has);
}
