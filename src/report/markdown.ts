import { printable } from './printable.ts';

/**
 * Text of a target as one line of Markdown that shows it and does nothing else: no markup, no HTML, no link, no
 * mention. What Markdown or HTML would read is escaped.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]|~@#]/g, (mark) => `\\${mark}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', '\\://')
    .replaceAll(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`);
}

/** Text in a code span that ends where it should: its fence is longer than any run of backticks in it. */
export function markdownCode(text: string): string {
  const fence = fenceFor(text, 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  // A table cell ends at a bar even within code.
  return `${fence}${pad}${printable(text).replaceAll('|', '\\|')}${pad}${fence}`;
}

/** Lines as a code block that ends where it should. */
export function markdownBlock(lines: readonly string[]): string {
  const fence = fenceFor(lines.join('\n'), 3);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** A table: a heading and rows of cells that are Markdown already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: (column: number) => 'left' | 'center' | 'right' = () => 'left',
): string {
  const rules = { left: '---', center: ':-:', right: '--:' };
  const lines = [head, head.map((_name, column) => rules[align(column)]), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
