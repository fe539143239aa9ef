import type { Results } from '../../results/types.ts';
import { countsText, targetText, verdictWords } from '../verdict-words.ts';
import { cellCountsText } from '../cell-words.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

const indent = '  ';

/**
 * The end of a run: the verdict, the counts, what was proven and what was run, and on a line of its own the exit code with
 * its meaning; in lines of at most `width` columns.
 */
export function verdictLine(results: Results, style: Style, width: number): string {
  const { summary, profile, seed, requests, durationMs, exitCode } = results;
  const { word, mood, meaning } = verdictWords(results);
  const paint = { good: style.good, bad: style.bad, open: style.warning }[mood];
  const run = `profile ${profile}, seed ${seed}, ${counted(requests, 'request')} in ${seconds(durationMs)}`;
  const counts = [countsText(summary), cellCountsText(results), run].filter((text) => text !== undefined);
  const name = word.toUpperCase();
  const text = wrap(`${name}  ${targetText(results)}: ${counts.join('; ')}.`, width, indent);
  const ending = wrap(`Exit code ${exitCode}: ${meaning}.`, width - indent.length, indent);
  return `${paint(style.strong(name))}${text.slice(name.length)}\n${indent}${ending}`;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
