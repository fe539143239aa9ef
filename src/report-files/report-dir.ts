/** The report directory of a run: emptied before the first request, filled after the last. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Results } from '../results/types.ts';
import { parseHistory } from '../report/history.ts';
import { resultsFile, writeResults } from '../results/write.ts';
import { fileErrorWord } from '../write-whole.ts';
import { requireFree, requireWritable, tailOf } from './own-folder.ts';
import { readScore } from './suite-score.ts';
import {
  historyFile,
  removeReports,
  reportNames,
  writeReports,
  type ReportOptions,
} from './write-reports.ts';

/**
 * Makes the report directory before the first request, sees that it can be written to, and takes the reports of an
 * earlier run out of it; ledgers of earlier runs stay. Throws UsageError where it cannot be used, and where a file is
 * in the way that this tool did not write: then nothing is removed.
 */
export async function emptyReportDir(directory: string): Promise<void> {
  await requireWritable(directory, 'The report directory');
  if (!(await holdsOwnResults(directory))) {
    const history = (await holdsOwnHistory(directory)) ? [] : [historyFile];
    await requireFree(directory, [resultsFile, ...reportNames, ...history]);
  }
  try {
    await removeReports(directory);
  } catch (error) {
    throw new UsageError(
      `The reports of an earlier run cannot be taken out of ${directory}: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
}

/** Results are written with their members sorted, so that the name of the tool stands near their end. */
const resultsTailBytes = 2_000;

async function holdsOwnResults(directory: string): Promise<boolean> {
  const tail = await tailOf(join(directory, resultsFile), resultsTailBytes);
  return /"tool":\s*\{[^}]*"name":\s*"armature-conformance"/.test(tail);
}

/** The history outlives the results. */
async function holdsOwnHistory(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, historyFile), 'utf8').catch(() => '');
  return parseHistory(text).length > 0;
}

/**
 * Writes the results of a run and every report of them; gives the path of the results. Throws UsageError where the
 * directory cannot be written.
 */
export async function fillReportDir(
  directory: string,
  results: Results,
  { har, signWith }: Pick<ReportOptions, 'har' | 'signWith'>,
): Promise<string> {
  const file = await writeResults(directory, results);
  const score = await readScore();
  await writeReports(directory, results, {
    har,
    remember: true,
    ...(score === undefined ? {} : { score }),
    ...(signWith === undefined ? {} : { signWith }),
  });
  return file;
}
