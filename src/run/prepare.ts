/** What comes before and after the cases of a run, whatever carries them out. */
import type { RunConfig } from '../execute/run-state.ts';
import { leavingOut, outlineOf } from '../plan/outline.ts';
import { digestOf } from '../plan/plan.ts';
import type { FootprintPromise } from '../plan/promise.ts';
import type { LeftOut, SelectedCases } from '../plan/select.ts';
import type { Case } from '../plan/types.ts';
import type { Results } from '../results/types.ts';
import type { Collected } from './collector.ts';
import { requireKnownCases } from './known-cases.ts';
import { planRun, previewOf } from './preview.ts';
import { reachTarget } from './reach.ts';
import { runConfigOf } from './run-config.ts';
import type { RunOptions } from './run-options.ts';
import { toResults } from './to-results.ts';

export interface PreparedRun extends SelectedCases {
  readonly config: RunConfig;
  /** The whole plan. */
  readonly cases: readonly Case[];
  /** What it sends at most. */
  readonly promise: FootprintPromise;
  /**
   * The results, from what the cases came to.
   * @param alsoLeftOut selected cases that were not carried out after all
   */
  readonly conclude: (collected: Collected, alsoLeftOut?: readonly LeftOut[]) => Results;
}

/**
 * Plans a run, selects its cases and takes one look at the target. Throws UsageError for a selection that matches
 * nothing, ContractError for known failures that speak of no case, and UnreachableError where nothing answers.
 */
export async function prepareRun(options: RunOptions): Promise<PreparedRun> {
  const started = new Date();
  const { contract, selection, onEvent = () => undefined } = options;
  const { cases, selected, whole, skipped } = planRun(options);
  requireKnownCases(options.knownFailures ?? [], cases, contract);
  const preview = previewOf(options, { selected, whole, skipped });
  onEvent({ kind: 'planned', ...preview });
  const configured = runConfigOf(options);
  const { lines, spent } = await reachTarget(contract, configured);
  onEvent({ kind: 'preflight', lines });
  const config = { ...configured, spent };
  // The plan itself is not held beyond this: its requests would take room for as long as the run lasts.
  const plan = outlineOf(cases, skipped);
  const shard =
    selection.shard === undefined ? {} : { shard: { ...selection.shard, selection: digestOf(whole) } };
  const conclude: PreparedRun['conclude'] = (collected, alsoLeftOut = []) =>
    toResults({
      contract,
      config,
      ...(options.targetName === undefined ? {} : { targetName: options.targetName }),
      strict: options.strict,
      allowInconclusive: options.allowInconclusive,
      interrupted: options.signal?.aborted === true,
      ...(selection.levels === undefined ? {} : { claims: selection.levels }),
      plan: leavingOut(plan, alsoLeftOut),
      collected,
      started,
      knownFailures: options.knownFailures ?? [],
      ...shard,
    });
  return { config, cases, selected, whole, skipped, promise: preview.promise, conclude };
}
