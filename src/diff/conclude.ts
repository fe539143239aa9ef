import { exitCodes } from '../results/verdict.ts';
import type { Diff } from './types.ts';

/**
 * The exit code of a comparison: 1 where anything differs; 4 where nothing does, but a case that was asked for could
 * not be carried out on one side, or nothing was compared at all; else 0.
 */
export function diffExitCode(diff: Diff): number {
  const { oneSided, compared } = diff;
  if (isDifferent(diff)) return exitCodes.violations;
  const lacking = oneSided.some(({ status }) => status === 'inconclusive');
  return lacking || compared.requests === 0 ? exitCodes.inconclusive : exitCodes.conformant;
}

/** Whether anything differs that other data alone would not explain. */
export function isDifferent({ differences, freedoms }: Diff): boolean {
  return freedoms.length > 0 || differences.some(({ dataMayExplain }) => !dataMayExplain);
}
