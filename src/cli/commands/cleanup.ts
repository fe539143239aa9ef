import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { ledgersIn } from '../../execute/ledger-read.ts';
import type { RunConfig } from '../../execute/run-state.ts';
import { printable } from '../../report/printable.ts';
import { embeddedTargetWord } from '../../results/embedded-target.ts';
import { exitCodes } from '../../results/verdict.ts';
import { reachTarget } from '../../run/reach.ts';
import { userAgent } from '../../run/settings.ts';
import { tidyTarget, type Remains } from '../../run/tidy-target.ts';
import { normalizeBaseUrl } from '../base-url.ts';
import { gatherKeys } from '../gather-keys.ts';
import type { FlagsOf } from '../option-table.ts';
import { sendingOf, settle } from '../settle.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { protectKeysOf } from '../target.ts';

type CleanupFlags = FlagsOf<'cleanup'>;

/**
 * Archives what earlier runs left: by their ledgers in the report directory, or by the id of a run. Gives 0 where
 * nothing is left that could be archived, 4 where something could not. Throws UsageError where there is nothing to
 * go by, UnreachableError where nothing answers.
 */
export async function cleanupCommand(
  given: CleanupFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const contract = await loadContract({ matrix: given.matrix, specs: given.specs });
  const { flags, target } = await settle(given, contract, surroundings);
  if (flags.target === embeddedTargetWord) {
    throw new UsageError('The embedded mock is gone with all that it held.', 'Leave out --target.');
  }
  const asked =
    flags.baseUrl === undefined ? undefined : normalizeBaseUrl(flags.baseUrl, contract.api.basePath);
  const work = await workOf(flags, asked);
  if (work.length === 0) {
    output.print('There is no ledger of an earlier run: nothing to archive.\n');
    return exitCodes.conformant;
  }
  protectKeysOf(contract, surroundings.env, output);
  const { keys } = await gatherKeys(contract, surroundings.env, flags.keys, target);
  output.protect(Object.values(keys));
  let left = 0;
  for (const { baseUrl, ...remains } of work) {
    const sending = await sendingOf(baseUrl, flags, target, surroundings.env);
    output.protect(sending.secrets);
    const config: RunConfig = {
      runId: remains.runId,
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
    const tidied = await tidyTarget(contract, config, remains, flags.dryRun === true);
    const head = `Run ${remains.runId} on ${baseUrl}:`;
    for (const { resource, id, name } of flags.dryRun === true ? tidied.found : []) {
      output.print(printable(`${head} would archive the ${resource} ${id} "${name}"`) + '\n');
    }
    if (flags.dryRun !== true) output.print(`${head} ${tidied.archived} archived.\n`);
    for (const { resource, id, reason } of tidied.left) {
      output.print(printable(`${head} the ${resource} ${id} is left: ${reason}`) + '\n');
    }
    left += tidied.left.length;
  }
  return left === 0 ? exitCodes.conformant : exitCodes.inconclusive;
}

type Work = Remains & { readonly baseUrl: string };

/** The runs to clean up after, each with its target; ledgers of other targets than the asked one are left alone. */
async function workOf(flags: CleanupFlags, asked: string | undefined): Promise<readonly Work[]> {
  const { runId } = flags;
  const ledgers = (await ledgersIn(flags.reportDir ?? join('reports', 'latest'))).filter(
    (ledger) =>
      (runId === undefined || ledger.runId === runId) && (asked === undefined || ledger.baseUrl === asked),
  );
  if (runId !== undefined && !/^[0-9a-f]{8}$/.test(runId)) {
    throw new UsageError(
      '--run-id is no id of a run.',
      'Expected eight hexadecimal digits, as in the report.',
    );
  }
  if (ledgers.length > 0) {
    return ledgers
      .filter(({ baseUrl }) => baseUrl !== '')
      .map((ledger) => ({ runId: ledger.runId, ledger, baseUrl: ledger.baseUrl }));
  }
  if (runId === undefined) return [];
  if (asked !== undefined) return [{ runId, baseUrl: asked }];
  throw new UsageError('--run-id is given, but no target.', 'Name it by --base-url or --target.');
}
