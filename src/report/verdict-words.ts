/** The verdict of a run in words, the same in every report. */
import type { Results, Summary } from '../results/types.ts';
import { exitCodeMeanings, exitCodes } from '../results/verdict.ts';

/** How a verdict is coloured, whatever the medium: green, red, or amber for what is undecided. */
export type Mood = 'good' | 'bad' | 'open';

export interface VerdictWords {
  readonly word: string;
  readonly mood: Mood;
  /** What the exit code means. */
  readonly meaning: string;
}

/** The words for a verdict; a fault of the suite is never told as a verdict on the target. */
export function verdictWords({ verdict, exitCode }: Pick<Results, 'verdict' | 'exitCode'>): VerdictWords {
  const allowed = exitCode === exitCodes.conformant && verdict === 'inconclusive';
  const meaning = allowed
    ? 'cases that could not be judged were allowed'
    : (exitCodeMeanings[exitCode] ?? 'unknown');
  if (exitCode === exitCodes.suiteFault) return { word: 'suite failed', mood: 'bad', meaning };
  const moods = {
    conformant: 'good',
    violations: 'bad',
    outdated: 'bad',
    inconclusive: 'open',
    interrupted: 'open',
    unreachable: 'open',
  } as const;
  return { word: verdict, mood: moods[verdict], meaning };
}

/** `3 passed, 1 failed, 0 not judged, 2 not sent, 1 advisory`. */
export function countsText(summary: Summary): string {
  return [
    `${summary.passed} passed`,
    `${summary.failed} failed`,
    ...(summary.known === undefined ? [] : [`${summary.known} known to fail`]),
    `${summary.inconclusive} not judged`,
    `${summary.skipped} not sent`,
    summary.advisories === 1 ? '1 advisory' : `${summary.advisories} advisories`,
  ].join(', ');
}

/** The target by its name, where it has one, and its address; of a shard it is told that it is one. */
export function targetText({ target, shard }: Pick<Results, 'target' | 'shard'>): string {
  const name = target.name === undefined ? target.baseUrl : `${target.name} (${target.baseUrl})`;
  return shard === undefined ? name : `shard ${shard.index}/${shard.of} on ${name}`;
}

/** What stands above the entries of the known failures that have to go. */
export const outdatedTitle = 'Known failures that are none any more';
