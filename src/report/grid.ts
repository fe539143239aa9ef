/** The role x operation grid of a run, as data: one cell a pair, the worst that happened in it. */
import type { CaseResult } from '../results/types.ts';
import { badKeyColumn, credentialColumns } from '../results/credential-columns.ts';
import { judgedStatus } from '../results/verdict.ts';

export type CellState =
  'violations' | 'inconclusive' | 'known' | 'advisories' | 'passed' | 'skipped' | 'none';

export interface GridCell {
  readonly state: CellState;
  readonly cases: number;
  readonly failed: number;
}

export interface GridRow {
  readonly surface: string;
  readonly operation: string;
  readonly cells: readonly GridCell[];
}

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

/** The symbol of each state, the same in every report. */
export const stateSymbols: Readonly<Record<CellState, string>> = {
  passed: '✓',
  violations: '✗',
  advisories: '!',
  known: '≈',
  inconclusive: '?',
  skipped: '–',
  none: ' ',
};

/** What each symbol says. */
export const stateWords: Readonly<Record<Exclude<CellState, 'none'>, string>> = {
  passed: 'all passed',
  violations: 'violations',
  advisories: 'advisories only',
  known: 'known to fail',
  inconclusive: 'could not be judged',
  skipped: 'not sent',
};

/** The states that occur in a grid, with their symbols and words. */
export function legendOf(
  grid: Grid,
): readonly { readonly state: CellState; readonly symbol: string; readonly words: string }[] {
  const present = new Set<string>(grid.rows.flatMap(({ cells }) => cells.map(({ state }) => state)));
  return legendOrder.flatMap((state) =>
    present.has(state) ? [{ state, symbol: stateSymbols[state], words: stateWords[state] }] : [],
  );
}

const legendOrder = ['passed', 'violations', 'known', 'advisories', 'inconclusive', 'skipped'] as const;

/** From the best to the worst: a cell shows the worst of its cases. */
const severity: readonly CellState[] = [
  'none',
  'skipped',
  'passed',
  'advisories',
  'known',
  'inconclusive',
  'violations',
];

/** The grid of the cases, rows in the order of the plan, a column for each kind of credential. */
export function gridOf(cases: readonly CaseResult[], strict: boolean): Grid {
  const columnOf = credentialColumns(cases);
  const columns = [...new Set(columnOf.values())];
  const rows = new Map<string, { surface: string; operation: string; cells: Map<string, GridCell> }>();
  for (const one of cases) {
    const row = rows.get(one.operation) ?? {
      surface: one.surface,
      operation: one.operation,
      cells: new Map(),
    };
    rows.set(one.operation, row);
    const column = columnOf.get(one.credential) ?? badKeyColumn;
    row.cells.set(column, withCase(row.cells.get(column) ?? emptyCell, one, strict));
  }
  return {
    columns,
    rows: [...rows.values()].map(({ surface, operation, cells }) => ({
      surface,
      operation,
      cells: columns.map((column) => cells.get(column) ?? emptyCell),
    })),
  };
}

const emptyCell: GridCell = { state: 'none', cases: 0, failed: 0 };

function withCase(cell: GridCell, one: CaseResult, strict: boolean): GridCell {
  const state = stateOf(one, strict);
  return {
    state: severity.indexOf(state) > severity.indexOf(cell.state) ? state : cell.state,
    cases: cell.cases + 1,
    failed: cell.failed + (state === 'violations' ? 1 : 0),
  };
}

/** What a case adds to its cell. */
export function stateOf(
  { status, findings }: Pick<CaseResult, 'status' | 'findings'>,
  strict: boolean,
): CellState {
  if (judgedStatus(findings, strict) === 'failed') return 'violations';
  if (findings.some(({ known }) => known !== undefined)) return 'known';
  if (status === 'failed') return 'violations';
  if (status === 'skipped' || status === 'inconclusive') return status;
  return findings.length > 0 ? 'advisories' : 'passed';
}
