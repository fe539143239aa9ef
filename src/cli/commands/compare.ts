import { compareMarkdown } from '../../report/compare-markdown.ts';
import { compareResults } from '../../report/compare.ts';
import { redrawn } from '../../results/judge.ts';
import { readResults } from '../../results/read.ts';
import { exitCodes } from '../../results/verdict.ts';
import type { FlagsOf } from '../option-table.ts';
import { resultsFileAt } from '../report-dir.ts';
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
  const comparison = compareResults(
    redrawn(await readResults(await resultsFileAt(old))),
    redrawn(await readResults(await resultsFileAt(now))),
  );
  output.print(
    flags.json === true ? `${JSON.stringify(comparison, null, 2)}\n` : compareMarkdown(comparison),
  );
  return comparison.newViolations.length > 0 ? exitCodes.violations : exitCodes.conformant;
}
