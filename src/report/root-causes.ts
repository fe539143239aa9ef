/**
 * Failures grouped by cause: the smallest set of statements over family, credential, surface, operation and input
 * that covers every finding, found greedily. 47 hits of one bug are one line with a count.
 */
import type { CaseResult, Finding } from '../results/types.ts';

/** What a statement can pin; what it does not name holds for every value. */
export interface Scope {
  readonly family?: string;
  readonly credential?: string;
  readonly surface?: string;
  readonly operation?: string;
  /** The part of a case id behind the family. */
  readonly what?: string;
}

export interface RootCause {
  /** The kinds of finding, by their codes. */
  readonly codes: readonly string[];
  readonly scope: Scope;
  /** The cases that the statement covers, in the order of the plan; the first is the worked example. */
  readonly cases: readonly CaseResult[];
  /** How many judged cases are within the scope: as many as `cases` where the statement has no exception. */
  readonly judged: number;
}

/** A statement may have exceptions, told as `n of m`, so long as it holds for three of four cases. */
const leastShare = 0.75;

/** Beyond this many statements a reader no longer reads; what is left is told by family and code. */
const mostStatements = 60;

interface Statement {
  readonly code: string;
  readonly key: ScopeKey;
  /** How many members the scope pins. */
  readonly pins: number;
  readonly hits: ReadonlySet<number>;
  readonly judged: number;
}

/**
 * Covers the findings that count by statements, the one that covers most first. Of statements that cover the same
 * findings the narrowest wins: it says most. Takes the cases of a run and which findings count (violations, or
 * advisories); gives every such case in at least one root cause, once for each code.
 */
export function rootCauses(
  cases: readonly CaseResult[],
  counts: (finding: Finding) => boolean,
): readonly RootCause[] {
  const judged = cases.filter(({ status }) => status === 'passed' || status === 'failed');
  const uncovered = findingsOf(judged, counts);
  if (uncovered.size === 0) return [];
  const chosen = cover(statementsOf(judged, uncovered), uncovered);
  for (const [code, left] of uncovered) chosen.push(...byFamily(judged, code, left));
  return mergeCodes(chosen).map(({ codes, key, hits, judged: within }) => ({
    codes,
    scope: scopeOfKey(key),
    cases: [...hits].toSorted((a, b) => a - b).flatMap((index) => judged[index] ?? []),
    judged: within,
  }));
}

/** For each code the indexes of the cases that have such a finding. */
function findingsOf(
  judged: readonly CaseResult[],
  counts: (finding: Finding) => boolean,
): Map<string, Set<number>> {
  const byCode = new Map<string, Set<number>>();
  for (const [index, { findings }] of judged.entries()) {
    for (const finding of findings) {
      if (counts(finding)) grouped(byCode, finding.code).add(index);
    }
  }
  return byCode;
}

function statementsOf(
  judged: readonly CaseResult[],
  found: ReadonlyMap<string, ReadonlySet<number>>,
): Statement[] {
  const keys = judged.map((one) => scopeKeysOf(one));
  const within = new Map<ScopeKey, number>();
  for (const key of keys.flat()) within.set(key, (within.get(key) ?? 0) + 1);
  const statements: Statement[] = [];
  for (const [code, indexes] of found) {
    const hits = new Map<ScopeKey, Set<number>>();
    for (const index of indexes) for (const key of keys[index] ?? []) grouped(hits, key).add(index);
    for (const [key, covered] of hits) {
      const total = within.get(key) ?? covered.size;
      if (covered.size >= leastShare * total) {
        statements.push({ code, key, pins: pinned(key), hits: covered, judged: total });
      }
    }
  }
  return statements.toSorted(byReach);
}

/** Widest reach first; then the narrowest scope, and a fixed order, so that the same run reads the same. */
function byReach(a: Statement, b: Statement): number {
  return (
    b.hits.size - a.hits.size ||
    a.judged - b.judged ||
    b.pins - a.pins ||
    compareText(a.code, b.code) ||
    compareText(a.key, b.key)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Greedy set cover; takes what it covers out of `uncovered`. */
function cover(statements: readonly Statement[], uncovered: ReadonlyMap<string, Set<number>>): Statement[] {
  const chosen: Statement[] = [];
  // What a statement gained when it was last looked at: it can only gain less since.
  const bounds = statements.map(({ hits }) => hits.size);
  while (chosen.length < mostStatements) {
    let best: Statement | undefined;
    let gain = 0;
    for (const [index, statement] of statements.entries()) {
      // Sorted by reach: none further on can gain more than it reaches.
      if (statement.hits.size <= gain) break;
      if ((bounds[index] ?? 0) <= gain) continue;
      const fresh = countShared(uncovered.get(statement.code), statement.hits);
      bounds[index] = fresh;
      if (fresh > gain) [best, gain] = [statement, fresh];
    }
    if (best === undefined) break;
    chosen.push(best);
    const left = uncovered.get(best.code);
    for (const index of best.hits) left?.delete(index);
  }
  return chosen;
}

function byFamily(judged: readonly CaseResult[], code: string, left: ReadonlySet<number>): Statement[] {
  const families = new Map<string, Set<number>>();
  for (const index of left) grouped(families, judged[index]?.family ?? '').add(index);
  return [...families].map(([family, hits]) => ({
    code,
    key: keyOf({ family }),
    pins: 1,
    hits,
    judged: judged.filter((one) => one.family === family).length,
  }));
}

type Merged = Omit<Statement, 'code' | 'pins'> & { readonly codes: readonly string[] };

/** One wrong answer often breaks a status and a body: statements about the same cases are one. */
function mergeCodes(statements: readonly Statement[]): readonly Merged[] {
  const merged = new Map<string, Merged>();
  for (const { code, key, hits, judged } of statements) {
    const same = JSON.stringify([key, [...hits].toSorted((a, b) => a - b)]);
    merged.set(same, { key, hits, judged, codes: [...(merged.get(same)?.codes ?? []), code] });
  }
  return [...merged.values()];
}

/** A scope as one text, which compares and hashes quickly: its members in a fixed order, empty where not pinned. */
type ScopeKey = string;

const members = ['family', 'credential', 'surface', 'operation', 'what'] as const;
const separator = '\u0000';

function keyOf(scope: Scope): ScopeKey {
  return members.map((member) => scope[member] ?? '').join(separator);
}

function scopeOfKey(key: ScopeKey): Scope {
  const values = key.split(separator);
  return Object.fromEntries(
    members.flatMap((member, index) => (values[index] ? [[member, values[index]] as const] : [])),
  );
}

function pinned(key: ScopeKey): number {
  return key.split(separator).filter((value) => value !== '').length;
}

/** Every scope that a case is in. */
function scopeKeysOf({ id, family, credential, surface, operation }: CaseResult): readonly ScopeKey[] {
  const what = id.split('/').slice(3).join('/');
  const keys: ScopeKey[] = [];
  for (const place of [{}, { surface }, { surface, operation }]) {
    for (const who of [{}, { credential }]) {
      keys.push(keyOf({ ...place, ...who }), keyOf({ ...place, ...who, family }));
      // The input means something only within its family.
      if (what !== credential) keys.push(keyOf({ ...place, ...who, family, what }));
    }
  }
  return keys;
}

function grouped<K>(groups: Map<K, Set<number>>, key: K): Set<number> {
  const group = groups.get(key) ?? new Set<number>();
  groups.set(key, group);
  return group;
}

function countShared(one: ReadonlySet<number> | undefined, other: ReadonlySet<number>): number {
  let count = 0;
  if (one !== undefined && one.size > 0) for (const index of other) if (one.has(index)) count += 1;
  return count;
}
