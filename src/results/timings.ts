import type { OperationTiming } from './types.ts';

/** Latency percentiles of each operation (nearest rank), in ms, from the durations of its requests. */
export function timingsOf(
  durations: Readonly<Record<string, readonly number[]>>,
): readonly OperationTiming[] {
  return Object.entries(durations).map(([operation, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number): number => {
      const value =
        sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0;
      return Math.round(value * 10) / 10;
    };
    return {
      operation,
      requests: all.length,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  });
}
