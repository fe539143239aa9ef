import { legendOf, stateSymbols, type CellState, type Grid } from '../grid.ts';
import type { Style } from './style.ts';
import { counted, cutTo } from './wrap.ts';

const gap = '  ';

/**
 * The grid as lines: a heading a surface, a row an operation, a symbol a cell, and the legend of the symbols that
 * occur. Operations of which nothing was sent are counted in one line. Headings of columns are cut until the grid fits the width.
 */
export function gridText(grid: Grid, style: Style, width: number): string {
  const first = Math.max(...grid.rows.map(({ operation }) => operation.length + 2), 0);
  const labels = fittingLabels(grid.columns, width - first);
  const lines = [`${''.padEnd(first)}${labels.map((label) => gap + label).join('')}`.trimEnd()];
  let surface = '';
  const sent = grid.rows.filter(({ cells }) =>
    cells.some(({ state }) => state !== 'skipped' && state !== 'none'),
  );
  for (const row of sent.length === 0 ? grid.rows : sent) {
    if (row.surface !== surface) lines.push(style.strong((surface = row.surface)));
    const cells = row.cells.map(
      ({ state }, index) => gap + centred(state, labels[index]?.length ?? 1, style),
    );
    lines.push(`  ${row.operation.padEnd(first - 2)}${cells.join('')}`.trimEnd());
  }
  const left = sent.length === 0 ? 0 : grid.rows.length - sent.length;
  if (left > 0) lines.push(style.faint(`and ${counted(left, 'operation')} of which nothing was sent`));
  return [...lines, '', legend(grid, style)].join('\n');
}

function fittingLabels(columns: readonly string[], room: number): readonly string[] {
  let longest = Math.max(...columns.map((column) => column.length), 0);
  const widthAt = (most: number): number =>
    columns.reduce((sum, column) => sum + gap.length + Math.min(column.length, most), 0);
  while (longest > 2 && widthAt(longest) > room) longest -= 1;
  return columns.map((column) => cutTo(column, longest));
}

function centred(state: CellState, width: number, style: Style): string {
  const left = Math.floor((width - 1) / 2);
  return `${' '.repeat(left)}${paint(state, style)}${' '.repeat(width - 1 - left)}`;
}

function paint(state: CellState, style: Style): string {
  const paints: Readonly<Record<CellState, (text: string) => string>> = {
    passed: style.good,
    violations: style.bad,
    advisories: style.warning,
    known: style.warning,
    inconclusive: style.warning,
    skipped: style.faint,
    none: style.faint,
  };
  return paints[state](stateSymbols[state]);
}

function legend(grid: Grid, style: Style): string {
  return legendOf(grid)
    .map(({ state, words }) => `${paint(state, style)} ${words}`)
    .join('   ');
}
