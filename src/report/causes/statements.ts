/**
 * The smallest set of statements over fact, family, credential, surface, operation and input that covers what was found
 * broken, found greedily.
 */
import type { CaseResult } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';

/** What a statement can pin; what it does not name holds for every value. */
export interface Scope {
  readonly family?: string;
  readonly credential?: string;
  readonly surface?: string;
  readonly operation?: string;
  /** The part of a case id behind the family. */
  readonly what?: string;
}

/** A statement may have exceptions, told as `n of m`, so long as it holds for three of four cases. */
const leastShare = 0.75;

/** Beyond this many statements a reader no longer reads; what is left is told by family and fact. */
const mostStatements = 60;

interface Statement {
  readonly fact: string;
  readonly key: ScopeKey;
  /** How many members the scope pins. */
  readonly pins: number;
  readonly hits: ReadonlySet<number>;
  readonly judged: number;
}

/** What the statements that are chosen say. */
export interface Stated {
  readonly facts: readonly string[];
  readonly scope: Scope;
  /** Indexes of the cases that it covers, least first. */
  readonly hits: readonly number[];
  /** How many cases are within the scope. */
  readonly judged: number;
}

/**
 * Covers what was found broken, the statement that covers most first. Of statements that cover the same the narrowest
 * wins: it says most.
 * @param found for each fact the indexes of the cases that found it broken
 */
export function statementsAbout(
  judged: readonly CaseResult[],
  found: ReadonlyMap<string, ReadonlySet<number>>,
): readonly Stated[] {
  const uncovered = new Map([...found].map(([fact, indexes]) => [fact, new Set(indexes)]));
  const chosen = cover(statementsOf(judged, found), uncovered);
  for (const [fact, left] of uncovered) chosen.push(...byFamily(judged, fact, left));
  return mergeFacts(joinInputs(chosen, judged)).map(({ facts, key, hits, judged: within }) => ({
    facts,
    scope: scopeOfKey(key),
    hits: [...hits].toSorted((a, b) => a - b),
    judged: within,
  }));
}

function statementsOf(
  judged: readonly CaseResult[],
  found: ReadonlyMap<string, ReadonlySet<number>>,
): Statement[] {
  const keys = judged.map((one) => scopeKeysOf(one));
  const within = new Map<ScopeKey, number>();
  for (const key of keys.flat()) within.set(key, (within.get(key) ?? 0) + 1);
  const statements: Statement[] = [];
  for (const [fact, indexes] of found) {
    const hits = new Map<ScopeKey, Set<number>>();
    for (const index of indexes) for (const key of keys[index] ?? []) grouped(hits, key).add(index);
    for (const [key, covered] of hits) {
      const total = within.get(key) ?? covered.size;
      if (covered.size >= leastShare * total) {
        statements.push({ fact, key, pins: pinned(key), hits: covered, judged: total });
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
    compareText(a.fact, b.fact) ||
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
      const fresh = countShared(uncovered.get(statement.fact), statement.hits);
      bounds[index] = fresh;
      if (fresh > gain) [best, gain] = [statement, fresh];
    }
    if (best === undefined) break;
    chosen.push(best);
    const left = uncovered.get(best.fact);
    for (const index of best.hits) left?.delete(index);
  }
  return chosen;
}

function byFamily(judged: readonly CaseResult[], fact: string, left: ReadonlySet<number>): Statement[] {
  const families = new Map<string, Set<number>>();
  for (const index of left) grouped(families, judged[index]?.family ?? '').add(index);
  return [...families].map(([family, hits]) => ({
    fact,
    key: keyOf({ family }),
    pins: 1,
    hits,
    judged: judged.filter((one) => one.family === family).length,
  }));
}

/** The most statements about one fact, in one operation and in all: what more inputs show is told as one, by how many. */
const mostOfOperation = 2;
const mostOfFact = 3;

function joinInputs(statements: readonly Statement[], judged: readonly CaseResult[]): readonly Statement[] {
  const join = (
    all: readonly Statement[],
    most: number,
    keyOfGroup: (statement: Statement) => string,
  ): readonly Statement[] =>
    [...groupBy(all, keyOfGroup).values()].flatMap((group) =>
      group.length > most ? joined(group, judged) : group,
    );
  const ofOperations = join(statements, mostOfOperation, ({ fact, key }) => {
    const { operation } = scopeOfKey(key);
    // Those that speak of several operations are left to the next step.
    return JSON.stringify(operation === undefined ? [fact, key] : [fact, operation]);
  });
  return join(ofOperations, mostOfFact, ({ fact }) => fact);
}

/** Statements about one fact as one, with as much of a scope as they share. */
function joined(group: readonly Statement[], judged: readonly CaseResult[]): readonly Statement[] {
  const [first] = group;
  if (first === undefined) return [];
  const scopes = group.map(({ key }) => scopeOfKey(key));
  const shared = Object.fromEntries(
    places.flatMap((member) => {
      const value = scopes[0]?.[member];
      return value !== undefined && scopes.every((scope) => scope[member] === value) ? [[member, value]] : [];
    }),
  );
  const scope: Scope = shared;
  const hits = new Set(group.flatMap((one) => [...one.hits]));
  const within = judged.filter(
    (one, index) =>
      hits.has(index) ||
      (one.facts.includes(first.fact) &&
        places.every((member) => (scope[member] ?? one[member]) === one[member])),
  );
  const key = keyOf(scope);
  return [{ fact: first.fact, key, pins: pinned(key), hits, judged: within.length }];
}

const places = ['surface', 'operation'] as const;

type Merged = Omit<Statement, 'fact' | 'pins'> & { readonly facts: readonly string[] };

/** One wrong answer may break several facts: statements about the same cases are one. */
function mergeFacts(statements: readonly Statement[]): readonly Merged[] {
  const merged = new Map<string, Merged>();
  for (const { fact, key, hits, judged } of statements) {
    const same = JSON.stringify([key, [...hits].toSorted((a, b) => a - b)]);
    merged.set(same, { key, hits, judged, facts: [...(merged.get(same)?.facts ?? []), fact] });
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
  for (const place of [{}, { surface }, { surface, operation }] as const) {
    for (const who of [{}, { credential }]) {
      keys.push(keyOf({ ...place, ...who }), keyOf({ ...place, ...who, family }));
      // The input means something only within its family, and one that is no more than the credential only in its place.
      if (what !== credential || place.operation !== undefined)
        keys.push(keyOf({ ...place, ...who, family, what }));
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
