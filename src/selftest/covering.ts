/**
 * A covering set: few points in which every pair of values of two axes is met. Greedy, a point after the other. Pure:
 * the same axes and seed give the same set.
 */
import { lotOf } from './lot.ts';
import { pointOf, type Axis, type Point } from './points.ts';

/** How many ways to fill a point are compared. */
const candidates = 4;

/** A value of an axis; all values of all axes are numbered in a row. */
interface Value {
  readonly axis: Axis;
  readonly name: string;
  readonly number: number;
}

/** The points of a covering set: those that meet most pairs come first, more or less. */
export function coveringPoints(axes: readonly Axis[], seed: number): readonly Point[] {
  const values = axes
    .flatMap((axis) => axis.values.map((name) => ({ axis, name })))
    .map((value, number) => ({ ...value, number }));
  const byAxis = axes.map(({ id }) => values.filter(({ axis }) => axis.id === id));
  // Whether a pair is open stands at [number of the one * count + number of the other], both ways round.
  const open = new Uint8Array(values.length ** 2);
  const isOpen = (a: Value, b: Value): boolean => open[a.number * values.length + b.number] === 1;
  const mark = (a: Value, b: Value, as: 0 | 1): void => {
    open[a.number * values.length + b.number] = as;
    open[b.number * values.length + a.number] = as;
  };
  for (const a of values) for (const b of values) if (a.axis !== b.axis) mark(a, b, 1);

  /** A point that holds the pair; the other axes come by lot, each with the value that meets most open pairs. */
  const filled = (pair: readonly Value[], lot: string): { chosen: readonly Value[]; met: number } => {
    const chosen = [...pair];
    let met = 1;
    const rest = byAxis.filter(
      ([value]) => value !== undefined && !pair.some(({ axis }) => axis === value.axis),
    );
    const drawn = rest.map((all) => ({ all, place: lotOf(`${lot} ${all[0]?.number ?? 0}`) }));
    for (const { all, place } of drawn.toSorted((a, b) => a.place - b.place)) {
      const rated = all.map((value) => ({
        value,
        meets: chosen.reduce((count, other) => count + (isOpen(value, other) ? 1 : 0), 0),
      }));
      const most = Math.max(...rated.map(({ meets }) => meets));
      const best = rated.filter(({ meets }) => meets === most);
      const { value } = best[place % best.length] ?? {};
      if (value !== undefined) chosen.push(value);
      met += most;
    }
    return { chosen, met };
  };

  const points: Point[] = [];
  for (const a of values) {
    for (const b of values) {
      if (!isOpen(a, b)) continue;
      const { chosen } = Array.from({ length: candidates }, (_, turn) =>
        filled([a, b], `${seed} ${points.length} ${turn}`),
      ).reduce((best, one) => (one.met > best.met ? one : best));
      for (const one of chosen) for (const other of chosen) mark(one, other, 0);
      points.push(pointOf(axes, Object.fromEntries(chosen.map(({ axis, name }) => [axis.id, name]))));
    }
  }
  return points;
}
