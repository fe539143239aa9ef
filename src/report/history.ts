/** Runs over time: a line of `history.ndjson` a run, and no more of them than a page can show. */
import { cellsOf, countCells, type CellCounts } from '../results/cells.ts';
import type { Results, Summary, Verdict } from '../results/types.ts';

export interface HistoryEntry {
  readonly runId: string;
  readonly startedAt: string;
  readonly baseUrl: string;
  readonly profile: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly summary: Summary;
  readonly requests: number;
  readonly durationMs: number;
  readonly planDigest: string;
  /** Absent where the run tells of no cell. */
  readonly cells?: CellCounts;
  /** By operation: median and 95th percentile in ms. */
  readonly latency: Readonly<Record<string, readonly [p50Ms: number, p95Ms: number]>>;
}

/** The most runs that are kept: a nightly's year. */
export const mostRuns = 365;

/** What history keeps of a run. */
export function historyEntry(results: Results): HistoryEntry {
  const { runId, startedAt, target, profile, verdict, exitCode, summary, requests, durationMs, planDigest } =
    results;
  const cells = cellsOf(results);
  const latency = Object.fromEntries(
    results.timings.map(({ operation, p50Ms, p95Ms }) => [operation, [p50Ms, p95Ms] as const]),
  );
  return {
    runId,
    startedAt,
    baseUrl: target.baseUrl,
    profile,
    verdict,
    exitCode,
    summary,
    requests,
    durationMs,
    planDigest,
    ...(cells.length === 0 ? {} : { cells: countCells(cells) }),
    latency,
  };
}

/** The entries of a history, oldest first. A line that is none, such as one that was cut short, is left out. */
export function parseHistory(text: string): readonly HistoryEntry[] {
  return text.split('\n').flatMap((line) => {
    const entry = parsed(line);
    return isEntry(entry) ? [entry] : [];
  });
}

/** The history with a run added; the oldest lines go where there are too many. A run is held once. */
export function addToHistory(history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return [...history.filter(({ runId }) => runId !== entry.runId), entry].slice(-mostRuns);
}

/** A history as text: JSON, a line a run. */
export function historyText(history: readonly HistoryEntry[]): string {
  return history.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { runId, startedAt, verdict, summary, latency } = value as Partial<
    Record<keyof HistoryEntry, unknown>
  >;
  return (
    typeof runId === 'string' &&
    typeof startedAt === 'string' &&
    typeof verdict === 'string' &&
    isSummary(summary) &&
    typeof latency === 'object' &&
    latency !== null &&
    Object.values(latency).every((pair) => Array.isArray(pair) && pair.every(Number.isFinite))
  );
}

function isSummary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'failed' in value && Number.isFinite(value.failed) && 'advisories' in value;
}
