import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareMarkdown } from '../../report/compare-markdown.ts';
import { compareResults } from '../../report/compare.ts';
import { readResults } from '../../results/read.ts';
import type { Results } from '../../results/types.ts';
import { exitCodes } from '../../results/verdict.ts';
import { resultsFile } from '../../results/write.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output } from '../surroundings.ts';

/**
 * Compares two results: each is a results.json or a report directory. Prints Markdown, or JSON; gives exit code 1
 * where the new one has violations that the old one had not. Throws UsageError where one cannot be read.
 */
export async function compareCommand(
  old: string,
  now: string,
  flags: FlagsOf<'compare'>,
  output: Output,
): Promise<number> {
  const comparison = compareResults(await resultsAt(old), await resultsAt(now));
  output.print(
    flags.json === true ? `${JSON.stringify(comparison, null, 2)}\n` : compareMarkdown(comparison),
  );
  return comparison.newViolations.length > 0 ? exitCodes.violations : exitCodes.conformant;
}

async function resultsAt(path: string): Promise<Results> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return readResults(isDirectory ? join(path, resultsFile) : path);
}
