import type { Results } from '../../results/types.ts';
import { leftOutGroups, type LeftOutGroup } from '../left-out.ts';
import { printable } from '../printable.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

/** The cases of one reason that are named. */
const named = 3;

/** What could not be judged and what was not sent, by reason, most cases first, each with its remedy. */
export function leftOutText(
  results: Results,
  style: Style,
  width: number,
  everything: boolean,
): readonly string[] {
  const inconclusive = leftOutGroups(results.cases, 'inconclusive');
  const skipped = leftOutGroups(results.cases, 'skipped');
  const lines: string[] = [];
  if (inconclusive.length > 0) {
    lines.push(
      style.strong(`Not judged: ${counted(results.summary.inconclusive, 'case')} that were asked for`),
    );
    for (const group of inconclusive) {
      lines.push(style.warning(groupLine('?', group, width)));
      lines.push(...examples(group, style, everything));
    }
  }
  if (skipped.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push(style.strong(`Not sent: ${counted(results.summary.skipped, 'case')}`));
    for (const group of skipped) lines.push(groupLine('·', group, width));
  }
  return lines;
}

function groupLine(symbol: string, { reason, remedy, cases }: LeftOutGroup, width: number): string {
  const remedyText = remedy === undefined ? '' : `; to change that: ${remedy}`;
  return wrap(`${symbol} ${counted(cases.length, 'case')}: ${printable(reason + remedyText)}`, width, '  ');
}

function examples({ cases }: LeftOutGroup, style: Style, everything: boolean): readonly string[] {
  const shown = everything ? cases : cases.slice(0, named);
  const left = cases.length - shown.length;
  return [
    ...shown.map(({ id }) => style.faint(`    ${id}`)),
    ...(left > 0 ? [style.faint(`    and ${left} more`)] : []),
  ];
}
