/** Which deployments a self-test tries, in which profiles. Pure. */
import { profiles, type Profile } from '../plan/types.ts';
import type { Shard } from '../plan/shard.ts';
import { coveringPoints } from './covering.ts';
import { lotOf } from './lot.ts';
import type { PointOf } from './look-behind.ts';
import { dialectOf, type Axis, type Point } from './points.ts';
import type { DefectPlan } from './selftest.ts';
import type { Defect, On, Setup } from './types.ts';

export interface TrialChoice {
  /** What to try, by name; none where points are tried. */
  readonly dialects: readonly string[];
  readonly defects: readonly Defect[];
  readonly profiles: readonly Profile[];
  /** What the defects are tried on; undefined for a random point each, where it can be seen. */
  readonly on: string | undefined;
  readonly pointOf: PointOf;
  readonly colleague: number | undefined;
  readonly seed: number;
  /** The part of all trials that is carried out. */
  readonly shard: Shard | undefined;
}

export interface TrialList {
  readonly dialects: readonly Setup[];
  readonly defects: readonly DefectPlan[];
}

/** The profiles in which points are tried: `smoke` sees too little of a deployment to be led astray by it. */
export const pointProfiles: readonly Profile[] = ['read', 'guarded', 'full'];

/** The trials, in the order of the profiles, of the dialects and of the defects. */
export function planTrials(choice: TrialChoice): TrialList {
  const { colleague, shard } = choice;
  const withColleague: Omit<On, 'dialect'> = colleague === undefined ? {} : { colleague };
  const wanted = profiles.filter((profile) => choice.profiles.includes(profile));
  const dialects = wanted.flatMap((profile) =>
    choice.dialects.map((dialect): Setup => ({ dialect, profile, ...withColleague })),
  );
  const defects = choice.defects.map((defect): DefectPlan => {
    const dialect = choice.on ?? dialectFor(defect, choice);
    return { defect, on: { dialect, ...withColleague }, profiles: wanted };
  });
  return { dialects: dealt(dialects, shard), defects: dealt(defects, shard) };
}

/** A covering set over the axes, and so many random points. */
export function pointDialects(axes: readonly Axis[], count: number, seed: number): readonly string[] {
  return [
    ...coveringPoints(axes, seed).map(dialectOf),
    ...Array.from({ length: count }, (_, index) => seedDialect(seed, String(index))),
  ];
}

/** How often a dialect is drawn anew that hides a defect. */
const mostDraws = 50;

/** A random dialect on which a defect can be seen, or the last that was drawn. */
function dialectFor(defect: Defect, { seed, pointOf }: TrialChoice): string {
  const drawn = Array.from({ length: mostDraws }, (_, turn) => seedDialect(seed, `${defect.id} ${turn}`));
  return drawn.find((dialect) => !isHidden(defect, pointOf(dialect) ?? [])) ?? seedDialect(seed, defect.id);
}

function isHidden({ unseenWhere = [] }: Defect, point: Point): boolean {
  return unseenWhere.some((values) =>
    Object.entries(values).every(([axis, value]) =>
      point.some((choice) => choice.axis === axis && choice.value === value),
    ),
  );
}

/** How many random points there are: a seed has up to nine digits. */
const seeds = 1_000_000_000;

/** The name of a random point, drawn for what is tried on it. */
function seedDialect(seed: number, what: string): string {
  return `seed:${lotOf(`${seed} ${what}`) % seeds}`;
}

/** Every n-th of the items: neighbours are alike, so that each part has some of all. */
function dealt<T>(items: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard === undefined ? items : items.filter((_, index) => index % shard.of === shard.index - 1);
}
