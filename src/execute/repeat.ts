/** Failed cases once more: is the failure steady, or does it come and go? */
import type { Case } from '../plan/types.ts';
import { runCase } from './case-runner.ts';
import type { Run } from './run.ts';

/**
 * Carries out a failed case again and again; gives `steady` where it failed each time, and else how often it did,
 * such as `flaky (2 of 5)`, the first failure included. Undefined where the run was halted before it could be told.
 * @param times how often it is repeated
 */
export async function steadinessOf(run: Run, failed: Case, times: number): Promise<string | undefined> {
  let failures = 1;
  for (let time = 0; time < times; time++) {
    if (run.haltedBy !== undefined) return undefined;
    // No promise can know which cases fail.
    run.meter.excuseCase(failed);
    const { result } = await runCase(run, failed);
    if (result.status === 'failed') failures++;
  }
  return failures === times + 1 ? 'steady' : `flaky (${failures} of ${times + 1})`;
}
