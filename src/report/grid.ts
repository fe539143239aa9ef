/** The role x operation grid of a run, as data: one cell a pair, the worst that happened in it. */
import type { CaseResult } from '../results/types.ts';
import { judgedStatus } from '../results/verdict.ts';

export type CellState = 'violations' | 'inconclusive' | 'advisories' | 'passed' | 'skipped' | 'none';

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

/** The column of requests without a key, and of the credentials that are none of the matrix, such as altered keys. */
export const noKeyColumn = 'no key';
export const badKeyColumn = 'bad key';

/** From the best to the worst: a cell shows the worst of its cases. */
const severity: readonly CellState[] = [
  'none',
  'skipped',
  'passed',
  'advisories',
  'inconclusive',
  'violations',
];

/**
 * The grid of the cases, rows in the order of the plan. Columns: the roles, no key, the other credentials, and one
 * for all credentials that only the family `authentication` shows, which are those that no target may take.
 */
export function gridOf(cases: readonly CaseResult[], strict: boolean): Grid {
  const columnOf = columnsOf(cases);
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

function stateOf({ status, findings }: CaseResult, strict: boolean): CellState {
  if (status === 'failed' || judgedStatus(findings, strict) === 'failed') return 'violations';
  if (status === 'skipped' || status === 'inconclusive') return status;
  return findings.length > 0 ? 'advisories' : 'passed';
}

/** The column of each credential, in the order of the columns. */
function columnsOf(cases: readonly CaseResult[]): ReadonlyMap<string, string> {
  const roles = new Set<string>();
  const others = new Set<string>();
  const bad = new Set<string>();
  for (const { family, credential } of cases) {
    if (credential === 'none') continue;
    if (family === 'access') roles.add(credential);
    else if (family === 'authentication') bad.add(credential);
    else others.add(credential);
  }
  const keyless = cases.some(({ credential }) => credential === 'none');
  const named = [...new Set([...roles, ...(keyless ? ['none'] : []), ...others])];
  return new Map([
    ...named.map((credential) => [credential, credential === 'none' ? noKeyColumn : credential] as const),
    ...[...bad]
      .filter((credential) => !named.includes(credential))
      .map((credential) => [credential, badKeyColumn] as const),
  ]);
}
