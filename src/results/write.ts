import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
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
 * Writes `results.json` into a directory, which is made where it is missing, and gives the path of the file.
 * The file is whole or not there: it is written under another name beside its place and then renamed, which a
 * reader or an interrupted run never sees half done. Throws UsageError where the directory cannot be written.
 */
export async function writeResults(directory: string, results: Results): Promise<string> {
  const path = join(directory, resultsFile);
  const draft = join(directory, `.${resultsFile}.${process.pid}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(draft, serializeResults(results));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new UsageError(
      `The results cannot be written to ${path}: ${reasonOf(error)}.`,
      'Choose another --report-dir.',
    );
  }
  return path;
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
