/** What a run showed of the levels of conformance. Pure. */
import type { CaseResult, LevelFacts, LevelStanding } from './types.ts';
import { standingOf, summarize } from './verdict.ts';

type LevelCase = Pick<CaseResult, 'status' | 'findings' | 'countsFor' | 'arises'>;

/** The cases that show any of the levels: those that count for one, but for what cannot arise. */
export function casesOfLevels<C extends LevelCase>(
  cases: readonly C[],
  levels: readonly string[],
): readonly C[] {
  return cases.filter(
    ({ countsFor = [], arises }) => arises !== false && countsFor.some((level) => levels.includes(level)),
  );
}

/** The standing of each level, from the cases that count for it. */
export function levelStandings(
  levels: readonly LevelFacts[],
  cases: readonly LevelCase[],
  strict: boolean,
): readonly LevelStanding[] {
  return levels.map(({ level, about, claimed }) => {
    const summary = summarize({ cases: casesOfLevels(cases, [level]), strict });
    return { level, about, claimed, standing: standingOf(summary), ...summary };
  });
}

/** How many levels are claimed that were not shown in full. */
export function unshownClaims(levels: readonly LevelStanding[]): number {
  return levels.filter(({ claimed, standing }) => claimed && standing !== 'full').length;
}
