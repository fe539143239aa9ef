/** What a run says of the target in its own words: the part of a statement that other tools may ignore. Pure. */
import type { Profile } from '../plan/types.ts';
import {
  cellName,
  cellsOf,
  countCells,
  type Cell,
  type CellCounts,
  type CellStanding,
} from '../results/cells.ts';
import type { CaseResult, Results, Standing, Summary } from '../results/types.ts';
import { standingOf, summarize } from '../results/verdict.ts';
import { badgeOf, type Badge } from './badge.ts';
import { groupBy } from './group-by.ts';
import { leftOutGroups } from './left-out.ts';

/** What the suite itself was measured to catch in one profile, on seeded defects and on variants that are all conformant. */
export interface ProfileScore {
  readonly defects: number;
  /** Runs that ended with a violation, by a case that should catch the defect. */
  readonly caught: number;
  /** Runs that ended with a violation, by other cases alone. */
  readonly elsewhere: number;
  /** Runs that said that something could not be judged. */
  readonly inconclusive: number;
  /** Runs that found nothing. */
  readonly green: number;
  readonly dialects: number;
  readonly falseAlarms: number;
  /** Conformant variants on which something that was tried could not be proven. */
  readonly notProven: number;
}

/** By profile. */
export type SuiteScore = Readonly<Record<Profile, ProfileScore>>;

/** How many cells the run proved, and the names of those that it did not. */
export interface StatedCells extends CellCounts {
  readonly open: readonly { readonly cell: string; readonly standing: CellStanding }[];
}

export interface Claim extends Pick<
  Results,
  | 'tool'
  | 'contract'
  | 'target'
  | 'profile'
  | 'strict'
  | 'allowInconclusive'
  | 'seed'
  | 'startedAt'
  | 'planDigest'
  | 'verdict'
  | 'exitCode'
  | 'summary'
  | 'levels'
> {
  readonly badge: Badge;
  /** Absent where the results tell of no cell. */
  readonly cells?: StatedCells;
  readonly surfaces: readonly (Summary & { readonly surface: string; readonly level: Standing })[];
  readonly leftOut: readonly {
    readonly status: 'skipped' | 'inconclusive';
    readonly cases: number;
    readonly reason: string;
  }[];
  /** Null where the suite was not measured. */
  readonly suiteScore: SuiteScore | null;
}

/** What the results of a run claim. */
export function claimOf(results: Results, score?: SuiteScore): Claim {
  const { tool, contract, target, profile, strict, allowInconclusive, seed, startedAt, planDigest } = results;
  const cells = cellsOf(results);
  return {
    tool,
    contract,
    target,
    profile,
    strict,
    allowInconclusive,
    seed,
    startedAt,
    planDigest,
    verdict: results.verdict,
    exitCode: results.exitCode,
    badge: badgeOf(results),
    ...statedCells(cells),
    summary: results.summary,
    levels: results.levels,
    surfaces: [...groupBy(results.cases, ({ surface }) => surface)].map(([surface, cases]) => {
      const summary = summarize({ cases, strict });
      const own = new Set(cases.map(({ operation }) => operation));
      const open = cells.filter((one) => one.standing === 'not-proven' && own.has(one.operation));
      return { surface, level: standingOf(summary, open.length), ...summary };
    }),
    leftOut: [...leftOutOf(results.cases, 'inconclusive'), ...leftOutOf(results.cases, 'skipped')],
    suiteScore: score ?? null,
  };
}

function statedCells(cells: readonly Cell[]): Pick<Claim, 'cells'> {
  if (cells.length === 0) return {};
  const open = cells.flatMap((cell) =>
    cell.standing === 'proven' ? [] : [{ cell: cellName(cell), standing: cell.standing }],
  );
  return { cells: { ...countCells(cells), open } };
}

function leftOutOf(cases: readonly CaseResult[], status: 'skipped' | 'inconclusive'): Claim['leftOut'] {
  return leftOutGroups(cases, status).map((group) => ({
    status,
    cases: group.cases.length,
    reason: group.reason,
  }));
}
