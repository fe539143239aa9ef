/** Two deployments under the same plan: where they answer otherwise, grouped by what is behind it. Pure. */
import type { FreedomChange } from '../fingerprint/compare.ts';
import type { CaseResult, Exchange, Results } from '../results/types.ts';
import { bodyDifferences } from './bodies.ts';
import { pairExchanges, type Pair } from './pairs.ts';
import { answerDifferences, findingDifferences } from './answers.ts';
import type { Diff, OneSided, SideName } from './types.ts';

/** Compares two runs that kept every exchange. @param freedoms what their fingerprints differ in */
export function diffResults(a: Results, b: Results, freedoms: readonly FreedomChange[]): Diff {
  const others = new Map(b.cases.map((one) => [one.id, one]));
  const compared: { readonly a: CaseResult; readonly b: CaseResult; readonly pairs: readonly Pair[] }[] = [];
  for (const one of a.cases) {
    const other = others.get(one.id);
    if (other === undefined || !isCarriedOut(one) || !isCarriedOut(other)) continue;
    compared.push({ a: one, b: other, pairs: pairExchanges(one, other) });
  }
  const pairs = compared.flatMap((one) => one.pairs);
  const differences = [
    ...answerDifferences(pairs),
    ...bodyDifferences(pairs),
    ...findingDifferences(compared.map((one) => [one.a, one.b] as const)),
  ];
  return {
    a: nameOf(a),
    b: nameOf(b),
    compared: { cases: compared.length, requests: pairs.length },
    differences,
    freedoms: notToldAlready(freedoms),
    oneSided: oneSided(a, b),
  };
}

function isCarriedOut({ status }: CaseResult): boolean {
  return status === 'passed' || status === 'failed';
}

/** Statuses, codes and bodies are compared request by request; members are, where both stand in the same place. */
function notToldAlready(changes: readonly FreedomChange[]): readonly FreedomChange[] {
  const moved = new Set(
    changes
      .filter(({ section }) => section.name === 'envelopes')
      .flatMap(({ operation }) => operation.split(', ')),
  );
  const told = new Set<string>(['codes', 'errors', 'choices']);
  return changes.filter(
    ({ section, operation }) =>
      !told.has(section.name) &&
      (section.name !== 'members' || operation.split(', ').some((one) => moved.has(one))),
  );
}

function oneSided(a: Results, b: Results): readonly OneSided[] {
  const [left, right] = [byId(a), byId(b)];
  const groups = new Map<string, { -readonly [K in keyof OneSided]: OneSided[K] }>();
  for (const id of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(id), right.get(id)];
    const missing = isMissing(one) ? 'a' : isMissing(other) ? 'b' : undefined;
    if (missing === undefined || (isMissing(one) && isMissing(other) && bothSkipped(one, other))) continue;
    const lacking = missing === 'a' ? one : other;
    const status =
      lacking?.status === 'skipped' || lacking?.status === 'inconclusive' ? lacking.status : 'absent';
    const reason = lacking?.reason ?? 'the case is not in the plan of that side';
    const key = JSON.stringify([missing, status, reason]);
    const group = groups.get(key) ?? { missing, status, reason, cases: [] };
    groups.set(key, { ...group, cases: [...group.cases, id] });
  }
  return [...groups.values()];
}

/** What neither side was asked to do is no matter of the comparison. */
function bothSkipped(one: CaseResult | undefined, other: CaseResult | undefined): boolean {
  return [one, other].every((side) => side === undefined || side.status === 'skipped');
}

function isMissing(one: CaseResult | undefined): boolean {
  return one === undefined || !isCarriedOut(one);
}

function byId({ cases }: Results): ReadonlyMap<string, CaseResult> {
  return new Map(cases.map((one) => [one.id, one]));
}

function nameOf({ target, profile, seed, runId, startedAt, requests }: Results): SideName {
  return { target, profile, seed, runId, startedAt, requests };
}

/** True where the results keep what a comparison needs. */
export function keepsEveryExchange({ cases }: Results): boolean {
  return cases.some(({ exchanges = [] }: { readonly exchanges?: readonly Exchange[] }) =>
    exchanges.some(({ outcome }) => outcome.kind === 'answered' && outcome.imprint !== undefined),
  );
}
