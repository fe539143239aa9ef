/** `conformance-statement.json`: what a vendor can publish, and anybody can check against the results. */
import type { Profile } from '../plan/types.ts';
import type { CaseResult, Results, Standing, Summary } from '../results/types.ts';
import { standingOf, summarize } from '../results/verdict.ts';
import { sortedJson } from '../results/serialize.ts';
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
    summary: results.summary,
    levels: results.levels,
    surfaces: [...groupBy(results.cases, ({ surface }) => surface)].map(([surface, cases]) => {
      const summary = summarize({ cases, strict });
      return { surface, level: standingOf(summary), ...summary };
    }),
    leftOut: [...leftOutOf(results.cases, 'inconclusive'), ...leftOutOf(results.cases, 'skipped')],
    suiteScore: score ?? null,
    resultsDigest,
  };
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
