import type { Results } from '../../results/types.ts';
import { countsText, targetText, verdictWords } from '../verdict-words.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** The last line of a run: the verdict, the counts, what was run, and the exit code with its meaning. */
export function verdictLine(results: Results, style: Style): string {
  const { summary, profile, seed, requests, durationMs, exitCode } = results;
  const { word, mood, meaning } = verdictWords(results);
  const paint = { good: style.good, bad: style.bad, open: style.warning }[mood];
  const run = `profile ${profile}, seed ${seed}, ${counted(requests, 'request')} in ${seconds(durationMs)}`;
  const name = paint(style.strong(word.toUpperCase()));
  return `${name}  ${targetText(results)}: ${countsText(summary)}; ${run}. Exit code ${exitCode}: ${meaning}.`;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
