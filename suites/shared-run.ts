/** What the parts of a run share: vitest evaluates the suite once for each part, and this module once. */
import { Run } from '../src/execute/run.ts';
import type { Case } from '../src/plan/types.ts';
import { freeMemory } from '../src/run/free-memory.ts';
import { takeParts, type Part } from '../src/run/run-channel.ts';
import type { SuiteSettings } from '../src/run/settings.ts';

export interface SharedRun {
  readonly run: Run;
  /** What failed and is to be repeated. */
  readonly failed: Case[];
  /** The part whose turn it is. */
  readonly nextPart: () => Promise<Part>;
  /** Lets go of the target. */
  readonly close: () => Promise<void>;
}

let begun: { readonly runId: string; readonly shared: SharedRun } | undefined;

/** The run of the settings, begun by whichever part asks first. */
export function sharedRun(settings: SuiteSettings): SharedRun {
  const { runId } = settings.config;
  if (begun?.runId !== runId) begun = { runId, shared: begin(settings) };
  return begun.shared;
}

function begin({ contract, config, promise }: SuiteSettings): SharedRun {
  const run = new Run(contract, config, promise);
  const taking = takeParts(config.runId, () => run.halt({ kind: 'interrupted' }));
  let parts = 0;
  return {
    run,
    failed: [],
    nextPart: () => {
      // What vitest kept of the part before.
      if (parts++ > 0) freeMemory();
      return taking.nextPart();
    },
    close: async () => {
      taking.close();
      await run.close();
    },
  };
}
