/** A published statement against the results that it speaks of. */
import { isDeepStrictEqual } from 'node:util';
import type { Results } from '../results/types.ts';
import { coverageOf } from '../results/coverage.ts';
import { drawnFrom } from '../results/judge.ts';
import { judgedStatus } from '../results/verdict.ts';
import type { SuiteScore } from './claim.ts';
import { statementOf } from './statement.ts';

/** The plan as this version makes it, where it knows the contract of the results. */
export interface ExpectedPlan {
  readonly digest: string;
  /** The levels of conformance that each case counts for, by the id of the case. */
  readonly countsFor: ReadonlyMap<string, readonly string[]>;
  /** The levels of the contract. */
  readonly levels: readonly string[];
}

/** What a statement is held against. */
export interface Checked {
  readonly results: Results;
  /** Of their file, hex. */
  readonly sha256: string;
  /** What the suite was measured to catch, null where it was not; undefined where that cannot be told. */
  readonly score: SuiteScore | null | undefined;
}

/**
 * What does not hold: of the results by themselves (a verdict that does not follow from the cases, cases that are
 * missing from the plan), and of the statement beside them. Empty where everything holds.
 */
export function checkStatement(
  statement: unknown,
  { results, sha256, score }: Checked,
  plan?: ExpectedPlan,
): readonly string[] {
  const computed = statementOf(results, sha256, score ?? undefined);
  const ofStatement = differences([], statement, computed).filter(
    (problem) => score !== undefined || !problem.startsWith(ofScore),
  );
  return [...checkResults(results, plan), ...ofStatement];
}

const ofScore = 'statement: predicate.armatureConformance.suiteScore';

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

/** Where a statement is not what it should be: member by member, as far down as both are objects. */
function differences(path: readonly string[], said: unknown, computed: unknown): readonly string[] {
  if (isDeepStrictEqual(said, computed)) return [];
  if (!isObject(computed) || !isObject(said))
    return [
      `statement: ${path.join('.') || 'the whole'} is ${told(said)}, the results make it ${told(computed)}`,
    ];
  const unknown = Object.keys(said).filter((member) => !Object.hasOwn(computed, member));
  return [
    ...Object.entries(computed).flatMap(([member, value]) =>
      differences([...path, member], Object.hasOwn(said, member) ? said[member] : undefined, value),
    ),
    ...unknown.map((member) => `statement: ${[...path, member].join('.')} is no member of a statement`),
  ];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a message, cut where it is long. */
function told(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
