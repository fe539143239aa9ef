import { legendOf, stateSymbols, type Grid, type SquareState } from '../grid.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

const gap = '  ';

/**
 * The grid as lines: a heading a surface, a row an operation, a symbol a square, and the legend of the symbols that
 * occur. Operations of which nothing was sent are counted in one line. Where the headings of the columns do not fit
 * the width they are short codes, with what they stand for below.
 */
export function gridText(grid: Grid, style: Style, width: number): string {
  const first = Math.max(...grid.rows.map(({ operation }) => operation.length + 2), 0);
  const fits = first + grid.columns.reduce((sum, column) => sum + gap.length + column.length, 0) <= width;
  const labels = fits ? grid.columns : codesOf(grid.columns);
  const lines = [`${''.padEnd(first)}${labels.map((label) => gap + label).join('')}`.trimEnd()];
  let surface = '';
  const sent = grid.rows.filter((row) => row.sent);
  for (const row of sent.length === 0 ? grid.rows : sent) {
    if (row.surface !== surface) lines.push(style.strong((surface = row.surface)));
    const squares = row.cells.map(
      ({ state }, index) => gap + centred(state, labels[index]?.length ?? 1, style),
    );
    lines.push(`  ${row.operation.padEnd(first - 2)}${squares.join('')}`.trimEnd());
  }
  const left = sent.length === 0 ? 0 : grid.rows.length - sent.length;
  if (left > 0) lines.push(style.faint(`and ${counted(left, 'operation')} of which nothing was sent`));
  const key = labels.map((code, index) => `${code} ${grid.columns[index] ?? ''}`).join(', ');
  return [...lines, ...(fits ? [] : ['', wrap(key, width)]), '', legend(grid, style, width)].join('\n');
}

/** A short code for each column, each another one: its first two letters, and more where these are taken. */
function codesOf(columns: readonly string[]): readonly string[] {
  return columns.map((column) => {
    const others = columns.filter((other) => other !== column);
    const lengths = Array.from({ length: column.length }, (_, index) => index + 1);
    const unique = lengths.find(
      (length) => length >= 2 && !others.some((other) => other.startsWith(column.slice(0, length))),
    );
    return column.slice(0, unique ?? column.length);
  });
}

function centred(state: SquareState, width: number, style: Style): string {
  const left = Math.floor((width - 1) / 2);
  return `${' '.repeat(left)}${paint(state, style)}${' '.repeat(width - 1 - left)}`;
}

function paint(state: SquareState, style: Style): string {
  const paints: Readonly<Record<SquareState, (text: string) => string>> = {
    passed: style.good,
    refused: style.good,
    violations: style.bad,
    advisories: style.warning,
    known: style.warning,
    inconclusive: style.warning,
    skipped: style.faint,
    none: style.faint,
  };
  return paints[state](stateSymbols[state]);
}

/** The entries of the legend, as many a line as fit. */
function legend(grid: Grid, style: Style, width: number): string {
  const space = '   ';
  const lines: string[][] = [[]];
  let length = 0;
  for (const { state, words } of legendOf(grid)) {
    const size = 2 + words.length;
    if (length > 0 && length + space.length + size > width) {
      lines.push([]);
      length = 0;
    }
    length += (length === 0 ? 0 : space.length) + size;
    lines.at(-1)?.push(`${paint(state, style)} ${words}`);
  }
  return lines.map((entries) => entries.join(space)).join('\n');
}
