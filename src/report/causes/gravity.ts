/** How grave a cause is, whatever it explains: what lets somebody in comes before what answers in the wrong form. */
import type { CaseResult, Finding } from '../../results/types.ts';
import { receivedStatus } from './broken.ts';
import type { RootCause } from './root-causes.ts';

/** Families whose cases expect a refusal of somebody who is not entitled. */
const guards: ReadonlySet<string> = new Set([
  'authentication',
  'denied',
  'role-source',
  'isolation',
  'feature',
]);
/** Findings that somebody sees what is another's. */
const exposures: ReadonlySet<string> = new Set(['secret-echo', 'leak']);
/** Findings that nothing usable came back. */
const outages: ReadonlySet<string> = new Set(['unanswered', 'server-error']);
/** Findings that data are not what they were said to be. */
const corruptions: ReadonlySet<string> = new Set(['effect', 'identity', 'state', 'text', 'id', 'missing']);

/** The graver, the higher. @param counts which findings count */
export function gravityOf({ codes, cases }: RootCause, counts: (finding: Finding) => boolean): number {
  if (codes.some((code) => exposures.has(code)) || cases.some((one) => letsIn(one, counts))) return 3;
  if (codes.some((code) => outages.has(code))) return 2;
  return codes.some((code) => corruptions.has(code)) ? 1 : 0;
}

/** Whether somebody got a success who was to be refused. */
function letsIn({ family, findings }: CaseResult, counts: (finding: Finding) => boolean): boolean {
  return (
    guards.has(family) &&
    findings.some((one) => counts(one) && one.code === 'status' && receivedStatus(one).startsWith('2'))
  );
}
