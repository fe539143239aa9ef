import type { Results } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';
import { observedRoles } from '../observed-roles.ts';
import { printable } from '../printable.ts';
import { unansweredTitle, unseenOf } from '../unseen.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

/** The documented answers that are named where not everything is told. */
const named = 12;

/** How much was exercised: cells of operation, credential and family, and documented answers that never came. */
export function coverageText(
  results: Results,
  style: Style,
  width: number,
  everything: boolean,
): readonly string[] {
  const { cells } = results.coverage;
  if (cells.length === 0) return [];
  const judged = cells.filter((cell) => cell.judged > 0).length;
  const lines = [
    `${style.strong('Covered:')} ${judged} of ${counted(cells.length, 'combination')} of operation, credential and family`,
  ];
  if (everything) lines.push(...leftOutCells(cells).map((text) => wrap(text, width, '    ')));
  const { answers, operations } = unseenOf(results);
  const shown = everything ? answers : answers.slice(0, named);
  const more = answers.length > shown.length ? ` and ${answers.length - shown.length} more` : '';
  if (answers.length > 0) {
    lines.push(wrap(`Documented answers that no request got: ${shown.join(', ')}${more}`, width, '  '));
  }
  if (operations.length > 0) lines.push(wrap(`${unansweredTitle}: ${operations.join(', ')}`, width, '  '));
  return lines;
}

function leftOutCells(cells: Results['coverage']['cells']): readonly string[] {
  const empty = cells.filter(({ judged }) => judged === 0);
  const groups = groupBy(empty, ({ operation, reasons }) => JSON.stringify([operation, reasons]));
  return [...groups.values()].map((members) => {
    const places = members.map(({ family, credential }) => `${family} ${credential}`).join(', ');
    const [first] = members;
    return `  · ${first?.operation ?? ''}: ${places}: ${printable(first?.reasons.join('; ') ?? '')}`;
  });
}

/** The roles that were seen to behave otherwise than the matrix declares; empty where none was. */
export function rolesText(results: Results, style: Style): readonly string[] {
  const { differences } = observedRoles(results);
  if (differences.length === 0) return [];
  return [
    style.strong('Roles that behave otherwise than declared'),
    ...differences.map((text) => style.bad(`  ${printable(text)}`)),
  ];
}
