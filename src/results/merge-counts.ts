/** What shards counted, added up. Pure. */
import type { ShardResults } from './merge-checks.ts';
import type { AnswerCount, FootprintLine, Manners, ObservedOperation } from './types.ts';

/** The operations with the answers that any shard saw of them. */
export function mergeAnswers(shards: readonly ShardResults[]): readonly ObservedOperation[] {
  const [first] = shards;
  return (first?.operations ?? []).map((operation) => ({
    ...operation,
    answers: addUp(
      shards.flatMap(
        ({ operations }) => operations.find((one) => one.operation === operation.operation)?.answers ?? [],
      ),
      ({ count: _count, ...answer }: AnswerCount) => answer,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
  }));
}

/** The durations of all requests, in ms, by operation. */
export function mergeDurations(shards: readonly ShardResults[]): Readonly<Record<string, readonly number[]>> {
  const all: Record<string, number[]> = {};
  for (const { shard } of shards) {
    for (const [operation, durations] of Object.entries(shard.durations)) {
      (all[operation] ??= []).push(...durations);
    }
  }
  return all;
}

/** The balances of all shards; undefined where no shard tells one. */
export function mergeFootprint(shards: readonly ShardResults[]): readonly FootprintLine[] | undefined {
  const lines = shards.flatMap(({ footprint }) => footprint ?? []);
  if (shards.every(({ footprint }) => footprint === undefined)) return undefined;
  return addUp(
    lines,
    ({ kind, of }) => ({ kind, of }),
    (a, b) => ({
      ...a,
      promised: a.promised + b.promised,
      actual: a.actual + b.actual,
      excused: a.excused + b.excused,
    }),
  );
}

/** Undefined where no shard tells it. */
export function mergeManners(shards: readonly ShardResults[]): Manners | undefined {
  const all = shards.flatMap(({ manners }) => manners ?? []);
  if (all.length === 0) return undefined;
  return all.reduce((a, b) => ({
    rateLimited: a.rateLimited + b.rateLimited,
    waitedMs: a.waitedMs + b.waitedMs,
    repeated: a.repeated + b.repeated,
  }));
}

/** Items of one identity made into one, in the order in which the identities first occur. */
function addUp<T>(items: readonly T[], identity: (item: T) => unknown, add: (a: T, b: T) => T): readonly T[] {
  const sums = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify(identity(item));
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? item : add(sum, item));
  }
  return [...sums.values()];
}
