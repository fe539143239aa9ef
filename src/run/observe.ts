/** A run that is to be compared: every exchange is kept, and no vitest is needed, so that two can run at once. */
import { executePlan } from '../execute/execute-plan.ts';
import { finishRun } from '../execute/finish.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { Run } from '../execute/run.ts';
import { orderProbes } from '../plan/order-probes.ts';
import { outlineOf } from '../plan/outline.ts';
import { planCases } from '../plan/plan.ts';
import { promiseOf, type FootprintPromise } from '../plan/promise.ts';
import { selectCases } from '../plan/select.ts';
import type { Case } from '../plan/types.ts';
import type { CaseResult, Results } from '../results/types.ts';
import { reachTarget } from './reach.ts';
import { runConfigOf, type Configured } from './run-config.ts';
import type { RunOptions } from './run-options.ts';
import { toResults } from './to-results.ts';

/** A run that is looked at, not judged. */
export interface Observation
  extends Omit<Configured, 'evidence'>, Pick<RunOptions, 'contract' | 'targetName'> {
  /** The only cases that are planned; by default all of them are. */
  readonly only?: (planned: Case) => boolean;
}

export interface PlannedObservation {
  readonly cases: readonly Case[];
  readonly selected: readonly Case[];
  readonly skipped: ReturnType<typeof selectCases>['skipped'];
  readonly promise: FootprintPromise;
}

/**
 * The cases of a run and the probes of what competes, divided as for a run. Throws UsageError for a selection that
 * matches nothing.
 */
export function planObservation(
  of: Pick<Observation, 'contract' | 'profile' | 'seed' | 'keys' | 'selection' | 'only'>,
): PlannedObservation {
  const { contract, profile, seed, keys, selection, only = () => true } = of;
  const all = [...planCases(contract, { seed, profile }), ...orderProbes(contract, seed)];
  const cases = all.filter(only);
  const { selected, skipped } = selectCases(
    cases,
    { ...selection, profile, keys: Object.keys(keys) },
    contract,
  );
  return { cases, selected, skipped, promise: promiseOf(contract, selected, selection.without) };
}

/** Asks the target who the keys are and what is there, a line each. Throws UnreachableError where nothing answers. */
export async function reachObserved(observation: Observation): Promise<readonly string[]> {
  return (await reachTarget(observation.contract, configOf(observation))).lines;
}

/**
 * Carries out the planned cases and gives results that keep every exchange, whatever trouble there is.
 * @param onCase told of each result
 * @param signal aborting it ends the run after the cases in flight
 */
export async function observe(
  observation: Observation,
  planned: PlannedObservation,
  onCase: (result: CaseResult) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Results> {
  const started = new Date();
  const config = configOf(observation);
  const { contract } = observation;
  const run = new Run(contract, config, planned.promise);
  const stop = (): void => run.halt({ kind: 'interrupted' });
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { results, faults } = await executePlan(run, planned.selected, onCase);
    const footer = await finishRun(run);
    return toResults({
      contract,
      config,
      ...(observation.targetName === undefined ? {} : { targetName: observation.targetName }),
      strict: false,
      allowInconclusive: false,
      interrupted: signal?.aborted === true,
      plan: outlineOf(planned.cases, planned.skipped),
      collected: { results: new Map(results.map((one) => [one.id, one])), faults: [...faults], footer },
      started,
      knownFailures: [],
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await run.close();
  }
}

function configOf(observation: Observation): RunConfig {
  return runConfigOf({ ...observation, evidence: 'all' });
}
