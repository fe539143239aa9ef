import type { QueryParameter } from '../../src/contract/types.ts';
import { windowOf } from '../data/time.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { EnteredCall } from './call.ts';
import type { Deployment } from './deployment.ts';
import { invalid } from './refusal.ts';

/** The largest number that a parameter is taken for: beyond it nothing can be counted exactly. */
const largestNumber = 1_000_000_000;

/** The statuses that the documentation names as a filter of runs. */
export const filterStatuses: readonly string[] = ['pass', 'fail', 'running'];

/**
 * Checks the values of the query parameters, where the dialect refuses what the documentation leaves open.
 * Throws Refused with the first one.
 */
export function checkQuery(call: EnteredCall, deployment: Deployment): void {
  for (const parameter of call.operation.parameters) {
    if (parameter.in !== 'query') continue;
    const value = parameterText(call, parameter.name);
    if (value !== undefined && isRefused(parameter, value, deployment)) {
      throw invalid(parameter.name, `${parameter.name} has a value that is not supported`);
    }
  }
}

function isRefused(parameter: QueryParameter, value: string, { dialect, contract }: Deployment): boolean {
  const { filter, values, name } = parameter;
  const { input, lists, runs } = dialect;
  const number = wholeNumber(value);
  if (filter?.kind === 'limit' && number !== undefined) {
    if (number === 0) return lists.zero === 'refused';
    return name === 'pageSize' && runs.beyondLargest === 'refused' && number > runs.largestPageSize;
  }
  if (filter?.kind === 'equals' && name === contract.resources['run']?.states?.member) {
    return runs.otherStatus === 'refused' && !filterStatuses.includes(value);
  }
  if (name === 'sort' && values === undefined) return runs.sort === 'refused';
  if (input.unknownValue === 'accepted') return false;
  if (filter?.kind === 'limit') return true;
  if (filter?.kind === 'page') return (number ?? -1) < runs.pageBase;
  if (name === 'range') return windowOf(value) === undefined;
  return values !== undefined && !values.includes(value);
}

/** The text of a parameter; undefined where it is left out or empty. Of several the first counts. */
export function parameterText({ query }: EnteredCall, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === '' ? undefined : value;
}

/** The slugs of a comma-separated parameter; empty where it is left out. */
export function parameterSlugs(call: EnteredCall, name: string): readonly string[] {
  const text = parameterText(call, name) ?? '';
  return text
    .split(',')
    .map((slug) => slug.trim())
    .filter((slug) => slug !== '');
}

/** The number of a parameter; undefined where it is left out or is not a whole number of at least `least`. */
export function parameterNumber(call: EnteredCall, name: string, least: number): number | undefined {
  const value = wholeNumber(parameterText(call, name) ?? '');
  return value === undefined || value < least ? undefined : value;
}

/** How many items are asked for at most; `usual` where that is left out. */
export function parameterSize(call: EnteredCall, name: string, usual: number, { lists }: Dialect): number {
  const isZero = wholeNumber(parameterText(call, name) ?? '') === 0;
  return isZero && lists.zero === 'nothing' ? 0 : (parameterNumber(call, name, 1) ?? usual);
}

/** How far back a `range` reaches in milliseconds; that of `fallback` where it is left out or unknown. */
export function parameterWindow(call: EnteredCall, fallback: string): number {
  return windowOf(parameterText(call, 'range') ?? fallback) ?? windowOf(fallback) ?? 0;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Math.min(Number(text), largestNumber) : undefined;
}
