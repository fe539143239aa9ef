import type { Contract, Operation } from '../contract/types.ts';

export type RoleTableFormat = 'table' | 'markdown' | 'json';

/** One operation of the role table, as plain data. */
export interface RoleTableRow {
  readonly surface: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly effect: string;
  /** For each role whether it is allowed. */
  readonly roles: Readonly<Record<string, boolean>>;
  readonly keyless: boolean;
}

const allowedMark = '✓';
const deniedMark = '–';

const renderers: Readonly<Record<RoleTableFormat, (contract: Contract) => string>> = {
  table: renderText,
  markdown: renderMarkdown,
  json: (contract) => `${JSON.stringify(roleTable(contract), null, 2)}\n`,
};

/** Who may do what: each operation against each role, in the form asked for; ends with a line break. */
export function renderRoleTable(contract: Contract, format: RoleTableFormat): string {
  return renderers[format](contract);
}

/** The rows in the order of the matrix, surface by surface. */
export function roleTable(contract: Contract): RoleTableRow[] {
  const surfaces = [...new Set(contract.operations.map(({ surface }) => surface))];
  return surfaces.flatMap((surface) =>
    contract.operations
      .filter((operation) => operation.surface === surface)
      .map((operation) => toRow(operation, contract.roles)),
  );
}

function toRow(operation: Operation, roles: readonly string[]): RoleTableRow {
  const { surface, id, method, path, effect, keyless } = operation;
  const decisions = Object.fromEntries(roles.map((role) => [role, operation.roles[role] === 'allowed']));
  return { surface, operation: id, method, path, effect, roles: decisions, keyless };
}

function renderText(contract: Contract): string {
  const rows = roleTable(contract);
  const header = ['operation', 'method', 'path', 'effect', ...contract.roles];
  const cells = rows.map((row) => cellsOf(row, contract.roles));
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const align = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = rows.flatMap((row, index) => {
    const opensSurface = row.surface !== rows[index - 1]?.surface;
    return [...(opensSurface ? ['', row.surface] : []), `  ${align(cells[index] ?? [])}`];
  });
  return `  ${align(header)}\n${lines.join('\n')}\n`;
}

function renderMarkdown(contract: Contract): string {
  const header = ['surface', 'operation', 'request', 'effect', ...contract.roles];
  const rule = header.map((_name, column) => (column < 4 ? '---' : ':-:'));
  const rows = roleTable(contract);
  const lines = rows.map((row, index) => {
    const surface = row.surface === rows[index - 1]?.surface ? '' : row.surface;
    const [operation = '', method = '', path = '', effect = '', ...marks] = cellsOf(row, contract.roles);
    return [surface, `\`${operation}\``, `\`${method} ${path}\``, effect, ...marks];
  });
  return [header, rule, ...lines].map((line) => `| ${line.join(' | ')} |\n`).join('');
}

/** A keyless operation is for everybody: its effect says so, since the marks cannot. */
function cellsOf(row: RoleTableRow, roles: readonly string[]): string[] {
  const marks = roles.map((role) => (row.roles[role] === true ? allowedMark : deniedMark));
  return [row.operation, row.method, row.path, row.keyless ? `${row.effect} (no key)` : row.effect, ...marks];
}
