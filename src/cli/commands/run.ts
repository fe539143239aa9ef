import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../../errors.ts';
import type { Profile } from '../../plan/types.ts';
import { createProgress } from '../../report/terminal/progress.ts';
import { reportText, type Volume } from '../../report/terminal/report-text.ts';
import { resultsFile, writeResults } from '../../results/write.ts';
import type { Results } from '../../results/types.ts';
import type { RunEvent, RunOptions } from '../../run/run.ts';
import { confirmFull } from '../confirm.ts';
import { interruptible } from '../interrupt.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed, selectionOf } from '../selection-flags.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { openTarget, type Target } from '../target.ts';

type RunFlags = FlagsOf<'run'>;

/** Does the run itself; given, so that this command can be tested without one. */
export type RunConformance = (options: RunOptions) => Promise<Results>;

const defaultReportDir = join('reports', 'latest');
const defaultTimeoutMs = 10_000;
const defaultConcurrency = 16;

/**
 * Tests a target: plans, sends, judges, writes results.json and reports. Gives the exit code of the verdict.
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
    output.print(reportText(results, { colors: output.colors, width: output.width, volume }));
    if (volume !== 'quiet') output.note(`Results: ${file}`);
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
    strict: flags.strict === true,
    allowInconclusive: flags.allowInconclusive === true,
  };
}

/** The paths of another contract, where the flags name one. */
function contractFiles({ matrix, specs }: RunFlags): { readonly matrix?: string; readonly specs?: string } {
  return { ...(matrix === undefined ? {} : { matrix }), ...(specs === undefined ? {} : { specs }) };
}

function volumeOf({ quiet, verbose }: RunFlags): Volume {
  if (quiet === true && verbose === true) {
    throw new UsageError('--quiet and --verbose are both given.', 'Choose one of them.');
  }
  if (quiet === true) return 'quiet';
  return verbose === true ? 'verbose' : 'normal';
}

/**
 * Makes the report directory before the first request, and takes the results of an earlier run out of it: they must
 * not be read as those of a run that came to nothing.
 */
async function emptyReportDir(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    await rm(join(directory, resultsFile), { force: true });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `The report directory ${directory} cannot be used: ${reason}.`,
      'Choose another --report-dir.',
    );
  }
  return directory;
}
