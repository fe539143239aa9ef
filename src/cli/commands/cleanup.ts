import { rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../../errors.ts';
import { ledgersIn, type LeftLedger } from '../../execute/ledger-read.ts';
import { pause } from '../../execute/patience.ts';
import type { RunConfig } from '../../execute/run-state.ts';
import { embeddedTargetWord } from '../../results/embedded-target.ts';
import { exitCodes } from '../../results/verdict.ts';
import { reachTarget } from '../../run/reach.ts';
import { userAgent } from '../../run/settings.ts';
import { isAllTidied, remainsOf, tidyTarget, type Remains } from '../../run/tidy-target.ts';
import { normalizeBaseUrl } from '../base-url.ts';
import type { NamedTarget } from '../config-file.ts';
import { gatherKeys } from '../gather-keys.ts';
import { chooseLedger, shownUrl, wordsOfChoice, type Asked, type LedgerChoice } from '../ledger-choice.ts';
import type { FlagsOf } from '../option-table.ts';
import { longestRunMs } from '../options/cleanup.ts';
import { defaultReportDir } from '../report-dir.ts';
import { sendingOf, settle } from '../settle.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { tellTidied } from '../tell-tidied.ts';
import { cleanUpByMarker } from './cleanup-by-marker.ts';
import { protectKeysOf } from '../target.ts';

type CleanupFlags = FlagsOf<'cleanup'>;

/** How often a run that still goes on is looked after, in ms. */
const lookEveryMs = 500;

/**
 * Archives what earlier runs left and gives back what they changed: by their ledgers in the report directory, by the
 * id of a run, or by the marks that the target shows. Gives 0 where nothing is left, 4 where something is. Keys go to
 * the target alone that the user named. Throws UsageError where there is nothing to go by, UnreachableError where
 * nothing answers.
 */
export async function cleanupCommand(
  given: CleanupFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  requireSound(given);
  const contract = await loadContract({ matrix: given.matrix, specs: given.specs });
  const { flags, target } = await settle(given, contract, surroundings);
  if (flags.target === embeddedTargetWord) {
    throw new UsageError('The embedded mock is gone with all that it held.', 'Leave out --target.');
  }
  const directory = flags.reportDir ?? defaultReportDir;
  if (flags.baseUrl === undefined) return withoutTarget(flags, ledgersIn(directory), output);
  const asked: Asked = {
    baseUrl: normalizeBaseUrl(flags.baseUrl, contract.api.basePath),
    runId: flags.runId,
    olderThanMs: flags.olderThan ?? longestRunMs,
    now: new Date(),
  };
  if (flags.wait === true) await whileOneLives(directory, asked, output);
  const ledgers = ledgersIn(directory);
  if (flags.byMarker === true) {
    const config = await configOf(contract, asked.baseUrl, flags, target, surroundings, output);
    return cleanUpByMarker({ contract, config, ledgers, asked, flags }, surroundings, output);
  }
  const choices = ledgers
    .filter(({ runId }) => flags.runId === undefined || flags.runId === runId)
    .map((ledger) => chooseLedger(ledger, asked));
  const blocked = tellChoices(choices, asked, output);
  const work = workOf(choices, flags.runId);
  if (work.length === 0) {
    if (choices.length > 0) return exitCodes.inconclusive;
    output.print('There is no ledger of an earlier run: nothing to archive.\n');
    return exitCodes.conformant;
  }
  const config = await configOf(contract, asked.baseUrl, flags, target, surroundings, output);
  let left = blocked;
  for (const { remains, ledger } of work) {
    const tidied = await tidyTarget(contract, config, remains, flags.dryRun === true);
    const odd = ledger?.odd ?? 0;
    tellTidied(remains.runId, asked.baseUrl, tidied, flags.dryRun === true, output);
    if (odd > 0)
      output.note(`${ledger?.file ?? ''}: ${odd} lines say nothing that can be understood. It is kept.`);
    const tidy = isAllTidied(tidied) && odd === 0;
    if (!tidy) left = true;
    else if (ledger !== undefined && flags.dryRun !== true) rmSync(ledger.file, { force: true });
  }
  return left ? exitCodes.inconclusive : exitCodes.conformant;
}

function requireSound({ runId, byMarker }: CleanupFlags): void {
  if (runId !== undefined && !/^[0-9a-f]{8}$/.test(runId)) {
    throw new UsageError(
      '--run-id is no id of a run.',
      'Expected eight hexadecimal digits, as in the report.',
    );
  }
  if (runId !== undefined && byMarker === true) {
    throw new UsageError('--run-id and --by-marker are both given.', 'Leave one out.');
  }
}

/** Without a target nothing is sent: a ledger is a file, and keys go to no host that a file names. */
function withoutTarget(flags: CleanupFlags, ledgers: readonly LeftLedger[], output: Output): number {
  if (flags.runId !== undefined || flags.byMarker === true) {
    const which = flags.runId === undefined ? '--by-marker' : '--run-id';
    throw new UsageError(`${which} is given, but no target.`, 'Name it by --base-url or --target.');
  }
  if (ledgers.length > 0) {
    const told = [...new Set(ledgers.map(({ head }) => shownUrl(head?.baseUrl ?? '')))];
    throw new UsageError(
      `No target is named. The ledgers of earlier runs are for ${told.join(' and ')}.`,
      'Name the target by --base-url or --target: keys go to no host that a file alone names.',
    );
  }
  output.print('There is no ledger of an earlier run: nothing to archive.\n');
  return exitCodes.conformant;
}

async function whileOneLives(directory: string, asked: Asked, output: Output): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    const living = ledgersIn(directory)
      .map((ledger) => chooseLedger(ledger, asked))
      .filter(({ kind }) => kind === 'lives');
    if (living.length === 0) return;
    for (const { ledger } of living) {
      if (!told.has(ledger.runId)) output.note(`Waiting for the run ${ledger.runId} to end.`);
      told.add(ledger.runId);
    }
    await pause(lookEveryMs);
  }
}

/** Says of each ledger that is not gone by why; gives whether one of them may be of the target. */
function tellChoices(choices: readonly LedgerChoice[], asked: Asked, output: Output): boolean {
  for (const choice of choices) {
    const words = wordsOfChoice(choice, asked);
    if (words !== undefined) output.note(words);
  }
  return choices.some((choice) => {
    if (choice.kind === 'other-target') return choice.alike;
    return choice.kind !== 'usable';
  });
}

interface Work {
  readonly remains: Remains;
  readonly ledger?: LeftLedger;
}

function workOf(choices: readonly LedgerChoice[], runId: string | undefined): readonly Work[] {
  if (choices.length === 0 && runId !== undefined) return [{ remains: remainsOf(runId) }];
  return choices.flatMap(({ kind, ledger }) => (kind === 'usable' ? [{ remains: ledger, ledger }] : []));
}

/** What requests are made with, once the target has answered. */
async function configOf(
  contract: Contract,
  baseUrl: string,
  flags: CleanupFlags,
  target: NamedTarget | undefined,
  surroundings: Surroundings,
  output: Output,
): Promise<RunConfig> {
  protectKeysOf(contract, surroundings.env, output);
  const { keys } = await gatherKeys(contract, surroundings.env, flags.keys, target);
  output.protect(Object.values(keys));
  const sending = await sendingOf(baseUrl, flags, target, surroundings.env);
  output.protect(sending.secrets);
  const config: RunConfig = {
    runId: randomBytes(4).toString('hex'),
    baseUrl,
    keys,
    profile: 'full',
    seed: 1,
    timeoutMs: flags.timeout ?? 10_000,
    concurrency: flags.concurrency ?? 4,
    userAgent,
    ...sending,
  };
  await reachTarget(contract, config);
  return config;
}
