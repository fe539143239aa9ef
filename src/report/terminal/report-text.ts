/** The report of a run for a terminal, as one text, made from the results alone. */
import type { Results } from '../../results/types.ts';
import { failureContext } from '../failure.ts';
import { gridOf } from '../grid.ts';
import { levelSentences } from '../level-words.ts';
import { printable } from '../printable.ts';
import { unprovenText, untriedText } from './cells-text.ts';
import { coverageText, rolesText } from './coverage-text.ts';
import { advisoriesText, violationsText } from './failures-text.ts';
import { conductText, outdatedText } from './conduct-text.ts';
import { balanceText } from './footprint-text.ts';
import { gridText } from './grid-text.ts';
import { hasRemovable, leftoversText } from './leftovers-text.ts';
import { leftOutText } from './left-out-text.ts';
import { createStyle, type Style } from './style.ts';
import { verdictLine } from './verdict-line.ts';

/** How much is told: `quiet` is the verdict and the failures, `verbose` every case and every example. */
export type Volume = 'quiet' | 'normal' | 'verbose';

export interface ReportView {
  readonly colors: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly volume: Volume;
  /** The report directory, where the results lie in one. */
  readonly directory?: string;
}

/** Grid, what was left out and covered, advisories, roles, violations by root cause, and the verdict as the last line. */
export function reportText(results: Results, view: ReportView): string {
  const style = createStyle(view.colors);
  const { width } = view;
  const everything = view.volume === 'verbose';
  const context = failureContext(results);
  const failures = { context, style, width, everything };
  const loud = view.volume !== 'quiet';
  const sections: readonly (readonly string[])[] = [
    loud && results.cases.length > 0 ? [gridText(gridOf(results), style, width)] : [],
    loud ? leftOutText(results, style, width, everything) : [],
    loud ? untriedText(results, style, width) : [],
    loud ? coverageText(results, style, width, everything) : [],
    loud || hasRemovable(results) ? leftoversText(results, style, everything, view.directory) : [],
    loud ? balanceText(results, style) : [],
    loud || results.ended !== undefined ? conductText(results, style) : [],
    loud ? advisoriesText(results, failures) : [],
    rolesText(results, style),
    violationsText(results, failures),
    unprovenText(results, style, width),
    outdatedText(results, style),
    suiteFaultsText(results, style),
    loud || results.levels.some(({ claimed }) => claimed) ? levelSentences(results) : [],
    [verdictLine(results, style, width)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function suiteFaultsText({ suiteFaults }: Results, style: Style): readonly string[] {
  if (suiteFaults.length === 0) return [];
  return [
    style.bad(style.strong('The suite itself failed, which says nothing about the target')),
    ...suiteFaults.map(
      ({ caseId, message }) => `  ${caseId === undefined ? '' : `${caseId}: `}${printable(message)}`,
    ),
  ];
}
