/** Whether results are all the shards of one run, each once and whole. Pure. */
import { shardText } from '../plan/shard.ts';
import { embeddedTarget } from './embedded-target.ts';
import { truncation } from './shard-closing.ts';
import type { Results, ShardFacts } from './types.ts';

/** Results, and the file that they are told by. */
export interface ShardFile {
  readonly file: string;
  readonly results: Results;
}

export type ShardResults = Results & { readonly shard: ShardFacts };

export type CheckedShards =
  /** In the order of their indexes. */
  | { readonly kind: 'checked'; readonly shards: readonly ShardResults[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** What all shards of a run have in common, and how it is told. */
const shared: readonly (readonly [what: string, of: (results: ShardResults) => string])[] = [
  ['version of this tool', ({ tool }) => tool.version],
  ['code of this tool', ({ tool }) => tool.digest.slice(0, 12)],
  ['contract', ({ contract }) => `${contract.title}, digest ${contract.digest.slice(0, 12)}`],
  ['plan', ({ planDigest }) => planDigest.slice(0, 12)],
  ['profile', ({ profile }) => profile],
  ['seed', ({ seed }) => String(seed)],
  ['request values', ({ requestValues = {} }) => JSON.stringify(requestValues)],
  ['target', ({ target }) => (target.name === embeddedTarget ? embeddedTarget : target.baseUrl)],
  ['number of shards', ({ shard }) => String(shard.of)],
  ['selection of cases', ({ shard }) => shard.selection.slice(0, 12)],
  [
    'claim of levels',
    ({ levels }) => levels.flatMap(({ level, claimed }) => (claimed ? [level] : [])).join(', ') || 'none',
  ],
  ['setting of --strict', ({ strict }) => String(strict)],
  ['setting of --allow-inconclusive', ({ allowInconclusive }) => String(allowInconclusive)],
  ['list of known failures', ({ shard }) => JSON.stringify(shard.knownFailures)],
];

/** The shards in their order; or every reason why they cannot be merged. */
export function misfits(files: readonly ShardFile[]): CheckedShards {
  const told = files.map(({ file, results }) => ({ file, results, shard: asShard(results) }));
  const problems = told.flatMap(({ file, results, shard }) => {
    if (shard === undefined) return [`${file} is not a shard: it holds the results of a whole run.`];
    const cut = truncation(results);
    return cut === undefined ? [] : [`${file} (shard ${shardText(shard.shard)}) is truncated: ${cut}.`];
  });
  const shards = told.flatMap(({ file, shard }) => (shard === undefined ? [] : [{ file, shard }]));
  const foreign = shards.slice(1).flatMap((one) => foreignTo(shards[0], one));
  const all = [...problems, ...foreign, ...(foreign.length > 0 ? [] : gaps(shards))];
  if (all.length > 0) return { kind: 'refused', problems: all };
  const ordered = shards.map(({ shard }) => shard).toSorted((a, b) => a.shard.index - b.shard.index);
  const unowned = ownershipProblems(ordered);
  return unowned.length > 0 ? { kind: 'refused', problems: unowned } : { kind: 'checked', shards: ordered };
}

interface Told {
  readonly file: string;
  readonly shard: ShardResults;
}

function asShard(results: Results): ShardResults | undefined {
  const { shard } = results;
  return shard === undefined ? undefined : { ...results, shard };
}

function foreignTo(first: Told | undefined, one: Told): readonly string[] {
  if (first === undefined) return [];
  return shared.flatMap(([what, of]) => {
    const [here, there] = [of(one.shard), of(first.shard)];
    if (here === there) return [];
    return [`${one.file} is foreign: its ${what} is ${here}, that of ${first.file} is ${there}.`];
  });
}

/** Shards that are there twice, or not at all. */
function gaps(shards: readonly Told[]): readonly string[] {
  const of = shards[0]?.shard.shard.of ?? 0;
  const filesOf = new Map<number, string[]>();
  for (const { file, shard } of shards) {
    const { index } = shard.shard;
    filesOf.set(index, [...(filesOf.get(index) ?? []), file]);
  }
  const doubled = [...filesOf].flatMap(([index, files]) =>
    files.length > 1
      ? [`Shard ${shardText({ index, of })} is there more than once: ${files.join(', ')}.`]
      : [],
  );
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !filesOf.has(index));
  const gone = missing.map((index) => shardText({ index, of })).join(', ');
  return [
    ...doubled,
    ...(missing.length === 0 ? [] : [`${missing.length === 1 ? 'Shard' : 'Shards'} ${gone} missing.`]),
  ];
}

/** Every case has to be answered for: by the shard that the others name, or by all where none names one. */
function ownershipProblems(shards: readonly ShardResults[]): readonly string[] {
  const [first] = shards;
  const ids = first?.cases.map(({ id }) => id) ?? [];
  const problems = ids.flatMap((id, at) => {
    const told = shards.map(({ shard, cases }) => ({ index: shard.index, one: cases[at] }));
    if (told.some(({ one }) => one?.id !== id)) return [`The shards do not hold the same cases (${id}).`];
    const owners = told.filter(({ one }) => one?.shard === undefined).map(({ index }) => index);
    const named = new Set(told.flatMap(({ one }) => one?.shard ?? []));
    if (named.size === 0) return [];
    if (owners.length === 1 && named.size === 1 && named.has(owners[0] ?? 0)) return [];
    return [`The shards do not agree on which of them answers for ${id}.`];
  });
  return problems.slice(0, 3);
}
