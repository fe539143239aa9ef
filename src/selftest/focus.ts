/** The part of the plan that a defect is tried with: what tests its fact, and a sample of the rest. Pure. */
import type { Case, Family } from '../plan/types.ts';
import { spread } from './spread.ts';
import type { Defect } from './types.ts';

/** The most cases of one fact, beyond those of the operation that shows the defect. */
const mostOfFact = 160;

export interface FocusOptions {
  /** How many cases beyond those that follow from the defect. */
  readonly sampleSize: number;
  /** Families of which every case is in it. */
  readonly families: readonly Family[];
}

/**
 * The cases to try a defect with, in the order of the plan: every case on the operation that shows it (what holds for
 * every answer is found by cases that name another fact); the cases that test its fact on the others (where they are
 * hundreds, a spread); whole families; and `sampleSize` of the rest, drawn by the id of the defect.
 */
export function focusedPlan(
  cases: readonly Case[],
  defect: Defect,
  { sampleSize, families }: FocusOptions,
): readonly Case[] {
  const chosen = new Set(
    cases.filter((one) => one.operation === defect.where || families.includes(one.family)),
  );
  const elsewhere = cases.filter((one) => one.facts.includes(defect.fact) && !chosen.has(one));
  for (const one of spread(elsewhere, mostOfFact, defect.id, byWhat)) chosen.add(one);
  const rest = cases.filter((one) => !chosen.has(one));
  for (const one of spread(rest, sampleSize, defect.id, byLot)) chosen.add(one);
  return cases.filter((one) => chosen.has(one));
}

/** What the cases of one fact have in common on all operations, such as one malformed key: each gets its turn. */
const byWhat = {
  idOf: ({ id }: Case) => id,
  groupOf: ({ id }: Case) => id.split('/').slice(2).join('/'),
};

/** The rest is drawn from one urn: its dear cases, which list and wait, come up as seldom as they are few. */
const byLot = {
  idOf: ({ id }: Case) => id,
  groupOf: () => 'all',
};

/** `count` of the defects, so that every fact has its share, in the order of the catalogue. */
export function sampleDefects(defects: readonly Defect[], count: number): readonly Defect[] {
  const chosen = new Set(
    spread(defects, count, 'defects', { idOf: ({ id }) => id, groupOf: ({ fact }) => fact }),
  );
  return defects.filter((one) => chosen.has(one));
}
