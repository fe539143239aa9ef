/** Cells of which it is accepted that they are tried and not proven, for as long as that is so. Pure. */
import { cellName, cellsOf, type Cell, type CellFacts } from './cells.ts';
import {
  expiredWords,
  hasExpired,
  isKnownCell,
  knownWords,
  outdatedEntry,
  speaksOf,
} from './known-failures.ts';
import type { CaseResult, KnownCell, KnownFailure, OutdatedEntry, Results } from './types.ts';

export interface AcceptedCells {
  readonly cases: readonly CaseResult[];
  readonly outdated: readonly OutdatedEntry[];
}

/** What of a run is needed to hold its cells against the entries. */
export type CellRun = CellFacts & Pick<Results, 'ended' | 'shard'>;

/**
 * Marks the cells that are accepted as not proven, and finds the entries about cells that no longer hold: expired, or
 * about cells that are proven by now or that no case tries. A cell that was not asked for says nothing about an entry.
 * @param today the day of the run, as YYYY-MM-DD
 */
export function acceptCells(run: CellRun, entries: readonly KnownFailure[], today: string): AcceptedCells {
  const ofCells = entries.filter(isKnownCell);
  if (ofCells.length === 0) return { cases: run.cases, outdated: [] };
  const cells = cellsOf(run);
  const outdated = ofCells.flatMap((entry) => {
    const problem = hasExpired(entry, today) ? expiredWords(entry) : staleness(entry, cells, run);
    return problem === undefined ? [] : [outdatedEntry(entry, problem)];
  });
  const words = acceptedWords(
    cells,
    ofCells.filter((entry) => !hasExpired(entry, today)),
  );
  return { cases: run.cases.map((one) => marked(one, words)), outdated };
}

/**
 * Why an entry no longer holds, whatever its last day; undefined where it does, or where the run cannot tell: a shard
 * tells too little, and a run that ended early has not tried all that it would have.
 */
export function staleness(
  entry: KnownCell,
  cells: readonly Cell[],
  { ended, shard }: Pick<Results, 'ended' | 'shard'>,
): string | undefined {
  const matches = speaksOf(entry);
  const standings = new Set(cells.flatMap((cell) => (matches(cellName(cell)) ? [cell.standing] : [])));
  if (shard !== undefined || standings.has('not-proven') || standings.has('broken')) return undefined;
  if (standings.has('proven')) return 'it is proven by now: delete it';
  return standings.has('not-tried') && ended === undefined
    ? 'no case of this run tries it: delete it'
    : undefined;
}

/** By the name of a cell that is not proven: why that is accepted. */
function acceptedWords(cells: readonly Cell[], entries: readonly KnownCell[]): ReadonlyMap<string, string> {
  const known = entries.map((entry) => ({ matches: speaksOf(entry), words: knownWords(entry) }));
  return new Map(
    cells.flatMap((cell) => {
      const name = cellName(cell);
      const words = known.find(({ matches }) => matches(name))?.words;
      return cell.standing === 'not-proven' && words !== undefined ? [[name, words] as const] : [];
    }),
  );
}

function marked(one: CaseResult, words: ReadonlyMap<string, string>): CaseResult {
  if (one.cell === undefined) return one;
  const known = words.get(cellName({ operation: one.operation, role: one.cell.role }));
  return known === undefined ? one : { ...one, cell: { ...one.cell, known } };
}
