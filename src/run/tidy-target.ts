/** Archiving later what a run left behind: what its ledger names, and what bears its marker. */
import { rm } from 'node:fs/promises';
import type { Contract } from '../contract/types.ts';
import { findMarked, leftoversOf, markerOf, removePending, tidyingContext } from '../execute/cleanup.ts';
import type { LeftLedger } from '../execute/ledger-read.ts';
import { Run } from '../execute/run.ts';
import type { RunConfig } from '../execute/run-state.ts';
import type { Leftover } from '../results/types.ts';

/** The remains of one run on a target. */
export interface Remains {
  readonly runId: string;
  readonly ledger?: LeftLedger;
}

export interface Tidied {
  readonly found: readonly { readonly resource: string; readonly id: string; readonly name: string }[];
  readonly archived: number;
  /** What could not be archived, with the reason. */
  readonly left: readonly Leftover[];
}

/**
 * Archives the remains of a run; nothing else is touched. The ledger file goes away once all of it is gone.
 * @param dryRun whether it is only told what is there
 */
export async function tidyTarget(
  contract: Contract,
  config: RunConfig,
  { runId, ledger }: Remains,
  dryRun: boolean,
): Promise<Tidied> {
  const run = new Run(contract, { ...config, runId });
  const context = tidyingContext(run);
  try {
    for (const thing of ledger?.made ?? []) {
      if (contract.resources[thing.resource]?.cleanup === 'archive') run.ledger.find(thing);
    }
    await findMarked(run, context, (name) => name.includes(markerOf(runId)));
    const found = run.ledger.entries.map(({ resource, id, name }) => ({ resource, id, name }));
    if (dryRun) return { found, archived: 0, left: [] };
    await removePending(run, context);
    const left = leftoversOf(run);
    if (left.length === 0 && ledger !== undefined) await rm(ledger.file, { force: true });
    return { found, archived: found.length - left.length, left };
  } finally {
    await run.close();
  }
}
