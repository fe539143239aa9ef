import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadContract } from '../../contract/load.ts';
import { withRequestValues } from '../../contract/request-values.ts';
import type { Contract } from '../../contract/types.ts';
import { packageVersion } from '../../package-root.ts';
import { levelsOf } from '../../plan/levels.ts';
import { digestOf, planCases } from '../../plan/plan.ts';
import { badgeOf, badgeSvg } from '../../report/badge.ts';
import { cellCountsText } from '../../report/cell-words.ts';
import { checkStatement, type ExpectedPlan } from '../../report/check-statement.ts';
import { levelSentences } from '../../report/level-words.ts';
import { counted } from '../../report/terminal/wrap.ts';
import { countsText, targetText, verdictWords } from '../../report/verdict-words.ts';
import { readPublicKey } from '../../report-files/signing-key.ts';
import { readScore } from '../../report-files/suite-score.ts';
import { badgeFile } from '../../report-files/write-reports.ts';
import { fileDigest } from '../../results/digest.ts';
import { readResults } from '../../results/read.ts';
import type { Results } from '../../results/types.ts';
import { exitCodes } from '../../results/verdict.ts';
import { resultsFile } from '../../results/write.ts';
import { suiteDigest } from '../../suite-digest.ts';
import type { FlagsOf } from '../option-table.ts';
import { readPublished } from '../published-statement.ts';
import type { Output } from '../surroundings.ts';

/**
 * Checks a published statement, and the badge beside it, against the results: the verdict is computed again from the
 * cases, and the cases from the plan of the contract; with a key, who signed it. Gives exit code 1 where anything does
 * not hold, and 4 where nothing but the arithmetic could be checked, since the contract of the results is another.
 * Throws UsageError where a file cannot be read.
 */
export async function verifyCommand(path: string, flags: FlagsOf<'verify'>, output: Output): Promise<number> {
  const key = flags.key === undefined ? undefined : await readPublicKey(flags.key);
  const published = await readPublished(path, key);
  const resultsPath = flags.results ?? join(dirname(path), resultsFile);
  const results = await readResults(resultsPath);
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const known = contract.digest === results.contract.digest;
  if (!known) output.print(`${arithmeticOnly(results, contract)}\n`);
  const plan = known ? expectedPlan(results, contract) : undefined;
  // What another version was measured to catch cannot be told.
  const score = results.tool.version === packageVersion ? ((await readScore()) ?? null) : undefined;
  const checked = { results, sha256: await fileDigest(resultsPath), score };
  const problems = [
    ...published.problems,
    ...contractProblems(results, contract),
    ...checkStatement(published.statement, checked, plan),
    ...(await badgeProblems(path, results)),
  ];
  for (const problem of problems) output.print(`✗ ${problem}\n`);
  if (problems.length > 0) {
    output.print(`The statement does not hold: ${counted(problems.length, 'difference')}.\n`);
    return exitCodes.violations;
  }
  const { word } = verdictWords(results);
  const counts = [countsText(results.summary), cellCountsText(results)].filter((text) => text !== undefined);
  const summary = `${word}: ${targetText(results)}, ${counts.join('; ')}.`;
  // What a level asks for is in the contract alone.
  const lines = known
    ? [`The statement holds. ${summary}`, ...levelSentences(results)]
    : [`The results add up to what the statement says. ${summary}`];
  const words = [...lines, published.signature, ...whatIsProven(results, known)];
  output.print(words.map((line) => `${line}\n`).join(''));
  return known ? exitCodes.conformant : exitCodes.inconclusive;
}

/** What can be told from these files, and what cannot. */
function whatIsProven({ tool }: Results, known: boolean): readonly string[] {
  const whole = known ? ', and that every planned case is there, once' : '';
  const mine = { name: tool.name, version: packageVersion, digest: suiteDigest() };
  return [
    `Proven: that statement, badge and results belong together, that verdict, levels and cells follow from the cases${whole}.`,
    'Not proven: that this target gave these answers. For that stands whoever signed the statement, or publishes it.',
    ...(isDeepStrictEqual(tool, mine)
      ? []
      : [
          `Not proven: how the answers were judged, and what the suite is said to catch; that was other code (${tool.name} ${tool.version}).`,
        ]),
  ];
}

/** That the plan cannot be checked, with both contracts and what to do. */
function arithmeticOnly({ contract: theirs }: Results, { api, digest }: Contract): string {
  return (
    `Nothing but the arithmetic of these results can be checked: they are of ${theirs.title} ${theirs.version}, ` +
    `contract digest ${theirs.digest}; the contract at hand is ${api.title} ${api.version}, digest ${digest}. ` +
    'Give theirs with --matrix and --specs.'
  );
}

/** One version of one contract is one text: another digest under the same name is a difference. */
function contractProblems(
  { contract: theirs }: Results,
  { api, digest, files }: Contract,
): readonly string[] {
  const same = theirs.title === api.title && theirs.version === api.version;
  if (theirs.digest === digest && !isDeepStrictEqual(theirs.files, files))
    return ['results: the digests of the files of the contract are not those of the contract'];
  if (!same || theirs.digest === digest) return [];
  return [
    `results: the contract ${api.title} ${api.version} has the digest ${digest}, the results say ${theirs.digest}`,
  ];
}

function expectedPlan(results: Results, contract: Contract): ExpectedPlan {
  const asPlanned = withRequestValues(contract, results.requestValues ?? {});
  const cases = planCases(asPlanned, { seed: results.seed, profile: results.profile });
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
