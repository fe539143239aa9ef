/**
 * The role x operation grid of a run, as data. The square of a role shows what is proven of its cell (results/cells.ts)
 * where none of its cases says worse; that of any other credential shows the worst of its cases.
 */
import { cellName, cellsOf, type Cell, type CellFacts } from '../results/cells.ts';
import { badKeyColumn, credentialColumns } from '../results/credential-columns.ts';
import type { CaseResult } from '../results/types.ts';
import { stateOf, type CaseState } from './case-state.ts';

export type SquareState =
  'violations' | 'inconclusive' | 'known' | 'advisories' | 'passed' | 'refused' | 'skipped' | 'none';

export interface Square {
  readonly state: SquareState;
  readonly cases: number;
  readonly failed: number;
}

export interface GridRow {
  readonly surface: string;
  readonly operation: string;
  readonly cells: readonly Square[];
  /** Whether any case of it was sent. */
  readonly sent: boolean;
}

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

/** The symbol of each state, the same in every report. */
export const stateSymbols: Readonly<Record<SquareState, string>> = {
  passed: '✓',
  refused: '–',
  violations: '✗',
  advisories: '!',
  known: '≈',
  inconclusive: '?',
  skipped: '·',
  none: ' ',
};

/** What each symbol says. */
export const stateWords: Readonly<Record<Exclude<SquareState, 'none'>, string>> = {
  passed: 'passed; of a role: allowed, proven',
  refused: 'refused as declared, proven',
  violations: 'violations',
  known: 'known, and accepted',
  advisories: 'advisories only',
  inconclusive: 'tried, not proven or not judged',
  skipped: 'not tried',
};

/** The states that occur in a grid, with their symbols and words. */
export function legendOf(
  grid: Grid,
): readonly { readonly state: SquareState; readonly symbol: string; readonly words: string }[] {
  const present = new Set<string>(grid.rows.flatMap(({ cells }) => cells.map(({ state }) => state)));
  return legendOrder.flatMap((state) =>
    present.has(state) ? [{ state, symbol: stateSymbols[state], words: stateWords[state] }] : [],
  );
}

const legendOrder = [
  'passed',
  'refused',
  'violations',
  'known',
  'advisories',
  'inconclusive',
  'skipped',
] as const;

/** From the best to the worst: a square shows the worst of its cases. */
const severity: readonly CaseState[] = [
  'skipped',
  'proves-nothing',
  'passed',
  'advisories',
  'known',
  'inconclusive',
  'violations',
];

/** The grid of a run, rows in the order of the plan, a column for each kind of credential. */
export function gridOf(results: CellFacts): Grid {
  const { strict } = results;
  // What was not asked for by name is no hole in what was run.
  const cases = results.cases.filter(({ unasked }) => unasked !== true);
  const columnOf = credentialColumns(cases);
  const columns = [...new Set(columnOf.values())];
  const rows = new Map<string, { surface: string; squares: Map<string, CaseResult[]> }>();
  for (const one of cases) {
    const row = rows.get(one.operation) ?? { surface: one.surface, squares: new Map() };
    rows.set(one.operation, row);
    const column = columnOf.get(one.credential) ?? badKeyColumn;
    const square = row.squares.get(column);
    if (square === undefined) row.squares.set(column, [one]);
    else square.push(one);
  }
  const cellAt = cellsByColumn(results);
  return {
    columns,
    rows: [...rows].map(([operation, { surface, squares }]) => ({
      surface,
      operation,
      cells: columns.map((column) => squareOf(squares.get(column) ?? [], strict, cellAt(operation, column))),
      sent: [...squares.values()].some((own) => own.some(({ status }) => status !== 'skipped')),
    })),
  };
}

/**
 * The cell of a square: `unknown` in the column of a role of which the run tells nothing, undefined in a column that
 * is none of a role, and where no role is asked for.
 */
function cellsByColumn({
  operations,
  credentials,
  ...rest
}: CellFacts): (operation: string, column: string) => Cell | 'unknown' | undefined {
  const cells = new Map(cellsOf({ operations, credentials, ...rest }).map((cell) => [cellName(cell), cell]));
  const roles = new Map(credentials.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role]])));
  const keyless = new Set(operations.flatMap((one) => (one.keyless ? [one.operation] : [])));
  return (operation, column) => {
    const role = roles.get(column);
    if (role === undefined || keyless.has(operation)) return undefined;
    return cells.get(cellName({ operation, role })) ?? 'unknown';
  };
}

function squareOf(cases: readonly CaseResult[], strict: boolean, cell: Cell | 'unknown' | undefined): Square {
  if (cases.length === 0) return { state: 'none', cases: 0, failed: 0 };
  const states = cases.map((one) => stateOf(one, strict));
  const worst = severity.findLast((state) => states.includes(state)) ?? 'skipped';
  return {
    state: cell === undefined ? plainState(worst) : roleState(worst, cell),
    cases: cases.length,
    failed: states.filter((state) => state === 'violations').length,
  };
}

function plainState(worst: CaseState): SquareState {
  return worst === 'proves-nothing' ? 'passed' : worst;
}

function roleState(worst: CaseState, cell: Cell | 'unknown'): SquareState {
  if (worst === 'violations' || worst === 'inconclusive') return worst;
  const standing = cell === 'unknown' ? 'not-tried' : cell.standing;
  if (cell !== 'unknown' && standing === 'not-proven')
    return cell.known === undefined ? 'inconclusive' : 'known';
  if (worst === 'known' || worst === 'advisories') return worst;
  if (cell === 'unknown' || standing !== 'proven') return 'skipped';
  return cell.decision === 'allowed' ? 'passed' : 'refused';
}
