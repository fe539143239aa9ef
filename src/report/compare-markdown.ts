import type { ChangedCase, ChangedCell, Comparison, RunName } from './compare.ts';
import { markdownCode, markdownTable, markdownText } from './markdown.ts';
import { countsText, targetText } from './verdict-words.ts';

/** The cases of one kind that are named. */
const most = 100;

/** A comparison as Markdown: the new violations first. */
export function compareMarkdown(comparison: Comparison): string {
  const { newViolations, fixed, stillFailing, noLongerJudged, newCases, goneCases, slower } = comparison;
  const { noLongerProven, provenNow } = comparison;
  const headline =
    newViolations.length === 0
      ? 'No new violation'
      : `${newViolations.length} ${newViolations.length === 1 ? 'case has' : 'cases have'} new violations`;
  const sections = [
    `## ${headline}`,
    `- old: ${runText(comparison.old)}\n- new: ${runText(comparison.new)}`,
    casesSection('New violations', newViolations),
    casesSection('Fixed', fixed),
    casesSection('Still failing', stillFailing),
    casesSection('Failed before, no longer judged', noLongerJudged),
    cellsSection('Cells proven before, no longer', noLongerProven),
    cellsSection('Cells proven now', provenNow),
    idsSection('New cases', newCases),
    idsSection('Cases that are gone', goneCases),
    slower.length === 0
      ? ''
      : `### Slower operations\n\n${markdownTable(
          ['operation', 'p95 before, ms', 'p95 now, ms'],
          slower.map(({ operation, p95Ms }) => [
            markdownCode(operation),
            p95Ms.old.toFixed(1),
            p95Ms.new.toFixed(1),
          ]),
          (column) => (column === 0 ? 'left' : 'right'),
        )}`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function runText(run: RunName): string {
  return `${run.verdict}, ${markdownText(targetText(run))}, profile ${run.profile}, ${run.startedAt}: ${countsText(run.summary)}`;
}

function casesSection(title: string, cases: readonly ChangedCase[]): string {
  const lines = cases
    .slice(0, most)
    .map(
      ({ id, title: text, codes }) =>
        `- ${markdownCode(id)} ${markdownText(`${text} (${codes.join(', ')})`)}`,
    );
  return section(title, cases.length, lines);
}

function cellsSection(title: string, cells: readonly ChangedCell[]): string {
  const lines = cells
    .slice(0, most)
    .map(
      ({ cell, old, new: now }) => `- ${markdownCode(cell)} ${standingWords(old)}, now ${standingWords(now)}`,
    );
  return section(title, cells.length, lines);
}

function standingWords(standing: ChangedCell['old']): string {
  return standing.replaceAll('-', ' ');
}

function idsSection(title: string, ids: readonly string[]): string {
  return section(
    title,
    ids.length,
    ids.slice(0, most).map((id) => `- ${markdownCode(id)}`),
  );
}

function section(title: string, count: number, lines: readonly string[]): string {
  if (count === 0) return '';
  const more = count > lines.length ? [`- and ${count - lines.length} more`] : [];
  return `### ${title}: ${count}\n\n${[...lines, ...more].join('\n')}`;
}
