/** What a run showed of the levels of conformance. Pure. */
import type { CaseResult, LevelFacts, LevelStanding } from './types.ts';
import { standingOf, summarize } from './verdict.ts';

/** The standing of each level, from the cases that count for it. */
export function levelStandings(
  levels: readonly LevelFacts[],
  cases: readonly Pick<CaseResult, 'status' | 'findings' | 'countsFor'>[],
  strict: boolean,
): readonly LevelStanding[] {
  return levels.map(({ level, about, claimed }) => {
    const own = cases.filter(({ countsFor }) => countsFor?.includes(level) === true);
    const summary = summarize({ cases: own, strict });
    return { level, about, claimed, standing: standingOf(summary), ...summary };
  });
}

/** How many levels are claimed that were not shown in full. */
export function unshownClaims(levels: readonly LevelStanding[]): number {
  return levels.filter(({ claimed, standing }) => claimed && standing !== 'full').length;
}
