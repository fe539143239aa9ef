import { printable } from '../report/printable.ts';
import { createStyle, type Style } from '../report/terminal/style.ts';
import { cutTo, wrap } from '../report/terminal/wrap.ts';
import { isDifferent } from './conclude.ts';
import type { Diff, Difference, SideOfEntry } from './types.ts';
import { extentOf, freedomText, oneSidedText, sideText, titleOf, verdictText } from './words.ts';

/** A comparison for the terminal: each cause once, with one request side by side. diff.md has more of them. */
export function diffText(diff: Diff, colors: boolean, width: number): string {
  const style = createStyle(colors);
  const { differences, freedoms, oneSided } = diff;
  const blocks = [
    [`A  ${printable(sideText(diff.a))}`, `B  ${printable(sideText(diff.b))}`].join('\n'),
    ...differences.map((one, index) => differenceText(one, index + 1, style, width)),
    section('Freedoms used otherwise', freedoms.map(freedomText), style, width),
    section('Not compared', oneSided.map(oneSidedText), style, width),
  ];
  const word = isDifferent(diff) ? style.bad(style.strong('DIFFERENT')) : style.good(style.strong('ALIKE'));
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n\n${word}  ${verdictText(diff)}.\n`;
}

function differenceText(one: Difference, number: number, style: Style, width: number): string {
  const [entry] = one.entries;
  const lines = [
    style.strong(`${number}. ${printable(titleOf(one))}`),
    `   A  ${wrap(printable(one.a), width - 6, '      ')}`,
    `   B  ${wrap(printable(one.b), width - 6, '      ')}`,
    style.faint(`   ${extentOf(one)}`),
  ];
  if (entry === undefined) return lines.join('\n');
  return [
    ...lines,
    `   ${entry.case}`,
    `     ${wrap(printable(entry.title), width - 6, '     ')}`,
    ...sideLines('A', entry.a, style, width),
    ...sideLines('B', entry.b, style, width),
  ].join('\n');
}

function sideLines(name: string, side: SideOfEntry, style: Style, width: number): readonly string[] {
  const path = printable(`${side.method} ${side.url}`);
  return [
    `     ${name}  ${printable(side.answer)}  ${style.faint(`${path}, request id ${printable(side.requestId)}`)}`,
    ...(side.body === '' ? [] : [`        ${cutTo(printable(side.body), width - 8)}`]),
  ];
}

function section(title: string, texts: readonly string[], style: Style, width: number): string {
  if (texts.length === 0) return '';
  const lines = texts.map((text) => `  ${wrap(printable(text), width - 4, '    ')}`);
  return [style.strong(title), ...lines].join('\n');
}
