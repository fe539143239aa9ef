/** One trial: a deployment is started, asked, judged and closed as in any run; nothing of it outlives it. */
import type { Contract } from '../contract/types.ts';
import { defaultListLagMs } from '../execute/steady-compare.ts';
import { EndedEarly } from '../errors.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { finishRun } from '../execute/finish.ts';
import { Run } from '../execute/run.ts';
import { outlineOf } from '../plan/outline.ts';
import { promiseOf } from '../plan/promise.ts';
import { everything } from '../plan/select.ts';
import type { Case, Profile } from '../plan/types.ts';
import { cellName, cellsOf, unprovenCells } from '../results/cells.ts';
import type { CaseResult, Results } from '../results/types.ts';
import { reachTarget } from '../run/reach.ts';
import { runConfigOf } from '../run/run-config.ts';
import { toResults } from '../run/to-results.ts';

/** A deployment that was started for a trial. */
export interface Deployment {
  readonly baseUrl: string;
  /** By credential id. */
  readonly keys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What a trial saw. */
export interface Trial {
  /** As a run with these cases ends. */
  readonly exitCode: number;
  /** What each case came to that was carried out; none where the run ended before its first case. */
  readonly cases: readonly CaseResult[];
  readonly faults: readonly string[];
  readonly requests: number;
  readonly durationMs: number;
  /** The names of the cells that were tried and not proven. */
  readonly open: readonly string[];
  /** Why the run ended before its first case, or before its last one though nobody had seen enough. */
  readonly ended?: string;
  /** True where it was cut off by the limit of a trial. */
  readonly isLate: boolean;
}

export interface TrialLimits {
  /** ms for one whole answer. */
  readonly answerMs: number;
  /** ms after which no further case is begun. */
  readonly wholeMs: number;
  /** ms that lists may lag behind writes. */
  readonly listLagMs: number;
}

/** For conformant deployments: as patient as a run. */
export const dialectLimits: TrialLimits = {
  answerMs: 10_000,
  wholeMs: 600_000,
  listLagMs: defaultListLagMs,
};
/** For defects, some of which never answer: no answer of a mock takes this long. */
export const defectLimits: TrialLimits = {
  answerMs: 4_000,
  wholeMs: 120_000,
  listLagMs: defaultListLagMs,
};
/** For defects of a deployment whose lists never lag. */
export const promptLimits: TrialLimits = { ...defectLimits, wholeMs: 60_000, listLagMs: 600 };

export const trialSeed = 1;

export interface TrialPlan {
  readonly contract: Contract;
  readonly profile: Profile;
  /** What is sent; all of it within the profile. */
  readonly cases: readonly Case[];
  readonly start: () => Promise<Deployment>;
  readonly limits: TrialLimits;
  /** Advisories count as violations. */
  readonly strict?: boolean;
  /** True of a result after which no further case is begun. */
  readonly isEnough?: (result: CaseResult) => boolean;
}

/**
 * Starts a deployment, carries out the cases against it with every key, and closes it, whatever came of it. Exit code
 * and findings come about as those of a run that selects just these cases.
 * @throws what `start` throws
 */
export async function carryOutTrial(plan: TrialPlan): Promise<Trial> {
  const started = performance.now();
  const deployment = await plan.start();
  try {
    const { results, carriedOut, isLate } = await runAgainst(deployment, plan);
    const cases = results.cases.filter(({ id }) => carriedOut.has(id));
    const ended = `after ${plan.limits.wholeMs / 1000} s, ${cases.length} of ${plan.cases.length} cases were carried out`;
    return {
      exitCode: results.exitCode,
      cases,
      faults: results.suiteFaults.map(({ caseId = 'the run', message }) => `${caseId}: ${message}`),
      requests: results.requests,
      durationMs: Math.round(performance.now() - started),
      open: unprovenCells(cellsOf(results)).map(cellName),
      ...(isLate ? { ended } : {}),
      isLate,
    };
  } catch (error) {
    if (!(error instanceof EndedEarly)) throw error;
    return {
      exitCode: error.exitCode,
      cases: [],
      faults: [],
      requests: 0,
      durationMs: Math.round(performance.now() - started),
      open: [],
      ended: error.message,
      isLate: false,
    };
  } finally {
    await deployment.close();
  }
}

interface RunEnd {
  readonly results: Results;
  readonly carriedOut: ReadonlySet<string>;
  /** True where it was cut off. */
  readonly isLate: boolean;
}

async function runAgainst(
  { baseUrl, keys }: Deployment,
  { contract, profile, cases, limits, strict = false, isEnough = () => false }: TrialPlan,
): Promise<RunEnd> {
  const started = new Date();
  const config = runConfigOf({
    baseUrl,
    keys,
    profile,
    seed: trialSeed,
    timeoutMs: limits.answerMs,
    concurrency: 16,
    selection: everything,
    polite: { listLagMs: limits.listLagMs },
  });
  const stop = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, limits.wholeMs);
  let run: Run | undefined;
  try {
    await reachTarget(contract, config);
    run = new Run(contract, config, promiseOf(contract, cases));
    const onResult = (result: CaseResult): void => {
      if (isEnough(result)) stop.abort();
    };
    const { results, faults } = await executePlan(run, cases, onResult, stop.signal);
    const footer = await finishRun(run);
    const ended = toResults({
      contract,
      config,
      strict,
      allowInconclusive: false,
      interrupted: false,
      plan: outlineOf(cases, []),
      collected: { results: new Map(results.map((one) => [one.id, one])), faults: [...faults], footer },
      started,
      knownFailures: [],
    });
    const carriedOut = new Set(results.map(({ id }) => id));
    return { results: ended, carriedOut, isLate: isLate && carriedOut.size < cases.length };
  } finally {
    clearTimeout(timer);
    await run?.close();
  }
}
