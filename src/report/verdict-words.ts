/** The verdict of a run in words, the same in every report. */
import type { OutdatedEntry, Results, Summary } from '../results/types.ts';
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
    ? 'what could not be judged or proven was allowed'
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

/** `3 passed (1 of them proves nothing), 1 failed, 0 not judged, 2 not sent, 1 advisory`. */
export function countsText(summary: Summary): string {
  return [
    `${summary.passed} passed${nothingText(summary)}`,
    `${summary.failed} failed`,
    ...(summary.known === undefined ? [] : [`${summary.known} known to fail`]),
    `${summary.inconclusive} not judged`,
    `${summary.skipped} not sent`,
    summary.advisories === 1 ? '1 advisory' : `${summary.advisories} advisories`,
  ].join(', ');
}

function nothingText({ provesNothing = 0 }: Summary): string {
  if (provesNothing === 0) return '';
  return ` (${provesNothing} of them ${provesNothing === 1 ? 'proves' : 'prove'} nothing)`;
}

/** The target by its name, where it has one, and its address; of a shard it is told that it is one. */
export function targetText({ target, shard }: Pick<Results, 'target' | 'shard'>): string {
  const name = target.name === undefined ? target.baseUrl : `${target.name} (${target.baseUrl})`;
  return shard === undefined ? name : `shard ${shard.index}/${shard.of} on ${name}`;
}

/** What stands above the entries of the known failures that have to go. */
export const outdatedTitle = 'Known failures that are none any more';

/** Such an entry in a line: its place, what it speaks of, and what is wrong with it. */
export function outdatedWords(entry: OutdatedEntry): string {
  const about = 'cell' in entry ? `cell ${entry.cell}` : `${entry.case} (${entry.code})`;
  return `${entry.position}: ${about}: ${entry.problem}`;
}
