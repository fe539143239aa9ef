import { emptyReportDir, fillReportDir } from '../report-files/report-dir.ts';
import type { Results } from '../results/types.ts';
import { runConformance as runInVitest } from '../run/run.ts';
import { startTarget } from '../start/with-started.ts';
import type { RunHooks, RunSettings } from './settings.ts';
import { settleRun } from './settle.ts';
import type { TargetDefinition } from './target.ts';

/** A run of the cases on a target. */
export interface ConformanceOptions extends RunSettings, RunHooks {
  readonly target: TargetDefinition;
  /** Instead of those of the target. */
  readonly keys?: TargetDefinition['keys'];
}

const hooks = ['repeatFailed', 'onEvent', 'signal'] as const satisfies readonly (keyof RunHooks)[];

/**
 * Tests a target as `armature-conformance run` does, and gives the results: `results.exitCode` is 0 where it is
 * conformant. Writes nothing but the reports, where `reportDir` asks for them.
 * Throws UsageError and ContractError for what is wrong with the options, and UnreachableError where nothing answers;
 * what the target gets wrong is in the results.
 */
export async function runConformance({ target, keys, ...given }: ConformanceOptions): Promise<Results> {
  const chosen = keys === undefined ? target : { ...target, keys };
  const { options, notes, start, reportDir, har } = await settleRun(chosen, given, hooks);
  if (notes.length > 0) given.onEvent?.({ kind: 'preflight', lines: notes });
  if (reportDir !== undefined) await emptyReportDir(reportDir);
  const started = start === undefined ? undefined : await startTarget(start, given.signal);
  try {
    const results = await runInVitest(options);
    if (reportDir !== undefined) await fillReportDir(reportDir, results, { har });
    return results;
  } finally {
    await started?.stop();
  }
}
