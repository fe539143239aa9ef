import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { fileErrorWord, writeWhole } from '../write-whole.ts';
import type { Results } from './types.ts';

/** The name of the results in a report directory. */
export const resultsFile = 'results.json';

/**
 * Results as text: members sorted by name and cases in the order given (that of the plan), so that two runs of one
 * plan differ only in what was found.
 */
export function serializeResults(results: Results): string {
  return `${JSON.stringify(results, sortMembers, 2)}\n`;
}

/**
 * Writes `results.json` into a directory, which is made where it is missing, and gives the path of the file. Throws
 * UsageError where the directory cannot be written.
 */
export async function writeResults(directory: string, results: Results): Promise<string> {
  const path = join(directory, resultsFile);
  try {
    await writeWhole(path, serializeResults(results));
  } catch (error) {
    throw new UsageError(
      `The results cannot be written to ${path}: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
  return path;
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
