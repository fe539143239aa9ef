import { markdownBlock, markdownCode, markdownTable, markdownText } from '../report/markdown.ts';
import { printable } from '../report/printable.ts';
import type { Diff, Difference, Entry, SideOfEntry } from './types.ts';
import { extentOf, freedomText, oneSidedText, sideText, titleOf, verdictText } from './words.ts';

/** A comparison as Markdown: each cause with its requests side by side. */
export function diffMarkdown(diff: Diff): string {
  const { differences, freedoms, oneSided } = diff;
  const sections = [
    `# ${capital(verdictText(diff))}`,
    `- A: ${markdownText(sideText(diff.a))}\n- B: ${markdownText(sideText(diff.b))}`,
    ...differences.map((one, index) => differenceSection(one, index + 1)),
    listSection('Freedoms used otherwise', freedoms.map(freedomText)),
    listSection('Not compared', oneSided.map(oneSidedText)),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function differenceSection(one: Difference, number: number): string {
  return [
    `## ${number}. ${markdownText(titleOf(one))}`,
    `- A: ${markdownText(one.a)}\n- B: ${markdownText(one.b)}\n- ${extentOf(one)}`,
    ...one.entries.map(entrySection),
  ].join('\n\n');
}

function entrySection(entry: Entry): string {
  return [
    `### ${markdownCode(entry.case)}`,
    markdownText(entry.title),
    markdownTable(
      ['side', 'answer', 'request', 'request id'],
      [sideRow('A', entry.a), sideRow('B', entry.b)],
    ),
    markdownBlock([`A  ${printable(entry.a.body)}`, `B  ${printable(entry.b.body)}`]),
  ].join('\n\n');
}

function sideRow(name: string, side: SideOfEntry): readonly string[] {
  const request = markdownCode(`${side.method} ${side.url}`);
  return [name, markdownText(side.answer), request, markdownCode(side.requestId)];
}

function listSection(title: string, texts: readonly string[]): string {
  return texts.length === 0
    ? ''
    : `## ${title}\n\n${texts.map((text) => `- ${markdownText(text)}`).join('\n')}`;
}
