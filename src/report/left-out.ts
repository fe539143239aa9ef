import type { CaseResult } from '../results/types.ts';
import { groupBy } from './group-by.ts';

/** Cases that were left out for one reason. */
export interface LeftOutGroup {
  readonly reason: string;
  /** What can be done about it. */
  readonly remedy: string | undefined;
  readonly cases: readonly CaseResult[];
}

/** The cases that were not sent, or could not be judged, by reason; most cases first. */
export function leftOutGroups(
  cases: readonly CaseResult[],
  status: 'skipped' | 'inconclusive',
): readonly LeftOutGroup[] {
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
