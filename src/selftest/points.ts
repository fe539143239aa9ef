/** Points in the space of the freedoms: one lawful value for every axis. Pure. */

/** One thing that the documentation leaves open. */
export interface Axis {
  readonly id: string;
  /** The sentence or the gap that leaves it open. */
  readonly open: string;
  /** The lawful values by name; the first is that of the plain dialect. */
  readonly values: readonly string[];
}

/** One value of one axis that is not the plain one. */
export interface Choice {
  readonly axis: string;
  readonly value: string;
}

/** A point, by what it chooses otherwise than the plain dialect; in the order of the axes. */
export type Point = readonly Choice[];

/** The name of the point that chooses nothing. */
export const plainDialect = 'plain';

/** A choice as it is written and told: `axis=value`. */
export function choiceText({ axis, value }: Choice): string {
  return `${axis}=${value}`;
}

/** A point as the mock is told of it: `plain`, or `axis=value,axis=value`. */
export function dialectOf(point: Point): string {
  return point.length === 0 ? plainDialect : point.map(choiceText).join(',');
}

/** The point of values given by the id of their axis; an axis without one is plain. */
export function pointOf(axes: readonly Axis[], values: Readonly<Record<string, string>>): Point {
  return axes.flatMap(({ id, values: [plain] }) => {
    const value = values[id];
    return value === undefined || value === plain ? [] : [{ axis: id, value }];
  });
}
