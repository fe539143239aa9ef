/** The report directory of a command, and what it puts there. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { HarScope } from '../report/har.ts';
import { reportText, type Volume } from '../report/terminal/report-text.ts';
import { readScore } from '../report-files/suite-score.ts';
import { htmlFile, removeReports, writeReports } from '../report-files/write-reports.ts';
import type { Results } from '../results/types.ts';
import { resultsFile, writeResults } from '../results/write.ts';
import { reasonOf } from './checked-file.ts';
import { inGitHubActions, tellGitHub, withoutCommands } from './github.ts';
import type { Output, Surroundings } from './surroundings.ts';

export const defaultReportDir = join('reports', 'latest');

/**
 * Makes a report directory before there is anything to report, and takes the reports of an earlier run out of it;
 * ledgers of earlier runs stay. Throws UsageError where it cannot be used.
 */
export async function emptyReportDir(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    await removeReports(directory);
  } catch (error) {
    throw new UsageError(
      `The report directory ${directory} cannot be used: ${reasonOf(error)}.`,
      'Choose another --report-dir.',
    );
  }
  return directory;
}

/** The file of results that a path means: itself, or the one in a report directory. */
export async function resultsFileAt(path: string): Promise<string> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(path, resultsFile) : path;
}

export interface Telling {
  readonly volume: Volume;
  readonly har: HarScope | 'off';
}

/** Writes results and their reports into a directory and tells them. Throws UsageError where it cannot be written. */
export async function publish(
  directory: string,
  results: Results,
  { volume, har }: Telling,
  surroundings: Surroundings,
  output: Output,
): Promise<void> {
  const file = await writeResults(directory, results);
  const score = await readScore();
  await writeReports(directory, results, {
    har,
    remember: true,
    ...(score === undefined ? {} : { score }),
  });
  const text = reportText(results, { colors: output.colors, width: output.width, volume });
  output.print(inGitHubActions(surroundings) ? withoutCommands(text) : text);
  if (inGitHubActions(surroundings)) await tellGitHub(results, surroundings, output);
  if (volume !== 'quiet') output.note(`Results: ${file}\nReport: ${join(directory, htmlFile)}`);
}
