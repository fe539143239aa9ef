import { exitCodes } from '../results/verdict.ts';
import type { Diff } from './types.ts';

/**
 * The exit code of a comparison: 1 where anything differs; 4 where nothing does, but a case that was asked for could
 * not be carried out on one side, or nothing was compared at all; else 0.
 */
export function diffExitCode({ differences, freedoms, oneSided, compared }: Diff): number {
  if (differences.length > 0 || freedoms.length > 0) return exitCodes.violations;
  const lacking = oneSided.some(({ status }) => status === 'inconclusive');
  return lacking || compared.requests === 0 ? exitCodes.inconclusive : exitCodes.conformant;
}
