/** Carrying out a plan in one process: the phases in order, the cases of each at the same time, within bounds. */
import { inPhases } from '../plan/phases.ts';
import type { Case } from '../plan/types.ts';
import type { CaseResult } from '../results/types.ts';
import { runCase } from './case-runner.ts';
import { cleanUp } from './cleanup.ts';
import type { Run } from './run.ts';

export interface Executed {
  readonly results: readonly CaseResult[];
  readonly faults: readonly { readonly caseId: string; readonly message: string }[];
}

/**
 * Carries out the cases and removes what they made. A case in flight is finished before the promise is settled.
 * @param onResult told of each result as it comes
 * @param signal once aborted, no further case is begun
 */
export async function executePlan(
  run: Run,
  cases: readonly Case[],
  onResult: (result: CaseResult) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Executed> {
  const results: CaseResult[] = [];
  const faults: { caseId: string; message: string }[] = [];
  for (const { cases: queue } of inPhases(cases)) {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let one = queue[next++]; one !== undefined; one = queue[next++]) {
        if (run.haltedBy !== undefined || signal?.aborted === true) return;
        const { result, fault } = await runCase(run, one);
        if (fault !== undefined) faults.push({ caseId: one.id, message: fault });
        results.push(result);
        onResult(result);
      }
    };
    // More cases than requests at a time: a case that waits for another, or for the target, holds no request.
    await Promise.all(Array.from({ length: run.config.concurrency * 2 }, work));
  }
  if (run.haltedBy === undefined) await run.breaker.finish();
  await cleanUp(run);
  return { results, faults };
}
