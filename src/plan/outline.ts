/** What the results of a run need of its plan: each case without its requests. Pure. */
import { digestOf } from './plan.ts';
import type { LeftOut } from './select.ts';
import type { Case } from './types.ts';

/** What a case is about. What it sends takes most of the room of a plan. */
export type CaseOutline = Omit<Case, 'check' | 'footprint'>;

export interface PlanOutline {
  readonly digest: string;
  readonly cases: readonly CaseOutline[];
  /** Why a case is not sent, by its id. */
  readonly leftOut: ReadonlyMap<string, Omit<LeftOut, 'case'>>;
}

/** The outline of a whole plan, and of what of it is left out. */
export function outlineOf(cases: readonly Case[], skipped: readonly LeftOut[]): PlanOutline {
  return {
    digest: digestOf(cases),
    cases: cases.map(({ check: _check, footprint: _footprint, ...outline }) => outline),
    leftOut: reasonsOf(skipped),
  };
}

/** The outline, with more that is left out. */
export function leavingOut(outline: PlanOutline, skipped: readonly LeftOut[]): PlanOutline {
  return { ...outline, leftOut: new Map([...outline.leftOut, ...reasonsOf(skipped)]) };
}

function reasonsOf(skipped: readonly LeftOut[]): PlanOutline['leftOut'] {
  return new Map(skipped.map(({ case: { id }, ...why }) => [id, why]));
}
