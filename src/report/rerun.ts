import { embeddedTarget, embeddedTargetWord } from '../results/embedded-target.ts';
import type { Results } from '../results/types.ts';
import { shellWord } from './curl.ts';

/** What a rerun needs to know of the run that it repeats. */
export type RunIdentity = Pick<Results, 'target' | 'profile' | 'seed' | 'strict'>;

/** The command that runs one case again as the run did: target, profile and seed; keys come from where they came from. */
export function rerunCommand(caseId: string, run: RunIdentity): string {
  const { name, baseUrl } = run.target;
  const words = ['armature-conformance', 'run'];
  // A named target brings its keys and headers along, which its address alone does not.
  if (name === undefined) words.push('--base-url', baseUrl);
  else words.push('--target', name === embeddedTarget ? embeddedTargetWord : name);
  words.push('--profile', run.profile, '--seed', String(run.seed));
  if (run.strict) words.push('--strict');
  words.push('--filter', caseId);
  return `npx ${words.map((word) => shellWord(word)).join(' ')}`;
}
