/** What a run showed of the levels of conformance. Pure. */
import { cellName, type Cell } from './cells.ts';
import type { CaseResult, LevelFacts, LevelStanding } from './types.ts';
import { standingOf, summarize } from './verdict.ts';

type LevelCase = Pick<CaseResult, 'operation' | 'status' | 'findings' | 'countsFor' | 'arises' | 'cell'>;

/** The cases that show any of the levels: those that count for one, but for what cannot arise. */
export function casesOfLevels<C extends LevelCase>(
  cases: readonly C[],
  levels: readonly string[],
): readonly C[] {
  return cases.filter(
    ({ countsFor = [], arises }) => arises !== false && countsFor.some((level) => levels.includes(level)),
  );
}

/**
 * The standing of each level, from the cases that count for it and the cells that these are about. A level is shown in
 * full only where every case of the plan that counts for it is there.
 */
export function levelStandings(
  levels: readonly LevelFacts[],
  cases: readonly LevelCase[],
  strict: boolean,
  cells: readonly Cell[],
): readonly LevelStanding[] {
  const open = new Set(cells.flatMap((cell) => (cell.standing === 'not-proven' ? [cellName(cell)] : [])));
  return levels.map(({ level, about, claimed, planned }) => {
    const own = casesOfLevels(cases, [level]);
    const summary = summarize({ cases: own, strict });
    const there = cases.filter(({ countsFor = [] }) => countsFor.includes(level)).length;
    const missing = Math.max(0, (planned ?? there) - there);
    const unproven = unprovenBy(own, open);
    return {
      level,
      about,
      claimed,
      ...(planned === undefined ? {} : { planned }),
      standing: standingOf(summary, unproven + missing),
      ...summary,
      ...(unproven === 0 ? {} : { unproven }),
      ...(missing === 0 ? {} : { missing }),
    };
  });
}

/** How many of the open cells the cases are about. */
function unprovenBy(cases: readonly LevelCase[], open: ReadonlySet<string>): number {
  const tried = cases.flatMap(({ operation, cell }) =>
    cell === undefined ? [] : [cellName({ operation, role: cell.role })],
  );
  return new Set(tried.filter((name) => open.has(name))).size;
}

/** How many levels are claimed that were not shown in full. */
export function unshownClaims(levels: readonly LevelStanding[]): number {
  return levels.filter(({ claimed, standing }) => claimed && standing !== 'full').length;
}
