import type { Results } from './types.ts';

/**
 * Results as text: members sorted by name and cases in the order given (that of the plan), so that two runs of one
 * plan differ only in what was found.
 */
export function serializeResults(results: Results): string {
  return sortedJson(results);
}

/** A value as JSON with the members of every object sorted by name, whatever order they came in. */
export function sortedJson(value: unknown): string {
  return `${JSON.stringify(value, sortMembers, 2)}\n`;
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
