/** The report directory of a command, and what it puts there. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HarScope } from '../report/har.ts';
import { reportText, type Volume } from '../report/terminal/report-text.ts';
import { fillReportDir } from '../report-files/report-dir.ts';
import { htmlFile } from '../report-files/write-reports.ts';
import type { Results } from '../results/types.ts';
import { resultsFile } from '../results/write.ts';
import { inGitHubActions, tellGitHub } from './github.ts';
import type { Output, Surroundings } from './surroundings.ts';

export const defaultReportDir = join('reports', 'latest');

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
  const file = await fillReportDir(directory, results, har);
  output.printReport(reportText(results, { colors: output.colors, width: output.width, volume }));
  if (inGitHubActions(surroundings)) await tellGitHub(results, surroundings, output);
  if (volume !== 'quiet') output.note(`Results: ${file}\nReport: ${join(directory, htmlFile)}`);
}
