import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { levelsOf } from '../../plan/levels.ts';
import { digestOf, planCases } from '../../plan/plan.ts';
import { badgeOf, badgeSvg } from '../../report/badge.ts';
import { checkStatement, type ExpectedPlan } from '../../report/check-statement.ts';
import { levelSentences } from '../../report/level-words.ts';
import { countsText, targetText, verdictWords } from '../../report/verdict-words.ts';
import { badgeFile } from '../../report-files/write-reports.ts';
import { readResults } from '../../results/read.ts';
import type { Results } from '../../results/types.ts';
import { exitCodes } from '../../results/verdict.ts';
import { resultsFile } from '../../results/write.ts';
import { fileErrorWord } from '../../write-whole.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output } from '../surroundings.ts';

/**
 * Checks a published statement, and the badge beside it, against the results: the verdict is computed again from the
 * cases, and the cases from the plan where this version knows the contract. Gives exit code 1 where anything does
 * not hold. Throws UsageError where a file cannot be read.
 */
export async function verifyCommand(path: string, flags: FlagsOf<'verify'>, output: Output): Promise<number> {
  const statement = await statementAt(path);
  const results = await readResults(flags.results ?? join(dirname(path), resultsFile));
  const plan = await expectedPlan(results, flags);
  if (plan === undefined)
    output.note('The results are of another contract than this version has: their plan is not checked.');
  const problems = [...checkStatement(statement, results, plan), ...(await badgeProblems(path, results))];
  for (const problem of problems) output.print(`✗ ${problem}\n`);
  if (problems.length > 0) {
    output.print(`The statement does not hold: ${problems.length} differences.\n`);
    return exitCodes.violations;
  }
  const { word } = verdictWords(results);
  const lines = [
    `The statement holds. ${word}: ${targetText(results)}, ${countsText(results.summary)}.`,
    ...levelSentences(results),
  ];
  output.print(lines.map((line) => `${line}\n`).join(''));
  return exitCodes.conformant;
}

async function statementAt(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${fileErrorWord(error)}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is no JSON.`, 'A run writes it as conformance-statement.json.');
  }
}

async function expectedPlan(results: Results, flags: FlagsOf<'verify'>): Promise<ExpectedPlan | undefined> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  if (contract.digest !== results.contract.digest) return undefined;
  const cases = planCases(contract, { seed: results.seed, profile: results.profile });
  const countsFor = levelsOf(contract);
  return {
    digest: digestOf(cases),
    countsFor: new Map(cases.map((one) => [one.id, countsFor(one)])),
    levels: contract.levels.map(({ id }) => id),
  };
}

/** A badge that stands beside the statement must be the one of the results. */
async function badgeProblems(path: string, results: Results): Promise<readonly string[]> {
  const beside = join(dirname(path), badgeFile);
  const svg = await readFile(beside, 'utf8').catch(() => undefined);
  if (svg === undefined || svg === badgeSvg(badgeOf(results))) return [];
  const { message } = badgeOf(results);
  return [`${badgeFile}: it is not the badge of these results, which says "${message}"`];
}
