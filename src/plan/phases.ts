/** The order of a run: what reads comes first, so that no write disturbs it; what judges the whole run comes last. */
import type { Case } from './types.ts';

export const phases = ['read', 'write', 'after'] as const;
export type Phase = (typeof phases)[number];

/** Scenarios that look back on what the other cases saw. */
const looksBack = new Set(['document-true', 'support-requests']);

/** Scenarios that wait for the target to go on by itself. */
const waits = new Set(['dispatch-forward']);
const waiting = ({ check }: Case): boolean => check.kind === 'scenario' && waits.has(check.scenario);

/**
 * The cases in the phases of a run, each in the order in which they start: those that wait come first, so that others
 * fill the wait. A phase without a case is left out.
 */
export function inPhases(
  cases: readonly Case[],
): readonly { readonly phase: Phase; readonly cases: readonly Case[] }[] {
  return phases.flatMap((phase) => {
    const own = cases.filter((one) => phaseOf(one) === phase);
    const ordered = [...own.filter(waiting), ...own.filter((one) => !waiting(one))];
    return ordered.length === 0 ? [] : [{ phase, cases: ordered }];
  });
}

/** The phase that a case belongs to. */
export function phaseOf({ check, footprint }: Case): Phase {
  if (check.kind === 'scenario' && looksBack.has(check.scenario)) return 'after';
  if (Object.values(footprint).some((count) => count > 0)) return 'write';
  const method = check.request?.method ?? 'GET';
  return method === 'GET' ? 'read' : 'write';
}
