/** The closing footer of a shard: proof that its results are whole, as they were written. */
import { resultsDigest } from './digest.ts';
import type { Results } from './types.ts';

/** The results of a shard with their closing footer; other results as they are. */
export function closeShard(results: Results): Results {
  const { shard } = results;
  if (shard === undefined) return results;
  const closing = { cases: results.cases.length, digest: resultsDigest(open(results)) };
  return { ...results, shard: { ...shard, closing } };
}

/** What is wrong with the closing footer of a shard, in words; undefined where the results are whole. */
export function truncation(results: Results): string | undefined {
  const { shard, cases } = results;
  if (shard?.closing === undefined) return 'it has no closing footer: the run broke off before its end';
  if (shard.closing.cases !== cases.length)
    return `it holds ${cases.length} cases where its closing footer counts ${shard.closing.cases}`;
  if (shard.closing.digest !== resultsDigest(open(results)))
    return 'its content is not what its closing footer was made for: it was cut short or changed';
  return undefined;
}

function open(results: Results): Results {
  const { shard } = results;
  if (shard === undefined) return results;
  const { closing: _closing, ...facts } = shard;
  return { ...results, shard: facts };
}
