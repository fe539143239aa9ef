/** Failures that are known: they do not fail a run, for as long as they are there. Pure. */
import picomatch from 'picomatch';
import type { CaseResult, Finding, KnownCell, KnownFailure, KnownFinding, OutdatedEntry } from './types.ts';
import { breaks } from './verdict.ts';

export type { KnownFailure } from './types.ts';

export interface Excused {
  readonly cases: readonly CaseResult[];
  readonly outdated: readonly OutdatedEntry[];
}

/** Whether an entry is about cells, not about findings. */
export function isKnownCell(entry: KnownFailure): entry is KnownCell {
  return 'cell' in entry;
}

/** Whether an entry speaks of a case, or of a cell, by its id or name. */
export function speaksOf(
  entry: Pick<KnownFinding, 'case'> | Pick<KnownCell, 'cell'>,
): (name: string) => boolean {
  const pattern = 'cell' in entry ? entry.cell : entry.case;
  const glob = picomatch(pattern, { dot: true, nonegate: true });
  return (name) => name === pattern || glob(name);
}

/** Whether the last day of an entry has passed. @param today as YYYY-MM-DD */
export function hasExpired({ expires }: Pick<KnownFailure, 'expires'>, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** An entry that has to go, and why. */
export function outdatedEntry(entry: KnownFailure, problem: string): OutdatedEntry {
  const { file, line, column } = entry.position;
  const position = `${file}:${line}:${column}`;
  return isKnownCell(entry)
    ? { position, cell: entry.cell, problem }
    : { position, case: entry.case, code: entry.code, problem };
}

/** What an entry that has expired is told. */
export function expiredWords({ expires = '' }: Pick<KnownFailure, 'expires'>): string {
  return `it expired on ${expires}: delete it, or set a later day`;
}

/** The reason of an entry as reports have it, with its link. */
export function knownWords({ reason, link }: Pick<KnownFailure, 'reason' | 'link'>): string {
  return link === undefined ? reason : `${reason} (${link})`;
}

/**
 * Marks the findings that are known, and finds the entries about findings that no longer hold: expired, or about cases that were
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
  const excuses = new Map<Finding, KnownFinding>();
  for (const entry of entries) {
    if (isKnownCell(entry)) continue;
    const matches = speaksOf(entry);
    const judged = cases.filter(
      ({ id, status }) => (status === 'passed' || status === 'failed') && matches(id),
    );
    const hits = judged.flatMap(({ findings }) =>
      findings.filter((finding) => finding.code === entry.code && breaks(finding, strict)),
    );
    const problem = problemOf(entry, part ? 0 : judged.length, hits.length, today);
    if (problem !== undefined) outdated.push(outdatedEntry(entry, problem));
    if (hasExpired(entry, today)) continue;
    for (const finding of hits) if (!excuses.has(finding)) excuses.set(finding, entry);
  }
  return { cases: cases.map((one) => marked(one, excuses)), outdated };
}

function problemOf(entry: KnownFinding, judged: number, hits: number, today: string): string | undefined {
  if (hasExpired(entry, today)) return expiredWords(entry);
  if (judged === 0 || hits > 0) return undefined;
  return `no case shows it any more: delete it`;
}

function marked(result: CaseResult, excuses: ReadonlyMap<Finding, KnownFinding>): CaseResult {
  if (!result.findings.some((finding) => excuses.has(finding))) return result;
  const findings = result.findings.map((finding) => {
    const entry = excuses.get(finding);
    return entry === undefined ? finding : { ...finding, known: knownWords(entry) };
  });
  return { ...result, findings };
}
