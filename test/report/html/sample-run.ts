/** Runs of the size that a page has to cope with. */
import { failedCase, sampleCase, sampleExchange, sampleResults } from '../sample.ts';
import type { HistoryEntry } from '../../../src/report/history.ts';
import { historyEntry } from '../../../src/report/history.ts';
import type { CaseResult, Results } from '../../../src/results/types.ts';

const roles = ['viewer', 'editor', 'admin', 'owner'];

/** A run of so many cases over 24 operations, of which each seventh fails. */
export function runOf(count: number): Results {
  return sampleResults(Array.from({ length: count }, (_unused, index) => caseOf(index)));
}

function caseOf(index: number): CaseResult {
  const role = roles[index % 4] ?? '';
  const surface = `surface-${index % 6}`;
  const id = `${surface}/operation-${index % 24}/access/${role}/${index}`;
  if (index % 7 === 0) return failedCase(id, { credential: role, exchanges: [exchangeWith(index)] });
  if (index % 11 === 0) {
    return sampleCase(id, { credential: role, status: 'skipped', reason: 'no key', remedy: 'set one' });
  }
  return sampleCase(id, { credential: role });
}

function exchangeWith(index: number): typeof sampleExchange {
  const body = JSON.stringify({ rows: [{ id: `row_${index}`, text: 'x'.repeat(600) }] });
  return {
    ...sampleExchange,
    outcome: { kind: 'answered', status: 200, headers: [], body, bodyBytes: body.length },
  };
}

/** So many nightly runs before this one. */
export function nights(results: Results, count: number): readonly HistoryEntry[] {
  return Array.from({ length: count }, (_unused, index) => {
    const failed = index % 3;
    return {
      ...historyEntry(results),
      runId: `night-${index}`,
      startedAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
      verdict: failed === 0 ? 'conformant' : 'violations',
      exitCode: failed === 0 ? 0 : 1,
      summary: { ...results.summary, failed },
      latency: { getOrg: [1 + (index % 5), 3 + (index % 7)] },
    };
  });
}
