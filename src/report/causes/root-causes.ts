/**
 * Failures grouped by cause. What merely follows from a plainer failure is folded under it; the rest is told by the
 * smallest set of statements that covers it. 47 hits of one bug are one line with a count.
 */
import type { CaseResult, Finding } from '../../results/types.ts';
import { failuresOf, rolesFact, type Failure } from './broken.ts';
import { fold, type Follower } from './follow.ts';
import { gravityOf } from './gravity.ts';
import { statementsAbout, type Scope } from './statements.ts';

export interface RootCause {
  /** The facts that are broken, by their ids; where it is about who may do an operation, that as well. */
  readonly facts: readonly string[];
  /** The kinds of finding, by their codes. */
  readonly codes: readonly string[];
  /** What the contract says of the first fact, where it says it of more than one operation. */
  readonly says?: string;
  readonly scope: Scope;
  /** The cases that the statement covers, in the order of the plan; the first is the worked example. */
  readonly cases: readonly CaseResult[];
  /** How many judged cases are within the scope: as many as `cases` where the statement has no exception. */
  readonly judged: number;
  /** The cases that fail because these do, in the order of the plan. */
  readonly follows: readonly CaseResult[];
}

/**
 * Every case with findings that count, in at least one root cause or under one: the gravest cause first, and of these
 * the one that explains most.
 * @param counts which findings count (violations, or advisories)
 * @param saying what the contract says, by the ids of its facts
 */
export function rootCauses(
  cases: readonly CaseResult[],
  counts: (finding: Finding) => boolean,
  saying: Readonly<Record<string, string>> = {},
): readonly RootCause[] {
  const judged = cases.filter(({ status }) => status === 'passed' || status === 'failed');
  const failures = failuresOf(judged, counts);
  if (failures.length === 0) return [];
  const { roots, followers } = fold(failures);
  const followed = new Set(followers.map(({ result }) => result));
  const telling = judged.filter((one) => !followed.has(one));
  const broken = new Map(roots.map((root) => [root.result, root.broken]));
  const causes = statementsAbout(telling, factsOf(telling, roots)).map(
    ({ facts, scope, hits, judged: within }): RootCause => {
      const own = hits.flatMap((index) => telling[index] ?? []);
      const found = own.flatMap((one) => broken.get(one)?.filter(({ fact }) => facts.includes(fact)) ?? []);
      const [says] = facts.flatMap((fact) => saying[fact] ?? []);
      return {
        facts: [...facts, ...cellFacts(own, facts)],
        codes: [...new Set(found.flatMap((one) => one.codes))],
        ...(says === undefined ? {} : { says }),
        scope,
        cases: own,
        judged: within,
        follows: [],
      };
    },
  );
  return withFollowers(causes, followers, judged).toSorted(
    (a, b) => gravityOf(b, counts) - gravityOf(a, counts) || reachOf(b) - reachOf(a),
  );
}

function reachOf({ cases, follows }: RootCause): number {
  return cases.length + follows.length;
}

/** The facts of who may do an operation, where that is what all the cases of one operation are about. */
function cellFacts(cases: readonly CaseResult[], facts: readonly string[]): readonly string[] {
  const [first] = cases;
  if (first === undefined || cases.some((one) => one.cell === undefined || one.operation !== first.operation))
    return [];
  const roles = rolesFact(first.operation);
  return first.cell?.decision === 'denied' && !facts.includes(roles) ? [roles] : [];
}

/** Each follower under the first cause that tells of what it follows from. */
function withFollowers(
  causes: readonly RootCause[],
  followers: readonly Follower[],
  order: readonly CaseResult[],
): readonly RootCause[] {
  const place = new Map(order.map((one, index) => [one, index]));
  const under = new Map<CaseResult, RootCause>();
  for (const cause of causes) for (const one of cause.cases) if (!under.has(one)) under.set(one, cause);
  const follows = new Map<RootCause, CaseResult[]>();
  for (const { result, of } of followers) {
    const cause = under.get(of);
    if (cause !== undefined) follows.set(cause, [...(follows.get(cause) ?? []), result]);
  }
  return causes.map((cause) => ({
    ...cause,
    follows: (follows.get(cause) ?? []).toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)),
  }));
}

/** For each fact the indexes of the cases that found it broken. */
function factsOf(
  judged: readonly CaseResult[],
  roots: readonly Failure[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const place = new Map(judged.map((one, index) => [one, index]));
  const byFact = new Map<string, Set<number>>();
  for (const { result, broken } of roots) {
    const index = place.get(result);
    if (index === undefined) continue;
    for (const { fact } of broken) byFact.set(fact, (byFact.get(fact) ?? new Set()).add(index));
  }
  return byFact;
}
