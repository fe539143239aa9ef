/** What the lists show under the mark of any run: all that there is to go by where a ledger is lost. */
import type { Contract } from '../contract/types.ts';
import { tidyingContext } from '../execute/cleanup.ts';
import { listedThings, organizationsOf, type ListedThing } from '../execute/find-marked.ts';
import { markIn } from '../execute/marker.ts';
import { Run } from '../execute/run.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { isArchivable, isShared } from './what-tidies.ts';

/** The things that bear the mark of one run. */
export interface MarkedRun {
  readonly runId: string;
  /** When it began; undefined where its marks do not tell. */
  readonly startedAt: Date | undefined;
  readonly things: readonly ListedThing[];
}

/** The runs whose marks the lists show, and the lists that could not be read. Only reads are sent. */
export async function markedRuns(
  contract: Contract,
  config: RunConfig,
): Promise<{ readonly runs: readonly MarkedRun[]; readonly unread: readonly string[] }> {
  const run = new Run(contract, config);
  try {
    const { things, unread } = await listedThings(
      run,
      tidyingContext(run),
      (resource) => isArchivable(resource) || isShared(resource),
      organizationsOf(run),
    );
    const runs = new Map<string, MarkedRun>();
    for (const thing of things) {
      const mark = markIn(thing.name);
      if (mark === undefined) continue;
      const known = runs.get(mark.runId);
      runs.set(mark.runId, {
        runId: mark.runId,
        startedAt: known?.startedAt ?? mark.startedAt,
        things: [...(known?.things ?? []), thing],
      });
    }
    return { runs: [...runs.values()], unread };
  } finally {
    await run.close();
  }
}
