/** Failures that are known: they do not fail a run, for as long as they are there. Pure. */
import picomatch from 'picomatch';
import type { CaseResult, Finding, KnownFailure, OutdatedEntry } from './types.ts';
import { breaks } from './verdict.ts';

export type { KnownFailure } from './types.ts';

export interface Excused {
  readonly cases: readonly CaseResult[];
  readonly outdated: readonly OutdatedEntry[];
}

/** Whether an entry speaks of a case. */
export function speaksOf({ case: pattern }: Pick<KnownFailure, 'case'>): (caseId: string) => boolean {
  const glob = picomatch(pattern, { dot: true, nonegate: true });
  return (id) => id === pattern || glob(id);
}

/**
 * Marks the findings that are known, and finds the entries that no longer hold: expired, or about cases that were
 * judged and do not show the finding any more. A case that was not judged says nothing about an entry, and nothing
 * here makes an inconclusive case more than that.
 * @param today the day of the run, as YYYY-MM-DD
 * @param part true for a shard, whose cases are too few to tell that no case shows a finding any more
 */
export function excuseKnown(
  cases: readonly CaseResult[],
  entries: readonly KnownFailure[],
  strict: boolean,
  today: string,
  part = false,
): Excused {
  const outdated: OutdatedEntry[] = [];
  const excuses = new Map<Finding, KnownFailure>();
  for (const entry of entries) {
    const matches = speaksOf(entry);
    const judged = cases.filter(
      ({ id, status }) => (status === 'passed' || status === 'failed') && matches(id),
    );
    const hits = judged.flatMap(({ findings }) =>
      findings.filter((finding) => finding.code === entry.code && breaks(finding, strict)),
    );
    const problem = problemOf(entry, part ? 0 : judged.length, hits.length, today);
    if (problem !== undefined) outdated.push({ ...placeOf(entry), problem });
    if (hasExpired(entry, today)) continue;
    for (const finding of hits) if (!excuses.has(finding)) excuses.set(finding, entry);
  }
  return { cases: cases.map((one) => marked(one, excuses)), outdated };
}

function problemOf(entry: KnownFailure, judged: number, hits: number, today: string): string | undefined {
  if (hasExpired(entry, today)) return `it expired on ${entry.expires ?? ''}: delete it, or set a later day`;
  if (judged === 0 || hits > 0) return undefined;
  return `no case shows it any more: delete it`;
}

function hasExpired({ expires }: KnownFailure, today: string): boolean {
  return expires !== undefined && expires < today;
}

function placeOf(entry: KnownFailure): Omit<OutdatedEntry, 'problem'> {
  const { file, line, column } = entry.position;
  return { position: `${file}:${line}:${column}`, case: entry.case, code: entry.code };
}

function marked(result: CaseResult, excuses: ReadonlyMap<Finding, KnownFailure>): CaseResult {
  if (!result.findings.some((finding) => excuses.has(finding))) return result;
  const findings = result.findings.map((finding) => {
    const entry = excuses.get(finding);
    if (entry === undefined) return finding;
    return { ...finding, known: entry.link === undefined ? entry.reason : `${entry.reason} (${entry.link})` };
  });
  return { ...result, findings };
}
