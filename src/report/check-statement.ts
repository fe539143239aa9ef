/** A published statement against the results that it speaks of. */
import { isDeepStrictEqual } from 'node:util';
import type { Results } from '../results/types.ts';
import { coverageOf } from '../results/coverage.ts';
import { resultsDigest } from '../results/digest.ts';
import { drawnFrom } from '../results/judge.ts';
import { judgedStatus } from '../results/verdict.ts';
import { statementOf, type Statement } from './statement.ts';

/** The plan as this version makes it, where it knows the contract of the results. */
export interface ExpectedPlan {
  readonly digest: string;
  /** The levels of conformance that each case counts for, by the id of the case. */
  readonly countsFor: ReadonlyMap<string, readonly string[]>;
  /** The levels of the contract. */
  readonly levels: readonly string[];
}

/**
 * What does not hold: of the results by themselves (a verdict that does not follow from the cases, cases that are
 * missing from the plan), and of the statement beside them. Empty where everything holds.
 */
export function checkStatement(statement: unknown, results: Results, plan?: ExpectedPlan): readonly string[] {
  return [...checkResults(results, plan), ...checkAgainst(statement, results)];
}

function checkResults(results: Results, plan: ExpectedPlan | undefined): readonly string[] {
  const { cases, strict } = results;
  const { verdict, exitCode, summary, levels } = drawnFrom(results);
  const problems: string[] = [];
  const compare = (name: string, said: unknown, computed: unknown): void => {
    if (!isDeepStrictEqual(said, computed))
      problems.push(`results: ${name} is ${told(said)}, the cases make it ${told(computed)}`);
  };
  compare('verdict', results.verdict, verdict);
  compare('exitCode', results.exitCode, exitCode);
  compare('summary', results.summary, summary);
  compare('levels', results.levels, levels);
  compare('coverage', results.coverage, coverageOf(cases, results.operations));
  for (const { id, status, findings } of cases) {
    if (status !== 'failed' && judgedStatus(findings, strict) === 'failed')
      problems.push(`results: ${id} is ${status}, but has a violation`);
  }
  return plan === undefined ? problems : [...problems, ...checkPlan(results, plan)];
}

function checkPlan({ cases, planDigest, levels }: Results, plan: ExpectedPlan): readonly string[] {
  if (planDigest !== plan.digest)
    return [`results: the plan has the digest ${plan.digest}, the results say ${planDigest}`];
  const held = new Set(cases.map(({ id }) => id));
  const missing = [...plan.countsFor.keys()].filter((id) => !held.has(id));
  const foreign = [...held].filter((id) => !plan.countsFor.has(id));
  const moved = cases.filter(
    ({ id, countsFor = [] }) => !isDeepStrictEqual(countsFor, plan.countsFor.get(id) ?? []),
  );
  const named = levels.map(({ level }) => level);
  const miscounted = levels.filter(
    ({ level, planned = 0 }) =>
      planned !== [...plan.countsFor.values()].filter((own) => own.includes(level)).length,
  );
  const doubled = cases.length - held.size;
  return [
    ...(missing.length === 0
      ? []
      : [`results: ${missing.length} planned cases are missing, such as ${missing[0]}`]),
    ...(foreign.length === 0
      ? []
      : [`results: ${foreign.length} cases are not of the plan, such as ${foreign[0]}`]),
    ...(doubled === 0 ? [] : [`results: ${doubled} cases are there twice`]),
    ...(moved.length === 0
      ? []
      : [
          `results: ${moved.length} cases count for other levels than planned, such as ${moved[0]?.id ?? ''}`,
        ]),
    ...miscounted.map(
      ({ level, planned = 0 }) =>
        `results: ${planned} cases are planned for the level ${level}, the contract has others`,
    ),
    ...(isDeepStrictEqual(named, plan.levels)
      ? []
      : [`results: the levels are ${told(named)}, the contract has ${told(plan.levels)}`]),
  ];
}

function checkAgainst(statement: unknown, results: Results): readonly string[] {
  if (typeof statement !== 'object' || statement === null) return ['statement: it is no JSON object'];
  const said: Readonly<Record<string, unknown>> = { ...statement };
  // The score is measured apart from any run: nothing in the results can tell it.
  const { suiteScore: _score, ...computed }: Statement = statementOf(results, resultsDigest(results));
  const problems = Object.entries(computed).flatMap(([member, value]) =>
    isDeepStrictEqual(said[member], value)
      ? []
      : [`statement: ${member} is ${told(said[member])}, the results make it ${told(value)}`],
  );
  const known = new Set([...Object.keys(computed), 'suiteScore']);
  const unknown = Object.keys(said).filter((member) => !known.has(member));
  return [...problems, ...unknown.map((member) => `statement: ${member} is no member of a statement`)];
}

/** A value in a message, cut where it is long. */
function told(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
