/** `conformance-statement.json`: what a vendor can publish, and anybody can check against the results. */
import type { Profile } from '../plan/types.ts';
import type { CaseResult, Results, Standing, Summary } from '../results/types.ts';
import { standingOf, summarize } from '../results/verdict.ts';
import { sortedJson } from '../results/serialize.ts';
import {
  cellName,
  cellsOf,
  countCells,
  type Cell,
  type CellCounts,
  type CellStanding,
} from '../results/cells.ts';
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

export interface Statement extends Pick<
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
  readonly statementVersion: 1;
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
  /** SHA-256 of the results with their members in a fixed order, hex. */
  readonly resultsDigest: string;
}

/** The statement of a run: a pure function of its results, so that it can be made again and compared. */
export function statementOf(results: Results, resultsDigest: string, score?: SuiteScore): Statement {
  const { tool, contract, target, profile, strict, allowInconclusive, seed, startedAt, planDigest } = results;
  const cells = cellsOf(results);
  return {
    statementVersion: 1,
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
    resultsDigest,
  };
}

function statedCells(cells: readonly Cell[]): Pick<Statement, 'cells'> {
  if (cells.length === 0) return {};
  const open = cells.flatMap((cell) =>
    cell.standing === 'proven' ? [] : [{ cell: cellName(cell), standing: cell.standing }],
  );
  return { cells: { ...countCells(cells), open } };
}

/** A statement as text, the same whether its results were just made or read from a file. */
export function statementJson(statement: Statement): string {
  return sortedJson(statement);
}

function leftOutOf(cases: readonly CaseResult[], status: 'skipped' | 'inconclusive'): Statement['leftOut'] {
  return leftOutGroups(cases, status).map((group) => ({
    status,
    cases: group.cases.length,
    reason: group.reason,
  }));
}
