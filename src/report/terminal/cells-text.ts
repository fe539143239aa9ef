import type { Results } from '../../results/types.ts';
import { acceptedCellLines, namesOf, unprovenSentence, untriedGroups } from '../cell-words.ts';
import { printable } from '../printable.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

/** The cells that were not tried, by reason, each with what would have them tried, and those accepted as not proven. */
export function untriedText(results: Results, style: Style, width: number): readonly string[] {
  const groups = untriedGroups(results);
  const accepted = acceptedCellLines(results);
  const total = groups.reduce((sum, { cells }) => sum + cells.length, 0);
  return [
    ...(groups.length === 0
      ? []
      : [style.strong(`Not tried: ${counted(total, 'cell')} of operation and role`)]),
    ...groups.map(({ cells, reason, remedy }) => {
      const change = remedy === undefined ? '' : `; to change that: ${remedy}`;
      const text = `· ${counted(cells.length, 'cell')} (${namesOf(cells)}): ${reason}${change}`;
      return wrap(printable(text), width, '  ');
    }),
    ...accepted.map((line) => wrap(printable(`≈ not proven, and accepted: ${line}`), width, '  ')),
  ];
}

/** The one sentence about the cells that were tried and not proven; empty where there are none. */
export function unprovenText(results: Results, style: Style, width: number): readonly string[] {
  const sentence = unprovenSentence(results);
  return sentence === undefined ? [] : [style.warning(wrap(printable(sentence), width, '  '))];
}
