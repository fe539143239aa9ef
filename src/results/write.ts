import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { fileErrorWord, ownerOnly, writeWhole } from '../write-whole.ts';
import { piecesOf } from './serialize.ts';
import type { Results } from './types.ts';

/** The name of the results in a report directory. */
export const resultsFile = 'results.json';

/**
 * Writes `results.json` into a directory, which is made where it is missing, and gives the path of the file. Throws
 * UsageError where the directory cannot be written.
 */
export async function writeResults(directory: string, results: Results): Promise<string> {
  const path = join(directory, resultsFile);
  try {
    await writeWhole(path, piecesOf(results), ownerOnly);
  } catch (error) {
    throw new UsageError(
      `The results cannot be written to ${path}: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
  return path;
}
