/** The order of a run: what reads comes first, so that no write disturbs it; what judges the whole run comes last. */
import type { Case } from './types.ts';

export const phases = ['read', 'write', 'after'] as const;
export type Phase = (typeof phases)[number];

/** Scenarios that look back on what the other cases saw. */
const looksBack = new Set(['document-true', 'support-requests']);

/** The phase that a case belongs to. */
export function phaseOf({ check, footprint }: Case): Phase {
  if (check.kind === 'scenario' && looksBack.has(check.scenario)) return 'after';
  if (Object.values(footprint).some((count) => count > 0)) return 'write';
  const method = check.request?.method ?? 'GET';
  return method === 'GET' ? 'read' : 'write';
}
