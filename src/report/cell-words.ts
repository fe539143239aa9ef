/** What a run proved of the cells, operations and roles, in words: the same in every report. */
import {
  cellName,
  cellsOf,
  countCells,
  openCells,
  unprovenCells,
  type Cell,
  type CellFacts,
} from '../results/cells.ts';
import type { Results } from '../results/types.ts';
import { groupBy } from './group-by.ts';

/** The cells of one reason that a sentence names. */
const named = 8;

/** `cells: 84 proven, 2 not proven (1 accepted), 6 not tried`; undefined where the run tells of no cell. */
export function cellCountsText(facts: CellFacts): string | undefined {
  const cells = cellsOf(facts);
  if (cells.length === 0) return undefined;
  const { proven, broken, notProven, notTried } = countCells(cells);
  const accepted = notProven - unprovenCells(cells).length;
  return `cells: ${[
    `${proven} proven`,
    ...(broken === 0 ? [] : [`${broken} broken`]),
    ...(notProven === 0 ? [] : [`${notProven} not proven${accepted === 0 ? '' : ` (${accepted} accepted)`}`]),
    ...(notTried === 0 ? [] : [`${notTried} not tried`]),
  ].join(', ')}`;
}

/** `6 cells not tried`, as a badge has it; undefined where all were tried. */
export function untriedWords(cells: readonly Cell[]): string | undefined {
  const { notTried } = countCells(cells);
  if (notTried === 0) return undefined;
  return `${notTried} ${notTried === 1 ? 'cell' : 'cells'} not tried`;
}

/**
 * One sentence that names the cells that were tried and not proven, why, and what would decide them; undefined where
 * there are none but those that are accepted.
 */
export function unprovenSentence(results: CellFacts & Pick<Results, 'shard'>): string | undefined {
  const cells = openCells(results);
  if (cells.length === 0) return undefined;
  const groups = groupBy(cells, ({ because, remedies }) => JSON.stringify([because, remedies[0]]));
  const parts = [...groups.values()].map((members) => {
    const [first] = members;
    return `${namesOf(members)} (${[...(first?.because ?? []), decider(first)].join('; ')})`;
  });
  return `${cells.length === 1 ? 'Cell' : 'Cells'} tried and not proven: ${parts.join(', ')}.`;
}

/** The cells of which it is accepted that nothing proves them, with why: a line each. */
export function acceptedCellLines(facts: CellFacts): readonly string[] {
  return cellsOf(facts).flatMap((cell) =>
    cell.known === undefined ? [] : [`${cellName(cell)}: ${cell.known}`],
  );
}

/** Cells that were not tried for one reason. */
export interface UntriedGroup {
  readonly cells: readonly Cell[];
  readonly reason: string;
  /** What would have them tried. */
  readonly remedy: string | undefined;
}

/** The cells that were not tried, by reason; most cells first. */
export function untriedGroups(facts: CellFacts): readonly UntriedGroup[] {
  const untried = cellsOf(facts).filter(({ standing }) => standing === 'not-tried');
  const groups = groupBy(untried, ({ because, remedies }) => JSON.stringify([because, remedies[0]]));
  return [...groups.values()]
    .map((cells) => ({
      cells,
      reason: cells[0]?.because.join('; ') ?? '',
      remedy: cells[0]?.remedies[0],
    }))
    .map(({ reason, ...rest }) => ({ ...rest, reason: reason === '' ? 'no case is about them' : reason }))
    .toSorted((a, b) => b.cells.length - a.cells.length);
}

/** The names of cells, the first few of them. */
export function namesOf(cells: readonly Cell[]): string {
  const names = cells.slice(0, named).map(cellName);
  const more = cells.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function decider(cell: Cell | undefined): string {
  const remedy = cell?.remedies[0];
  return remedy === undefined
    ? 'no further case of this suite decides it: accept it in --known-failures'
    : `to decide it: ${remedy}`;
}
