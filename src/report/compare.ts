/** Two runs against each other: what broke, what was mended, what came, went and slowed down. */
import { cellName, cellsOf, type CellStanding } from '../results/cells.ts';
import type { CaseResult, OperationTiming, Results } from '../results/types.ts';
import { breaks } from '../results/verdict.ts';

export interface ChangedCase {
  readonly id: string;
  readonly title: string;
  /** The codes of the findings that are new, gone or still there. */
  readonly codes: readonly string[];
}

export interface SlowerOperation {
  readonly operation: string;
  readonly p95Ms: { readonly old: number; readonly new: number };
}

/** A cell of which one run proved what the other did not. */
export interface ChangedCell {
  readonly cell: string;
  readonly old: CellStanding | 'not-told';
  readonly new: CellStanding | 'not-told';
}

export interface Comparison {
  readonly old: RunName;
  readonly new: RunName;
  /** Violations that the old run did not have: of a case that passed, that was not judged, or that is new. */
  readonly newViolations: readonly ChangedCase[];
  readonly fixed: readonly ChangedCase[];
  readonly stillFailing: readonly ChangedCase[];
  /** Cases that failed and can no longer be told: not judged, or not sent. */
  readonly noLongerJudged: readonly ChangedCase[];
  /** Cells that the old run proved and the new one does not. */
  readonly noLongerProven: readonly ChangedCell[];
  /** Cells that the new run proves and the old one did not. */
  readonly provenNow: readonly ChangedCell[];
  readonly newCases: readonly string[];
  readonly goneCases: readonly string[];
  readonly slower: readonly SlowerOperation[];
}

export type RunName = Pick<Results, 'runId' | 'startedAt' | 'verdict' | 'target' | 'profile' | 'summary'>;

/** An operation is slower where its 95th percentile grew by half and by so many ms: less is the noise of a run. */
const slowerFactor = 1.5;
const slowerByMs = 20;
/** Fewer requests say nothing of a 95th percentile. */
const leastRequests = 5;

/** Compares two runs, case by case and finding by finding. */
export function compareResults(old: Results, now: Results): Comparison {
  const before = new Map(old.cases.map((one) => [one.id, one]));
  const after = new Map(now.cases.map((one) => [one.id, one]));
  const lists = {
    newViolations: [] as ChangedCase[],
    fixed: [] as ChangedCase[],
    stillFailing: [] as ChangedCase[],
    noLongerJudged: [] as ChangedCase[],
  };
  for (const one of now.cases) {
    const was = before.get(one.id);
    const [oldCodes, newCodes] = [was === undefined ? [] : brokenCodes(was, old), brokenCodes(one, now)];
    const added = newCodes.filter((code) => !oldCodes.includes(code));
    const kept = newCodes.filter((code) => oldCodes.includes(code));
    const gone = oldCodes.filter((code) => !newCodes.includes(code));
    if (added.length > 0) lists.newViolations.push(changed(one, added));
    if (kept.length > 0) lists.stillFailing.push(changed(one, kept));
    if (gone.length === 0) continue;
    const judged = one.status === 'passed' || one.status === 'failed';
    (judged ? lists.fixed : lists.noLongerJudged).push(changed(one, gone));
  }
  return {
    old: nameOf(old),
    new: nameOf(now),
    ...lists,
    ...changedCells(old, now),
    newCases: now.cases.flatMap(({ id }) => (before.has(id) ? [] : [id])),
    goneCases: old.cases.flatMap(({ id }) => (after.has(id) ? [] : [id])),
    slower: slowerOperations(old.timings, now.timings),
  };
}

/**
 * A cell that one run does not tell of was not asked for there, or no key of its role was given. Results of older
 * versions tell of no cell at all: nothing is lost or won against these.
 */
function changedCells(old: Results, now: Results): Pick<Comparison, 'noLongerProven' | 'provenNow'> {
  const [before, after] = [standingsOf(old), standingsOf(now)];
  if (before.size === 0 || after.size === 0) return { noLongerProven: [], provenNow: [] };
  const all = [...new Set([...before.keys(), ...after.keys()])].map((cell): ChangedCell => ({
    cell,
    old: before.get(cell) ?? 'not-told',
    new: after.get(cell) ?? 'not-told',
  }));
  return {
    noLongerProven: all.filter((one) => one.old === 'proven' && one.new !== 'proven'),
    provenNow: all.filter((one) => one.new === 'proven' && one.old !== 'proven'),
  };
}

function standingsOf(results: Results): ReadonlyMap<string, CellStanding> {
  return new Map(cellsOf(results).map((cell) => [cellName(cell), cell.standing]));
}

/** The codes of what breaks a case; a failed case without a finding has failed all the same. */
function brokenCodes({ status, findings }: CaseResult, { strict }: Results): readonly string[] {
  const codes = new Set(findings.filter((one) => breaks(one, strict)).map(({ code }) => code));
  return codes.size === 0 && status === 'failed' ? ['failed'] : [...codes];
}

function changed({ id, title }: CaseResult, codes: readonly string[]): ChangedCase {
  return { id, title, codes };
}

function nameOf({ runId, startedAt, verdict, target, profile, summary }: Results): RunName {
  return { runId, startedAt, verdict, target, profile, summary };
}

function slowerOperations(
  old: readonly OperationTiming[],
  now: readonly OperationTiming[],
): readonly SlowerOperation[] {
  const before = new Map(old.map((one) => [one.operation, one]));
  return now
    .flatMap((one) => {
      const was = before.get(one.operation);
      if (was === undefined || Math.min(was.requests, one.requests) < leastRequests) return [];
      const slower = one.p95Ms >= was.p95Ms * slowerFactor && one.p95Ms - was.p95Ms >= slowerByMs;
      return slower ? [{ operation: one.operation, p95Ms: { old: was.p95Ms, new: one.p95Ms } }] : [];
    })
    .toSorted((a, b) => b.p95Ms.new - b.p95Ms.old - (a.p95Ms.new - a.p95Ms.old));
}
