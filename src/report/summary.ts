import type { Results } from '../results/types.ts';
import { causesOfRun } from './causes/causes-of-run.ts';
import { cleanupCommandLine } from './cleanup-line.ts';
import { acceptedCellLines, cellCountsText, namesOf, unprovenSentence, untriedGroups } from './cell-words.ts';
import { failureContext, type FailureContext } from './failure.ts';
import { gridOf, legendOf, stateSymbols } from './grid.ts';
import { leftOutGroups } from './left-out.ts';
import { levelSentences } from './level-words.ts';
import { markup, markupText } from './markup.ts';
import { printable } from './printable.ts';
import { markdownBlock, markdownCode, markdownTable, markdownText } from './markdown.ts';
import { observedRoles } from './observed-roles.ts';
import { plainFailure } from './plain-failure.ts';
import { rootCauseSentence } from './causes/words.ts';
import type { RootCause } from './causes/root-causes.ts';
import { unansweredTitle, unseenOf } from './unseen.ts';
import { countsText, outdatedTitle, outdatedWords, targetText, verdictWords } from './verdict-words.ts';

/** The root causes that are told, and those of them that have a worked example. */
const told = 50;
const worked = 5;
/** The cases that follow from a cause and are named. */
const named = 5;
/** GitHub refuses the summary of a step that is larger than 1 MiB; other steps may add to it. */
const mostBytes = 500_000;

/** `summary.md`: verdict, grid and failures, small enough for the summary of a step in GitHub Actions (1 MiB). */
export function summaryMarkdown(results: Results): string {
  const { word, meaning } = verdictWords(results);
  const sections = [
    `## ${word.toUpperCase()}: ${markdownText(results.contract.title)} ${markdownText(results.contract.version)}`,
    `${markdownText(targetText(results))}: ${countsText(results.summary)}${cellsText(results)}. Profile ${results.profile}, seed ${results.seed}, ` +
      `${results.requests} requests in ${(results.durationMs / 1000).toFixed(1)} s. Exit code ${results.exitCode}: ${meaning}.`,
    levelSentences(results).map(markdownText).join('\n\n'),
    suiteFaultsSection(results),
    outdatedSection(results),
    markdownText(unprovenSentence(results) ?? ''),
    causesSection('Violations', results, 'violations'),
    rolesSection(results),
    gridSection(results),
    causesSection('Advisories', results, 'advisories'),
    leftoversSection(results),
    leftOutSection('Could not be judged', results, 'inconclusive'),
    leftOutSection('Not sent', results, 'skipped'),
    untriedSection(results),
    unseenSection(results),
  ];
  return `${fitting(sections.filter((section) => section !== '')).join('\n\n')}\n`;
}

/** The sections from the first on for which there is room; what is left out is told. */
function fitting(sections: readonly string[]): readonly string[] {
  let room = mostBytes;
  const kept = sections.filter((section) => {
    const bytes = Buffer.byteLength(section);
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  return kept.length === sections.length ? kept : [...kept, 'There is more in report.html.'];
}

function suiteFaultsSection({ suiteFaults }: Results): string {
  if (suiteFaults.length === 0) return '';
  const lines = suiteFaults.map(
    ({ caseId, message }) => `- ${markdownText(`${caseId ?? 'the run'}: ${message}`)}`,
  );
  return `### The suite itself failed, which says nothing about the target\n\n${lines.join('\n')}`;
}

/** What is left and could be tidied up; what nothing removes stands in the other reports. */
function leftoversSection({ leftovers, target, runId }: Results): string {
  const removable = leftovers.filter((one) => one.removable === true);
  if (removable.length === 0) return '';
  const lines = removable
    .slice(0, told)
    .map(({ resource, id, name, reason }) => `- ${markdownText(`${resource} ${id} "${name}": ${reason}`)}`);
  const more = removable.length > lines.length ? [`- and ${removable.length - lines.length} more`] : [];
  const command = cleanupCommandLine({ target, runId });
  return [
    '### Left on the target, and to be tidied up',
    '',
    ...lines,
    ...more,
    '',
    markdownCode(command),
  ].join('\n');
}

function outdatedSection({ outdatedKnownFailures = [] }: Results): string {
  if (outdatedKnownFailures.length === 0) return '';
  const lines = outdatedKnownFailures.map((entry) => `- ${markdownText(outdatedWords(entry))}`);
  return `### ${outdatedTitle}\n\n${lines.join('\n')}`;
}

function causesSection(title: string, results: Results, kind: 'violations' | 'advisories'): string {
  const causes = causesOfRun(results)[kind];
  if (causes.length === 0) return '';
  const context = failureContext(results);
  const shown = causes
    .slice(0, told)
    .map((cause, index) => causeText(cause, index, kind === 'violations' ? context : undefined));
  const left = causes.length - shown.length;
  const more = left > 0 ? `\n${left} more in report.html.` : '';
  return `### ${title}: ${causes.length} ${causes.length === 1 ? 'root cause' : 'root causes'}\n\n${shown.join('\n')}${more}`;
}

function causeText(cause: RootCause, index: number, context: FailureContext | undefined): string {
  const sentence = markdownText(rootCauseSentence(cause));
  const [example] = cause.cases;
  if (example === undefined) return `${index + 1}. ${sentence}`;
  if (context === undefined || index >= worked) {
    return `${index + 1}. ${sentence} (such as ${markdownCode(example.id)})`;
  }
  const following = cause.follows.slice(0, named).map(({ id }) => id);
  const more =
    cause.follows.length > following.length ? [`and ${cause.follows.length - following.length} more`] : [];
  const follows = following.length === 0 ? [] : ['', 'follows from it', ...following, ...more];
  const block = markdownBlock([...plainFailure(example, context), ...follows]);
  // Markdown is not read within the line of an HTML tag, so this is escaped as HTML.
  const heading = markupText(markup`${printable(rootCauseSentence(cause))}`);
  return `\n<details><summary>${index + 1}. ${heading}</summary>\n\n${block}\n\n</details>\n`;
}

function rolesSection(results: Results): string {
  const { differences } = observedRoles(results);
  if (differences.length === 0) return '';
  return `### Roles that behave otherwise than declared\n\n${differences.map((text) => `- ${markdownText(text)}`).join('\n')}`;
}

function gridSection(results: Results): string {
  const grid = gridOf(results);
  const { columns, rows } = grid;
  if (rows.length === 0) return '';
  const lines = rows.map(({ operation, cells }) => [
    markdownCode(operation),
    ...cells.map(({ state }) => stateSymbols[state]),
  ]);
  const legend = legendOf(grid).map(({ symbol, words }) => `${symbol} ${words}`);
  const table = markdownTable(['', ...columns.map(markdownText)], lines, (column) =>
    column === 0 ? 'left' : 'center',
  );
  return `### Operations and roles\n\n${table}\n\n${legend.join(', ')}`;
}

function leftOutSection(title: string, results: Results, status: 'skipped' | 'inconclusive'): string {
  const groups = leftOutGroups(results.cases, status);
  if (groups.length === 0) return '';
  const lines = groups.slice(0, told).map(({ reason, remedy, cases }) => {
    const change = remedy === undefined ? '' : `; to change that: ${markdownText(remedy)}`;
    return `- ${cases.length}: ${markdownText(reason)}${change}`;
  });
  return `### ${title}\n\n${lines.join('\n')}`;
}

function cellsText(results: Results): string {
  const text = cellCountsText(results);
  return text === undefined ? '' : `; ${text}`;
}

function untriedSection(results: Results): string {
  const lines = [
    ...untriedGroups(results).map(({ cells, reason, remedy }) => {
      const change = remedy === undefined ? '' : `; to change that: ${remedy}`;
      return `${cells.length} not tried (${namesOf(cells)}): ${reason}${change}`;
    }),
    ...acceptedCellLines(results).map((line) => `not proven, and accepted: ${line}`),
  ];
  if (lines.length === 0) return '';
  return `### Cells of operation and role\n\n${lines.map((line) => `- ${markdownText(line)}`).join('\n')}`;
}

function unseenSection(results: Results): string {
  const { answers, operations } = unseenOf(results);
  const sections = [
    ['Documented answers that no request got', answers],
    [unansweredTitle, operations],
  ] as const;
  return sections
    .filter(([, words]) => words.length > 0)
    .map(([title, words]) => `### ${title}\n\n${words.map(markdownCode).join(', ')}`)
    .join('\n\n');
}
