import type { Results } from '../results/types.ts';
import { shellWord } from './curl.ts';

/**
 * The command that archives what a run left and gives back what it changed.
 * @param directory the report directory, where the ledger is; without it the run is named by its id
 */
export function cleanupCommandLine(
  { target, runId }: Pick<Results, 'target' | 'runId'>,
  directory?: string,
): string {
  const { name, baseUrl } = target;
  const where = name === undefined ? ['--base-url', baseUrl] : ['--target', name];
  const which = directory === undefined ? ['--run-id', runId] : ['--report-dir', directory];
  const words = ['armature-conformance', 'cleanup', ...where, ...which];
  return `npx ${words.map((word) => shellWord(word)).join(' ')}`;
}
