/** What a run would send, without sending it. Pure. */
import { keysInUrls } from '../plan/keys-in-urls.ts';
import { planCases } from '../plan/plan.ts';
import { promiseOf, type FootprintPromise } from '../plan/promise.ts';
import { selectCases, type LeftOut, type SelectedCases, type Selection } from '../plan/select.ts';
import type { Case, Profile } from '../plan/types.ts';
import type { Contract } from '../contract/types.ts';

export interface PlannedRun {
  readonly contract: Contract;
  readonly selection: Selection;
  readonly profile: Profile;
  readonly seed: number;
  /** Keys by the ids of their credentials. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface Preview {
  readonly total: number;
  readonly promise: FootprintPromise;
  /** How many requests show a valid key in their URL, by credential. */
  readonly keysInUrls: Readonly<Record<string, number>>;
  readonly leftOut: readonly { readonly count: number; readonly reason: string; readonly remedy: string }[];
}

/** All cases of the plan, divided. Throws UsageError for a selection that matches nothing. */
export function planRun(planned: PlannedRun): SelectedCases & { readonly cases: readonly Case[] } {
  const { contract, selection, profile, seed, keys } = planned;
  const cases = planCases(contract, { seed, profile });
  return { cases, ...selectCases(cases, { ...selection, profile, keys: Object.keys(keys) }, contract) };
}

/** How many cases a run sends, what it promises, and what it leaves out and why. */
export function previewOf(
  { contract, selection }: PlannedRun,
  { selected, skipped }: SelectedCases,
): Preview {
  return {
    total: selected.length,
    promise: promiseOf(contract, selected, selection.without),
    keysInUrls: keysInUrls(selected),
    leftOut: countLeftOut(skipped),
  };
}

function countLeftOut(skipped: readonly LeftOut[]): { count: number; reason: string; remedy: string }[] {
  const byReason = new Map<string, { count: number; reason: string; remedy: string }>();
  for (const { reason, remedy } of skipped) {
    const known = byReason.get(reason) ?? { count: 0, reason, remedy };
    known.count++;
    byReason.set(reason, known);
  }
  return [...byReason.values()];
}
