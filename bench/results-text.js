/** The results of all benchmarks as Markdown. */

/** Sections (`{ title, about, head, rows, aims, notes? }`) as one page. */
export function resultsText(machine, sections) {
  const aims = sections.flatMap(({ title, aims: own }) => own.map((aim) => ({ title, ...aim })));
  return [
    '# Results of the benchmarks',
    '',
    `Written by \`npm run bench\`. ${machine}. Times are of this machine on one day; what can be compared are the ratios, each of two measurements of one run. [docs/performance.md](../docs/performance.md) says what stands behind them.`,
    '',
    ...table(
      ['benchmark', 'what', 'measured', 'aim', 'met'],
      aims.map(({ title, what, measured, aim, met }) => [title, what, measured, aim, met ? 'yes' : 'no']),
    ),
    ...sections.flatMap(({ title, about, head, rows, notes = [] }) => [
      `## ${title}`,
      '',
      about,
      '',
      ...table(head, rows),
      ...notes.flatMap((note) => [note, '']),
    ]),
  ].join('\n');
}

/** Cells as a row of Markdown. */
function line(cells) {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function table(head, rows) {
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
