import { join } from 'node:path';
import { reportText } from '../../report/terminal/report-text.ts';
import { htmlFile, writeReports } from '../../report-files/write-reports.ts';
import { readScore } from '../../report-files/suite-score.ts';
import { redrawn } from '../../results/judge.ts';
import { readResults } from '../../results/read.ts';
import { resultsFile } from '../../results/write.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output } from '../surroundings.ts';
import { signingWith } from '../report-dir.ts';
import { volumeOf } from '../volume.ts';

/**
 * Makes every report of a report directory again from its results.json, the verdict too. Gives exit code 0 whatever the verdict is;
 * throws UsageError where there are no results.
 */
export async function reportCommand(
  directory: string,
  flags: FlagsOf<'report'>,
  output: Output,
): Promise<number> {
  const volume = volumeOf(flags);
  const file = join(directory, resultsFile);
  const said = await readResults(file);
  const results = redrawn(said);
  if (said.verdict !== results.verdict || said.exitCode !== results.exitCode) {
    output.note(
      `${file} says ${said.verdict}, exit code ${said.exitCode}; its cases make that ${results.verdict}, exit code ${results.exitCode}: the reports say what the cases say.`,
    );
  }
  const score = await readScore();
  await writeReports(directory, results, {
    har: flags.har ?? 'failed',
    remember: false,
    ...(score === undefined ? {} : { score }),
    ...(await signingWith(flags)),
  });
  output.print(reportText(results, { colors: output.colors, width: output.width, volume }));
  if (volume !== 'quiet') output.note(`Report: ${join(directory, htmlFile)}`);
  return 0;
}
