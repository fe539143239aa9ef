import type { CaseResult, Results } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';
import { printable } from '../printable.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

interface Group {
  readonly reason: string;
  readonly remedy: string | undefined;
  readonly cases: readonly CaseResult[];
}

/** The cases of one reason that are named. */
const named = 3;

/** What could not be judged and what was not sent, by reason, most cases first, each with its remedy. */
export function leftOutText(
  results: Results,
  style: Style,
  width: number,
  everything: boolean,
): readonly string[] {
  const inconclusive = groupsOf(results.cases, 'inconclusive');
  const skipped = groupsOf(results.cases, 'skipped');
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
    for (const group of skipped) lines.push(groupLine('–', group, width));
  }
  return lines;
}

function groupLine(symbol: string, { reason, remedy, cases }: Group, width: number): string {
  const remedyText = remedy === undefined ? '' : `; to change that: ${remedy}`;
  return wrap(`${symbol} ${counted(cases.length, 'case')}: ${printable(reason + remedyText)}`, width, '  ');
}

function examples({ cases }: Group, style: Style, everything: boolean): readonly string[] {
  const shown = everything ? cases : cases.slice(0, named);
  const left = cases.length - shown.length;
  return [
    ...shown.map(({ id }) => style.faint(`    ${id}`)),
    ...(left > 0 ? [style.faint(`    and ${left} more`)] : []),
  ];
}

function groupsOf(cases: readonly CaseResult[], status: 'skipped' | 'inconclusive'): readonly Group[] {
  const groups = groupBy(
    cases.filter((one) => one.status === status),
    ({ reason, remedy }) => JSON.stringify([reason, remedy]),
  );
  return [...groups.values()]
    .map((members) => ({
      reason: members[0]?.reason ?? 'no reason given',
      remedy: members[0]?.remedy,
      cases: members,
    }))
    .toSorted((a, b) => b.cases.length - a.cases.length);
}
