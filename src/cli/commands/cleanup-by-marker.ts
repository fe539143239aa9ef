import type { Contract } from '../../contract/types.ts';
import type { LeftLedger } from '../../execute/ledger-read.ts';
import { lifeOf } from '../../execute/process-mark.ts';
import type { RunConfig } from '../../execute/run-state.ts';
import { printable } from '../../report/printable.ts';
import { exitCodes } from '../../results/verdict.ts';
import { markedRuns, type MarkedRun } from '../../run/marked-runs.ts';
import { isAllTidied, remainsOf, tidyTarget } from '../../run/tidy-target.ts';
import { confirm } from '../confirm.ts';
import { isOlder, type Asked } from '../ledger-choice.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { tellTidied } from '../tell-tidied.ts';

export interface ByMarker {
  readonly contract: Contract;
  readonly config: RunConfig;
  /** Those in the report directory: they tell of a run whether it goes on. */
  readonly ledgers: readonly LeftLedger[];
  readonly asked: Asked;
  readonly flags: Pick<FlagsOf<'cleanup'>, 'dryRun' | 'yes'>;
}

/**
 * Lists what bears the mark of any run, asks, and tidies up after the runs that have ended or began long enough ago.
 * Gives 0 where nothing of those is left, 4 where something is or a list could not be read.
 */
export async function cleanUpByMarker(
  { contract, config, ledgers, asked, flags }: ByMarker,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const { runs, unread } = await markedRuns(contract, config);
  for (const line of unread) output.note(printable(`A list could not be read: ${line}.`));
  const kept = runs.flatMap((run) => {
    const why = whyKept(run, ledgers, asked);
    return why === undefined ? [] : [{ run, why }];
  });
  for (const { run, why } of kept) output.note(`Run ${run.runId}: ${run.things.length} left, for ${why}.`);
  const ended = runs.filter((run) => !kept.some((one) => one.run === run));
  for (const { runId, things } of ended) {
    for (const { resource, id, name } of things) {
      output.print(printable(`Run ${runId}: the ${resource} ${id} "${name}"`) + '\n');
    }
  }
  const unclear = unread.length > 0;
  if (ended.length === 0) {
    output.print('Nothing else bears the mark of a run.\n');
    return unclear ? exitCodes.inconclusive : exitCodes.conformant;
  }
  if (flags.dryRun === true) return exitCodes.conformant;
  if (flags.yes !== true) {
    await confirm(
      `These are archived on ${asked.baseUrl}, and what was renamed is given back.`,
      { unasked: 'Add --yes to allow it.', refused: 'Nothing was changed.' },
      surroundings,
    );
  }
  let left = unclear;
  for (const { runId } of ended) {
    const ledger = ledgers.find(({ runId: id, head }) => id === runId && head?.baseUrl === asked.baseUrl);
    const tidied = await tidyTarget(contract, config, ledger ?? remainsOf(runId), false);
    tellTidied(runId, asked.baseUrl, tidied, false, output);
    if (!isAllTidied(tidied)) left = true;
  }
  return left ? exitCodes.inconclusive : exitCodes.conformant;
}

/** Why a run is let alone, as the end of a sentence; undefined where it has ended, or must have. */
function whyKept(
  { runId, startedAt }: MarkedRun,
  ledgers: readonly LeftLedger[],
  { olderThanMs, now }: Asked,
): string | undefined {
  const owner = ledgers.find((ledger) => ledger.runId === runId)?.head?.process;
  const life = owner === undefined ? 'elsewhere' : lifeOf(owner);
  if (life === 'lives') return `it is not at its end (process ${owner?.pid ?? ''})`;
  if (life === 'ended' || isOlder(startedAt, olderThanMs, now)) return undefined;
  return startedAt === undefined
    ? 'its marks do not tell when it began (--older-than 0 takes it as well)'
    : `it began ${startedAt.toISOString()} and may go on (--older-than says when it cannot)`;
}
