/** Shards of one run put together: first it is proven that they belong together and are all there. Pure. */
import { createHash } from 'node:crypto';
import { shardText } from '../plan/shard.ts';
import { coverageOf } from './coverage.ts';
import { judge, unmarked, type Unjudged } from './judge.ts';
import { mergeCases } from './merge-cases.ts';
import { mergeAnswers, mergeDurations, mergeFootprint, mergeManners } from './merge-counts.ts';
import { misfits, type ShardFile, type ShardResults } from './merge-checks.ts';
import { timingsOf } from './timings.ts';
import type { Results } from './types.ts';

export type Merged =
  | { readonly kind: 'merged'; readonly results: Results }
  /** Why these are not all the shards of one run, a sentence each. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/**
 * One results from those of all shards, as a run that was not split would have given them: requests, answers and
 * leftovers are added up, percentiles are taken over the durations of all requests, and the verdict is drawn anew.
 * The run id is made from those of the shards; `merged` tells them.
 */
export function mergeShards(files: readonly ShardFile[]): Merged {
  const checked = misfits(files);
  if (checked.kind === 'refused') return checked;
  const shards = checked.shards;
  const [first] = shards;
  if (first === undefined) return { kind: 'refused', problems: ['No results are given.'] };
  // The shards marked what is known; which entries hold is told of all cases together.
  const cases = mergeCases(shards).map(unmarked);
  const operations = mergeAnswers(shards);
  const { footprint, manners } = { footprint: mergeFootprint(shards), manners: mergeManners(shards) };
  const ended = shards.flatMap(({ shard, ended: why }) =>
    why === undefined ? [] : [`shard ${shardText(shard)}: ${why}`],
  );
  const unjudged: Unjudged = {
    schemaVersion: 1,
    tool: first.tool,
    contract: first.contract,
    target: first.target,
    profile: first.profile,
    strict: first.strict,
    allowInconclusive: first.allowInconclusive,
    seed: first.seed,
    ...(first.requestValues === undefined ? {} : { requestValues: first.requestValues }),
    planDigest: first.planDigest,
    runId: joinedRunId(shards),
    ...spanOf(shards),
    requests: shards.reduce((sum, { requests }) => sum + requests, 0),
    levels: first.levels,
    cases,
    operations,
    credentials: first.credentials,
    coverage: coverageOf(cases, operations),
    timings: timingsOf(mergeDurations(shards)),
    leftovers: shards.flatMap(({ leftovers }) => leftovers),
    suiteFaults: shards.flatMap(({ suiteFaults }) => suiteFaults),
    ...(ended.length === 0 ? {} : { ended: ended.join('; ') }),
    ...(footprint === undefined ? {} : { footprint }),
    ...(manners === undefined ? {} : { manners }),
    merged: shards.map(({ shard, runId, startedAt, durationMs, requests, verdict }) => ({
      index: shard.index,
      runId,
      startedAt,
      durationMs,
      requests,
      verdict,
    })),
  };
  const early = {
    interrupted: shards.some(({ verdict }) => verdict === 'interrupted'),
    unreachable: shards.some(({ verdict }) => verdict === 'unreachable'),
  };
  return { kind: 'merged', results: judge(unjudged, early, first.shard.knownFailures) };
}

/** The same for the same shards, and of the form that run ids have. */
function joinedRunId(shards: readonly ShardResults[]): string {
  const ids = shards.map(({ runId }) => runId).join(' ');
  return createHash('sha256').update(ids).digest('hex').slice(0, 8);
}

/** From when the first shard began to when the last one ended. */
function spanOf(shards: readonly ShardResults[]): Pick<Results, 'startedAt' | 'durationMs'> {
  const begun = shards.map(({ startedAt }) => Date.parse(startedAt));
  const ended = shards.map(({ durationMs }, index) => (begun[index] ?? 0) + durationMs);
  const start = Math.min(...begun);
  return { startedAt: new Date(start).toISOString(), durationMs: Math.max(...ended) - start };
}
