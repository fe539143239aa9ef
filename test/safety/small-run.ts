/** A run of a few cases within the test's own process, from the plan to the verdict. */
import { loadContract } from '../../src/contract/load.ts';
import { executePlan } from '../../src/execute/execute-plan.ts';
import { finishRun } from '../../src/execute/finish.ts';
import type { RunConfig } from '../../src/execute/run-state.ts';
import { Run } from '../../src/execute/run.ts';
import { planRun } from '../../src/run/preview.ts';
import { outlineOf } from '../../src/plan/outline.ts';
import { promiseOf, type FootprintPromise } from '../../src/plan/promise.ts';
import { everything, type Selection } from '../../src/plan/select.ts';
import type { Profile } from '../../src/plan/types.ts';
import type { KnownFailure } from '../../src/results/known-failures.ts';
import type { CaseResult, Results } from '../../src/results/types.ts';
import { toResults } from '../../src/run/to-results.ts';

export const contract = await loadContract();

export interface SmallRun {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly filters: readonly string[];
  readonly profile?: Profile;
  readonly config?: Partial<RunConfig>;
  readonly selection?: Partial<Selection>;
  readonly promise?: FootprintPromise;
  readonly knownFailures?: readonly KnownFailure[];
}

/** Carries out the selected cases and gives the results. */
export async function smallRun(options: SmallRun): Promise<Results> {
  const { baseUrl, keys, filters, profile = 'read' } = options;
  const selection: Selection = { ...everything, filters, ...options.selection };
  const { cases, selected, skipped } = planRun({ contract, selection, profile, seed: 1, keys });
  const config: RunConfig = {
    runId: 'feedbeef',
    baseUrl,
    keys,
    profile,
    seed: 1,
    timeoutMs: 5_000,
    concurrency: 8,
    userAgent: 'test',
    ...options.config,
  };
  const run = new Run(contract, config, options.promise ?? promiseOf(contract, selected));
  try {
    const { results, faults } = await executePlan(run, selected);
    const footer = await finishRun(run);
    return toResults({
      contract,
      config,
      strict: false,
      allowInconclusive: false,
      interrupted: false,
      ...(selection.levels === undefined ? {} : { claims: selection.levels }),
      plan: outlineOf(cases, skipped),
      collected: { results: new Map(results.map((one) => [one.id, one])), faults: [...faults], footer },
      started: new Date(),
      knownFailures: options.knownFailures ?? [],
    });
  } finally {
    await run.close();
  }
}

/** The result of a case. */
export function caseOf(results: Results, id: string): CaseResult {
  const found = results.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}
