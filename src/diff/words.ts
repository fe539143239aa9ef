/** The words of a comparison, the same in every report. */
import { changeText, type FreedomChange } from '../fingerprint/compare.ts';
import { targetText } from '../report/verdict-words.ts';
import { counted } from '../report/terminal/wrap.ts';
import type { Diff, Difference, OneSided, SideName } from './types.ts';

/** Operations named in full before the rest are counted. */
const mostOperations = 4;

/** What a difference is about: `status, not-found: getRun and getTopic`. */
export function titleOf({ kind, of, operations }: Difference): string {
  const titles = {
    status: `another status, ${of}`,
    code: `another code, ${of}`,
    body: `another shape, ${of}`,
    finding: `other findings, ${of}`,
  };
  return `${titles[kind]}: ${operationsText(operations)}`;
}

function operationsText(operations: readonly string[]): string {
  const named = operations.slice(0, mostOperations).join(', ');
  const more = operations.length - mostOperations;
  return more > 0 ? `${named} and ${more} more operations` : named;
}

/** How much shows it. */
export function extentOf({ requests, cases, kind, dataMayExplain }: Difference): string {
  const inCases = counted(cases.length, 'case');
  const extent = kind === 'finding' ? inCases : `${counted(requests, 'request')} in ${inCases}`;
  return dataMayExplain ? `${extent}; other data may be all that is behind it` : extent;
}

/** A freedom that the sides use otherwise, in one line. */
export function freedomText(change: FreedomChange): string {
  return changeText(change, { old: 'on A', new: 'on B' });
}

/** Cases that could not be compared, in one line. */
export function oneSidedText({ missing, status, reason, cases }: OneSided): string {
  const words = { skipped: 'not sent', inconclusive: 'not judged', absent: 'not there' }[status];
  return `${counted(cases.length, 'case')} ${words} on ${missing.toUpperCase()}: ${reason}`;
}

/** A side in one line. */
export function sideText(side: SideName): string {
  return `${targetText(side)}, profile ${side.profile}, seed ${side.seed}, ${counted(side.requests, 'request')}`;
}

/** What came of it, in one line. */
export function verdictText({ differences, freedoms, compared, oneSided }: Diff): string {
  const lacking = oneSided.reduce((sum, { cases }) => sum + cases.length, 0);
  const sure = differences.filter(({ dataMayExplain }) => !dataMayExplain).length;
  const perhaps = differences.length - sure;
  const found = [
    sure + freedoms.length === 0
      ? 'no difference'
      : `${counted(sure, 'difference')}, ${counted(freedoms.length, 'freedom')} used otherwise`,
    ...(perhaps === 0 ? [] : [`${perhaps} that other data may explain`]),
  ].join(', ');
  const seen = `${counted(compared.requests, 'request')} of ${counted(compared.cases, 'case')} compared`;
  return `${found}; ${seen}${lacking === 0 ? '' : `, ${counted(lacking, 'case')} not`}`;
}
