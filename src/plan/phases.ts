/** The order of a run: what reads comes first, so that no write disturbs it; what judges the whole run comes last. */
import type { Case } from './types.ts';

export const phases = ['read', 'write', 'after'] as const;
export type Phase = (typeof phases)[number];

export interface PhaseCases {
  readonly phase: Phase;
  readonly cases: readonly Case[];
}

/** Scenarios that look back on what the other cases saw. */
const looksBack = new Set(['document-true', 'support-requests', 'look-back']);

/** Scenarios that wait for the target to go on by itself. */
const waits = new Set(['dispatch-forward']);

/**
 * What starts first: what waits; then what writes to a thing that the run cannot make, for which all such cases take
 * turns; then what has several steps of which each needs the one before; then the rest.
 */
function startingPlace({ check }: Case): number {
  if (check.kind === 'scenario') return waits.has(check.scenario) ? 0 : 2;
  const { method, pathValues } = check.request;
  const aimsAtListed = Object.values(pathValues).some((value) => value.startsWith('{{listed:'));
  return method !== 'GET' && aimsAtListed ? 1 : 3;
}

/**
 * The cases in the phases of a run, each in the order in which they start: those that take longest come first, so
 * that the others fill their waits and none is left alone at the end. A phase without a case is left out.
 */
export function inPhases(cases: readonly Case[]): readonly PhaseCases[] {
  return phases.flatMap((phase) => {
    const own = cases.filter((one) => phaseOf(one) === phase);
    const ordered = own.toSorted((a, b) => startingPlace(a) - startingPlace(b));
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
