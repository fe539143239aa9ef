/** Medians and ratios: what a benchmark tells of its times. */

/** The median of numbers. Throws for none. */
export function median(values) {
  if (values.length === 0) throw new Error('a median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A number with two digits behind the point. */
export function ratio(value) {
  return value.toFixed(2);
}

/** Milliseconds as seconds. */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** An aim beside what was measured: `[what, measured, aim, met]` of a table of the results. */
export function aimRow(what, value, most, show = ratio) {
  return { what, measured: show(value), aim: `at most ${show(most)}`, met: value <= most };
}
