/** Spans of time in milliseconds. */
export const seconds = 1000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;
export const days = 24 * hours;

const windows: Readonly<Record<string, number>> = {
  '24h': 24 * hours,
  '7d': 7 * days,
  '30d': 30 * days,
  '90d': 90 * days,
};

/** How long a `range` reaches back in milliseconds; undefined where it is none that the documentation names. */
export function windowOf(range: string): number | undefined {
  return Object.hasOwn(windows, range) ? windows[range] : undefined;
}

/** Milliseconds since the epoch as RFC 3339 text. */
export function timestamp(at: number): string {
  return new Date(at).toISOString();
}
