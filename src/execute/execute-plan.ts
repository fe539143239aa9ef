/** Carrying out a plan in one process: the phases in order, the cases of each at the same time, within bounds. */
import { inPhases } from '../plan/phases.ts';
import type { Case } from '../plan/types.ts';
import type { CaseResult } from '../results/types.ts';
import { runCase } from './case-runner.ts';
import { cleanUp } from './cleanup.ts';
import { casesBegun, inPlace } from './places.ts';
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
        const planned = one;
        const ended = await inPlace(run.underWay, async () =>
          run.haltedBy !== undefined || signal?.aborted === true ? undefined : runCase(run, planned),
        );
        if (ended === undefined) return;
        const { result, fault } = ended;
        if (fault !== undefined) faults.push({ caseId: one.id, message: fault });
        results.push(result);
        onResult(result);
      }
    };
    await Promise.all(Array.from({ length: casesBegun(run.config.concurrency) }, work));
  }
  if (run.haltedBy === undefined) await run.breaker.finish();
  await cleanUp(run);
  return { results, faults };
}
