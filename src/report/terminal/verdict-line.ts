import type { Results } from '../../results/types.ts';
import { exitCodeMeanings, exitCodes } from '../../results/verdict.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** The last line of a run: the verdict, the counts, what was run, and the exit code with its meaning. */
export function verdictLine(results: Results, style: Style): string {
  const { summary, target, profile, seed, requests, durationMs, exitCode } = results;
  const name = target.name === undefined ? target.baseUrl : `${target.name} (${target.baseUrl})`;
  const counts = [
    `${summary.passed} passed`,
    `${summary.failed} failed`,
    ...(summary.known === undefined ? [] : [`${summary.known} known to fail`]),
    `${summary.inconclusive} not judged`,
    `${summary.skipped} not sent`,
    counted(summary.advisories, 'advisory', 'advisories'),
  ].join(', ');
  const run = `profile ${profile}, seed ${seed}, ${counted(requests, 'request')} in ${seconds(durationMs)}`;
  return `${verdictWord(results, style)}  ${name}: ${counts}; ${run}. Exit code ${exitCode}: ${meaning(exitCode, results)}.`;
}

function meaning(exitCode: number, { verdict }: Results): string {
  if (exitCode === exitCodes.conformant && verdict === 'inconclusive') {
    return 'cases that could not be judged were allowed';
  }
  return exitCodeMeanings[exitCode] ?? 'unknown';
}

function verdictWord({ verdict, exitCode }: Results, style: Style): string {
  if (exitCode === exitCodes.suiteFault) return style.bad(style.strong('SUITE FAILED'));
  const word = style.strong(verdict.toUpperCase());
  switch (verdict) {
    case 'conformant':
      return style.good(word);
    case 'violations':
    case 'outdated':
      return style.bad(word);
    case 'inconclusive':
    case 'interrupted':
    case 'unreachable':
      return style.warning(word);
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
