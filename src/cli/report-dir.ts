/** The report directory of a command, and what it puts there. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { reportText, type Volume } from '../report/terminal/report-text.ts';
import { fillReportDir } from '../report-files/report-dir.ts';
import { htmlFile, type ReportOptions } from '../report-files/write-reports.ts';
import type { Results } from '../results/types.ts';
import { exitCodes } from '../results/verdict.ts';
import { resultsFile } from '../results/write.ts';
import { readPrivateKey } from '../report-files/signing-key.ts';
import type { Flags } from './option-table.ts';
import { inGitHubActions, tellGitHub } from './github.ts';
import type { Output, Surroundings } from './surroundings.ts';

export const defaultReportDir = join('reports', 'latest');

/** The key of --sign, where it is given. Throws UsageError where the file holds none. */
export async function signingWith({ sign }: Pick<Flags, 'sign'>): Promise<Pick<ReportOptions, 'signWith'>> {
  return sign === undefined ? {} : { signWith: await readPrivateKey(sign) };
}

/** The file of results that a path means: itself, or the one in a report directory. */
export async function resultsFileAt(path: string): Promise<string> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(path, resultsFile) : path;
}

export interface Telling extends Pick<ReportOptions, 'har' | 'signWith'> {
  readonly volume: Volume;
}

/**
 * Writes results and their reports into a directory and tells them. The verdict is told whatever becomes of the files;
 * gives its exit code, or 5 where all is well but that they cannot be written.
 */
export async function publish(
  directory: string,
  results: Results,
  { volume, ...written }: Telling,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const file = await writtenTo(directory, results, written);
  output.printReport(reportText(results, { colors: output.colors, width: output.width, volume, directory }));
  if (inGitHubActions(surroundings)) await tellGitHub(results, surroundings, output);
  if (file instanceof UsageError) {
    output.note(`error: ${file.message}`);
    return results.exitCode === exitCodes.conformant ? exitCodes.suiteFault : results.exitCode;
  }
  if (volume !== 'quiet') output.note(`Results: ${file}\nReport: ${join(directory, htmlFile)}`);
  return results.exitCode;
}

/** The path of the results, or why they could not be written. */
async function writtenTo(
  directory: string,
  results: Results,
  options: Pick<ReportOptions, 'har' | 'signWith'>,
): Promise<string | UsageError> {
  try {
    return await fillReportDir(directory, results, options);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
