/** What a run showed of the levels of conformance, in words: the same in every report. */
import type { LevelStanding, Results } from '../results/types.ts';

/**
 * A sentence for each level that the run claims, or, where it claims none, one for all that it showed in full. Empty
 * where there is nothing to say.
 */
export function levelSentences({ levels, shard }: Pick<Results, 'levels' | 'shard'>): readonly string[] {
  const claimed = levels.filter((one) => one.claimed);
  if (shard !== undefined) {
    return claimed.map(({ level }) => `Level ${level}: only the merge of all shards can tell.`);
  }
  if (claimed.length > 0) return claimed.map(claimSentence);
  const shown = levels.filter(({ standing }) => standing === 'full').map(({ level }) => level);
  return shown.length === 0 ? [] : [`Levels shown in full: ${shown.join(', ')}.`];
}

/** The levels that a run claims, as a badge names them: `level read`; undefined where it claims none. */
export function claimWords({ levels }: Pick<Results, 'levels'>): string | undefined {
  const claimed = levels.flatMap(({ level, claimed: isClaimed }) => (isClaimed ? [level] : []));
  if (claimed.length === 0) return undefined;
  return `${claimed.length === 1 ? 'level' : 'levels'} ${claimed.join(' and ')}`;
}

function claimSentence(one: LevelStanding): string {
  const {
    level,
    about,
    standing,
    total,
    failed,
    skipped,
    inconclusive,
    known = 0,
    unproven = 0,
    missing = 0,
  } = one;
  if (standing === 'full')
    return `Level ${level} (${about}): shown in full, ${total} of ${total} cases passed.`;
  const shortfalls = [
    [failed, 'failed'],
    [known, 'known to fail'],
    [inconclusive, 'not judged'],
    [skipped, 'not sent'],
  ] as const;
  const counts = shortfalls.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const parts = [
    ...(counts.length === 0 ? [] : [`of its ${total} cases ${counts.join(', ')}`]),
    ...(unproven === 0 ? [] : [`${unproven} of its cells not proven`]),
    ...(missing === 0 ? [] : [`${missing} of the cases that the contract has for it are not there`]),
  ];
  return `Level ${level} (${about}): not shown; ${parts.join('; ')}.`;
}
