/** The report directory of a run: emptied before the first request, filled after the last. */
import { mkdir } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import type { HarScope } from '../report/har.ts';
import type { Results } from '../results/types.ts';
import { writeResults } from '../results/write.ts';
import { fileErrorWord } from '../write-whole.ts';
import { readScore } from './suite-score.ts';
import { removeReports, writeReports } from './write-reports.ts';

/**
 * Makes the report directory before the first request, and takes the reports of an earlier run out of it; ledgers of
 * earlier runs stay. Throws UsageError where it cannot be used.
 */
export async function emptyReportDir(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await removeReports(directory);
  } catch (error) {
    throw new UsageError(
      `The report directory ${directory} cannot be used: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
}

/**
 * Writes the results of a run and every report of them; gives the path of the results. Throws UsageError where the
 * directory cannot be written.
 */
export async function fillReportDir(
  directory: string,
  results: Results,
  har: HarScope | 'off',
): Promise<string> {
  const file = await writeResults(directory, results);
  const score = await readScore();
  await writeReports(directory, results, { har, remember: true, ...(score === undefined ? {} : { score }) });
  return file;
}
