import { loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../../errors.ts';
import { ledgersIn } from '../../execute/ledger-read.ts';
import { isThisProcess, lifeOf } from '../../execute/process-mark.ts';
import { createProgress } from '../../report/terminal/progress.ts';
import { promiseText } from '../../report/terminal/footprint-text.ts';
import type { Volume } from '../../report/terminal/report-text.ts';
import { judgeAgain } from '../../results/judge.ts';
import { shardText } from '../../plan/shard.ts';
import type { KnownFailure } from '../../results/known-failures.ts';
import type { Results } from '../../results/types.ts';
import { planRun, previewOf } from '../../run/preview.ts';
import { emptyReportDir } from '../../report-files/report-dir.ts';
import type { RunEvent } from '../../run/run-event.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { confirmFull } from '../confirm.ts';
import { interruptible } from '../interrupt.ts';
import { leftBehind } from '../left-behind.ts';
import { readKnownFailures, updateKnownFailures } from '../known-failures-file.ts';
import type { FlagsOf } from '../option-table.ts';
import { configText } from '../print-config.ts';
import type { Origins } from '../program.ts';
import { startTarget, type StartPlan } from '../../start/with-started.ts';
import { contractFiles, defaultKnownFailures, reportDirOf, runOptionsOf } from '../run-options.ts';
import { publish, signingWith } from '../report-dir.ts';
import { ordinaryWordNotes, sendingOf, settle } from '../settle.ts';
import { requireStartable, startPlanOf } from '../start-plan.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { openTarget } from '../target.ts';
import { volumeOf } from '../volume.ts';

type RunFlags = FlagsOf<'run'>;

/** Does the run itself; given, so that this command can be tested without one. */
export type RunConformance = (options: RunOptions) => Promise<Results>;

/**
 * Tests a target: plans, sends, judges, writes results.json and the reports. Gives the exit code of the verdict.
 * Throws UsageError, ContractError or UnreachableError where there is nothing to judge.
 * @param origins where the flags come from, for --print-config
 */
export async function runCommand(
  given: RunFlags,
  surroundings: Surroundings,
  output: Output,
  runConformance: RunConformance,
  origins: Origins = {},
): Promise<number> {
  const volume = volumeOf(given);
  requireWhole(given);
  const signing = await signingWith(given);
  const contract = await loadContract(contractFiles(given));
  const { flags, target: named } = await settle(given, contract, surroundings);
  requireStartable(flags);
  const target = await openTarget(contract, flags, surroundings, output, named);
  try {
    const sending = await sendingOf(target.baseUrl, flags, named, surroundings.env);
    output.protect(sending.secrets);
    for (const note of ordinaryWordNotes(sending)) output.note(note);
    const start = startPlanOf(
      flags,
      { baseUrl: target.baseUrl, keyPrefix: contract.api.keyPrefix },
      named,
      surroundings,
    );
    if (flags.printConfig === true) {
      output.print(configText(contract, target, flags, origins, named));
      return 0;
    }
    const options: RunOptions = { ...(await runOptionsOf(contract, target, flags)), polite: sending };
    if (flags.dryRun === true) return dryRun(options, output);
    if (options.profile === 'full') await confirmFull(target.baseUrl, flags.yes === true, surroundings);
    const directory = reportDirOf(flags);
    await emptyReportDir(directory);
    tellOfLedgers(contract, directory, output);
    const ledgerDir = target.keepsWhatIsMade ? { ledgerDir: directory } : {};
    return await interruptible(
      async (signal) => {
        const first = await withStarted(start, output, () =>
          watched({ ...options, ...ledgerDir, signal }, volume, output, runConformance),
        );
        const results = await updated(first, options.knownFailures ?? [], flags, output);
        const telling = { volume, har: flags.har ?? 'failed', ...signing };
        return publish(directory, results, telling, surroundings, output);
      },
      (text) => output.note(text),
      () => leftOfThisProcess(contract, directory),
    );
  } finally {
    await target.close();
  }
}

/** Throws UsageError where one part of a run would write what only the whole can tell. */
function requireWhole(flags: RunFlags): void {
  if (flags.shard === undefined) return;
  if (flags.sign !== undefined)
    throw new UsageError(
      'A shard makes no statement: --shard and --sign are both given.',
      'Sign what merge makes of all shards: merge … --sign FILE.',
    );
  if (flags.updateKnownFailures !== true) return;
  throw new UsageError(
    'A shard cannot tell which failures are known: --shard and --update-known-failures are both given.',
    'Update the file from a run that is not split.',
  );
}

/** What a run would send, on stdout; nothing is sent. */
function dryRun(options: RunOptions, output: Output): number {
  const { total, promise, leftOut, ...shown } = previewOf(options, planRun(options));
  const lines = [
    `A run with the profile ${options.profile} on ${options.baseUrl} would hold ${total} cases.`,
    ...promiseText(promise, shown.keysInUrls),
    ...leftOut.map(({ count, reason, remedy }) => `${count} cases left out: ${reason} (${remedy}).`),
  ];
  output.print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** The run with what --start names up, if anything: it is ended with the run, and told of where it ended before. */
async function withStarted(
  plan: StartPlan | undefined,
  output: Output,
  work: () => Promise<Results>,
): Promise<Results> {
  if (plan === undefined) return work();
  const started = await startTarget(plan);
  try {
    return await work();
  } finally {
    const early = started.endedEarly();
    if (early !== undefined) output.note(early);
    await started.stop();
  }
}

/** The run with its progress shown. */
async function watched(
  options: RunOptions,
  volume: Volume,
  output: Output,
  runConformance: RunConformance,
): Promise<Results> {
  const progress = createProgress({
    stream: output.drawing,
    live: output.live,
    colors: output.colors,
    volume,
  });
  output.clearBefore(() => progress.clear());
  const say = (text: string): void => {
    if (volume !== 'quiet') output.note(text);
  };
  const { targetName, baseUrl, profile, seed } = options;
  const part = options.selection.shard === undefined ? '' : `, shard ${shardText(options.selection.shard)}`;
  say(`Testing ${targetName ?? 'the target'} at ${baseUrl}, profile ${profile}, seed ${seed}${part}.`);
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'planned') {
      promiseText(event.promise, event.keysInUrls).forEach(say);
      progress.start(event.total);
    } else if (event.kind === 'preflight') event.lines.forEach(say);
    else if (event.kind === 'case') progress.done(event.result, event.requests);
  };
  try {
    return await runConformance({ ...options, onEvent });
  } finally {
    progress.clear();
  }
}

/** Results judged by the known failures as they are after this run, where that was asked for. */
async function updated(
  results: Results,
  entries: readonly KnownFailure[],
  flags: RunFlags,
  output: Output,
): Promise<Results> {
  if (flags.updateKnownFailures !== true) return results;
  const file = flags.knownFailures ?? defaultKnownFailures;
  if (results.ended !== undefined) {
    output.note(`${file} is left as it is: the run did not come to its end.`);
    return results;
  }
  const { added, deleted } = await updateKnownFailures(file, entries, results);
  output.note(`${file}: ${added} entries added, ${deleted} deleted.`);
  return judgeAgain(results, await readKnownFailures(file, true));
}

/** Says where an earlier run left something that it could have archived or given back. */
function tellOfLedgers(contract: Contract, directory: string, output: Output): void {
  const ended = ledgersIn(directory).filter(
    ({ head }) => head?.process === undefined || lifeOf(head.process) !== 'lives',
  );
  for (const ledger of ended) {
    for (const line of leftBehind(ledger, contract, directory)) output.note(line);
  }
}

/** What the run of this process leaves where it is ended at once. */
function leftOfThisProcess(contract: Contract, directory: string): readonly string[] {
  return ledgersIn(directory)
    .filter(({ head }) => head?.process !== undefined && isThisProcess(head.process))
    .flatMap((ledger) => leftBehind(ledger, contract, directory));
}
