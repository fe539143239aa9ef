import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../../errors.ts';
import type { Profile } from '../../plan/types.ts';
import { createProgress } from '../../report/terminal/progress.ts';
import { reportText } from '../../report/terminal/report-text.ts';
import { readScore } from '../../report-files/suite-score.ts';
import { htmlFile, removeReports, writeReports } from '../../report-files/write-reports.ts';
import { writeResults } from '../../results/write.ts';
import type { Results } from '../../results/types.ts';
import { fileErrorWord } from '../../write-whole.ts';
import type { RunEvent, RunOptions } from '../../run/run.ts';
import { confirmFull } from '../confirm.ts';
import { interruptible } from '../interrupt.ts';
import { inGitHubActions, tellGitHub, withoutCommands } from '../github.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed, selectionOf } from '../selection-flags.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { openTarget, type Target } from '../target.ts';
import { volumeOf } from '../volume.ts';

type RunFlags = FlagsOf<'run'>;

/** Does the run itself; given, so that this command can be tested without one. */
export type RunConformance = (options: RunOptions) => Promise<Results>;

const defaultReportDir = join('reports', 'latest');
const defaultTimeoutMs = 10_000;
const defaultConcurrency = 16;

/**
 * Tests a target: plans, sends, judges, writes results.json and the reports. Gives the exit code of the verdict.
 * Throws UsageError, ContractError or UnreachableError where there is nothing to judge.
 */
export async function runCommand(
  flags: RunFlags,
  surroundings: Surroundings,
  output: Output,
  runConformance: RunConformance,
): Promise<number> {
  const volume = volumeOf(flags);
  const contract = await loadContract(contractFiles(flags));
  const target = await openTarget(contract, flags, surroundings, output);
  try {
    const profile = flags.profile ?? target.defaultProfile;
    if (profile === 'full') await confirmFull(target.baseUrl, flags.yes === true, surroundings);
    const directory = await emptyReportDir(flags.reportDir ?? defaultReportDir);
    const results = await watched(contract, target, profile, flags, output, runConformance);
    const file = await writeResults(directory, results);
    const har = flags.har ?? 'failed';
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
    return results.exitCode;
  } finally {
    await target.close();
  }
}

/** The run with its progress shown and Ctrl-C heeded. */
async function watched(
  contract: Contract,
  target: Target,
  profile: Profile,
  flags: RunFlags,
  output: Output,
  runConformance: RunConformance,
): Promise<Results> {
  const volume = volumeOf(flags);
  const progress = createProgress({
    stream: output.drawing,
    live: output.live,
    colors: output.colors,
    volume,
  });
  const say = (text: string): void => {
    if (volume !== 'quiet') output.note(text);
  };
  say(
    `Testing ${target.name ?? 'the target'} at ${target.baseUrl}, profile ${profile}, seed ${flags.seed ?? defaultSeed}.`,
  );
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'planned') progress.start(event.total);
    else if (event.kind === 'preflight') event.lines.forEach(say);
    else if (event.kind === 'case') progress.done(event.result, event.requests);
  };
  try {
    return await interruptible(
      (signal) => runConformance({ ...runOptions(contract, target, profile, flags), onEvent, signal }),
      (text) => output.note(text),
    );
  } finally {
    progress.stop();
  }
}

function runOptions(contract: Contract, target: Target, profile: Profile, flags: RunFlags): RunOptions {
  return {
    contract,
    ...contractFiles(flags),
    baseUrl: target.baseUrl,
    ...(target.name === undefined ? {} : { targetName: target.name }),
    keys: target.keys,
    profile,
    seed: flags.seed ?? defaultSeed,
    timeoutMs: flags.timeout ?? defaultTimeoutMs,
    concurrency: flags.concurrency ?? defaultConcurrency,
    selection: selectionOf(flags),
    ...(flags.har === 'all' ? { evidence: 'all' as const } : {}),
    strict: flags.strict === true,
    allowInconclusive: flags.allowInconclusive === true,
  };
}

/** The paths of another contract, where the flags name one. */
function contractFiles({ matrix, specs }: RunFlags): { readonly matrix?: string; readonly specs?: string } {
  return { ...(matrix === undefined ? {} : { matrix }), ...(specs === undefined ? {} : { specs }) };
}

/**
 * Makes the report directory before the first request, and takes the reports of an earlier run out of it.
 */
async function emptyReportDir(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    await removeReports(directory);
  } catch (error) {
    throw new UsageError(
      `The report directory ${directory} cannot be used: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
  return directory;
}
