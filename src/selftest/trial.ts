/** One trial: a deployment is started, asked, judged and closed; nothing of it outlives it. */
import { randomBytes } from 'node:crypto';
import type { Contract } from '../contract/types.ts';
import { defaultListLagMs } from '../execute/steady-compare.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { Run } from '../execute/run.ts';
import type { Case } from '../plan/types.ts';
import type { CaseResult } from '../results/types.ts';
import { userAgent } from '../run/settings.ts';
import type { Trial } from './judge.ts';

/** A deployment that was started for a trial. */
export interface Deployment {
  readonly baseUrl: string;
  /** By credential id. */
  readonly keys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface TrialLimits {
  /** ms for one whole answer. */
  readonly answerMs: number;
  /** ms for the whole trial; the cases that it cuts off are not judged. */
  readonly wholeMs: number;
  /** ms that lists may lag behind writes. */
  readonly listLagMs: number;
}

/** For conformant deployments: as patient as a run. */
export const dialectLimits: TrialLimits = {
  answerMs: 10_000,
  wholeMs: 240_000,
  listLagMs: defaultListLagMs,
};
/** For defects, some of which never answer: no answer of a mock takes this long, and the lists of a plain one never lag. */
export const defectLimits: TrialLimits = { answerMs: 4_000, wholeMs: 60_000, listLagMs: 600 };

export const trialSeed = 1;

/**
 * Starts a deployment, carries out the cases against it with every right, and closes it, whatever came of it.
 * @param isEnough true of a result after which no further case is begun
 * @throws what `start` throws
 */
export async function carryOutTrial(
  contract: Contract,
  cases: readonly Case[],
  start: () => Promise<Deployment>,
  limits: TrialLimits,
  isEnough: (result: CaseResult) => boolean = () => false,
): Promise<Trial> {
  const started = performance.now();
  const deployment = await start();
  const run = new Run(contract, {
    runId: randomBytes(4).toString('hex'),
    baseUrl: deployment.baseUrl,
    keys: deployment.keys,
    profile: 'full',
    seed: trialSeed,
    timeoutMs: limits.answerMs,
    concurrency: 16,
    listLagMs: limits.listLagMs,
    userAgent,
  });
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), limits.wholeMs);
  try {
    const onResult = (result: CaseResult): void => {
      if (isEnough(result)) enough.abort();
    };
    const { results, faults } = await executePlan(run, cases, onResult, enough.signal);
    return {
      results,
      faults: faults.map(({ caseId, message }) => `${caseId}: ${message}`),
      requests: run.requestCount,
      durationMs: Math.round(performance.now() - started),
    };
  } finally {
    clearTimeout(timer);
    await run.close();
    await deployment.close();
  }
}
