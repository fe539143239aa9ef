import { describe, expect, it } from 'vitest';
import { judge } from '../../src/results/judge.ts';
import { mergeShards } from '../../src/results/merge.ts';
import type { ShardFile } from '../../src/results/merge-checks.ts';
import { closeShard } from '../../src/results/shard-closing.ts';
import type { CaseResult, KnownFailure, Results, ShardFacts } from '../../src/results/types.ts';
import { cellsOf } from '../../src/results/cells.ts';
import {
  cellCase,
  failedCase,
  sampleCase,
  sampleFinding,
  sampleOperations,
  sampleResults,
} from '../report/sample.ts';

const ids = ['org/getOrg/access/viewer', 'org/getOrg/access/editor', 'org/getOrg/authentication/revoked'];
const lookingBack = 'openapi/getOpenapi/document/true';
/** Which shard answers for which case; the last one is every shard's. */
const ownerOf = (id: string): number | undefined => [1, 2, 2][ids.indexOf(id)];

interface Part {
  /** Cases that came to something else than passed. */
  readonly cases?: readonly CaseResult[];
  readonly results?: Partial<Results>;
  readonly shard?: Partial<ShardFacts>;
  readonly interrupted?: boolean;
  readonly closed?: boolean;
  /** The levels of conformance that it claims; every case counts for `read`. */
  readonly claims?: readonly string[];
}

/** The results of shard `index` of two. */
function part(
  index: number,
  { cases: told = [], results = {}, shard, interrupted, closed, claims = [] }: Part = {},
): ShardFile {
  const cases = [...ids, lookingBack].map((id) => {
    const owner = ownerOf(id);
    if (owner !== undefined && owner !== index)
      return sampleCase(id, {
        status: 'skipped',
        reason: 'left to the other shards',
        shard: owner,
        countsFor: ['read'],
      });
    return { ...(told.find((one) => one.id === id) ?? sampleCase(id)), countsFor: ['read'] };
  });
  const {
    verdict: _v,
    exitCode: _e,
    summary: _s,
    ...run
  } = sampleResults(cases, { runId: `r${index}`, ...results }, claims);
  const facts = { index, of: 2, selection: 'c'.repeat(64), knownFailures: [], durations: {}, ...shard };
  const early = { interrupted: interrupted === true, unreachable: false };
  const judged = judge({ ...run, shard: facts }, early, facts.knownFailures);
  return { file: `shards/${index}/results.json`, results: closed === false ? judged : closeShard(judged) };
}

function merged(...files: readonly ShardFile[]): Results {
  const all = mergeShards(files);
  if (all.kind === 'refused') throw new Error(all.problems.join('\n'));
  return all.results;
}

function problems(...files: readonly ShardFile[]): readonly string[] {
  const all = mergeShards(files);
  return all.kind === 'refused' ? all.problems : [];
}

describe('merged results', () => {
  it('show a level that no shard shows by itself', () => {
    const claims = ['read'];
    const shards = [part(1, { claims }), part(2, { claims })] as const;
    for (const { results } of shards) {
      expect(results).toMatchObject({ verdict: 'conformant', levels: [{ standing: 'partial' }, {}] });
    }
    expect(merged(...shards)).toMatchObject({
      verdict: 'conformant',
      levels: [{ level: 'read', claimed: true, standing: 'full', total: 4 }, {}],
    });
    const [viewer = ''] = ids;
    const open = sampleCase(viewer, { status: 'inconclusive', reason: 'no list' });
    expect(merged(part(1, { claims, cases: [open] }), part(2, { claims }))).toMatchObject({
      verdict: 'inconclusive',
      levels: [{ claimed: true, standing: 'partial' }, {}],
    });
  });

  it('prove a cell by whichever shard proves it, and leave it open where none does', () => {
    const [viewer = '', editor = ''] = ids;
    const open = cellCase(viewer, '404: the id exists nowhere');
    const proof = { ...cellCase(viewer), id: editor };
    const shards = [part(1, { cases: [open] }), part(2, { cases: [proof] })] as const;
    expect(shards[0].results).toMatchObject({ verdict: 'conformant', exitCode: 0 });
    expect(merged(...shards)).toMatchObject({ verdict: 'conformant', exitCode: 0 });
    const alone = merged(shards[0], part(2));
    expect(alone).toMatchObject({ verdict: 'inconclusive', exitCode: 4 });
    expect(cellsOf(alone)).toMatchObject([
      { operation: 'getOrg', role: 'viewer', standing: 'not-proven' },
      {},
    ]);
  });

  it('take each case from the shard that answers for it, in the order of the plan', () => {
    const failed = failedCase('org/getOrg/authentication/revoked');
    const results = merged(part(2, { cases: [failed] }), part(1));
    expect(results.cases.map(({ id, status }) => [id, status])).toEqual([
      [ids[0], 'passed'],
      [ids[1], 'passed'],
      [ids[2], 'failed'],
      [lookingBack, 'passed'],
    ]);
    expect(results).toMatchObject({
      verdict: 'violations',
      exitCode: 1,
      summary: { total: 4, passed: 3, failed: 1 },
    });
    expect(results.shard).toBeUndefined();
    expect(results.merged?.map(({ index, runId }) => [index, runId])).toEqual([
      [1, 'r1'],
      [2, 'r2'],
    ]);
  });

  it('keep the worst of what every shard judges, with every finding and its own exchange', () => {
    const other = { ...sampleFinding, message: 'Another break.' };
    const results = merged(
      part(1, { cases: [failedCase(lookingBack)] }),
      part(2, { cases: [failedCase(lookingBack, { findings: [sampleFinding, other] })] }),
    );
    const [last] = results.cases.slice(-1);
    expect(last?.status).toBe('failed');
    expect(last?.findings.map(({ message, exchange }) => [message, exchange])).toEqual([
      [sampleFinding.message, 0],
      ['Another break.', 1],
    ]);
    const skipped = merged(
      part(1, { cases: [sampleCase(lookingBack, { status: 'skipped', reason: 'no' })] }),
      part(2),
    );
    expect(skipped.cases.at(-1)).toMatchObject({ status: 'passed' });
    expect(skipped.cases.at(-1)?.reason).toBeUndefined();
    const open = merged(
      part(1),
      part(2, { cases: [sampleCase(lookingBack, { status: 'inconclusive', reason: 'no' })] }),
    );
    expect(open).toMatchObject({ verdict: 'inconclusive', exitCode: 4 });
  });

  it('add up what was counted, and take percentiles over all requests', () => {
    const leftover = { resource: 'run', id: 'run_1', name: '', reason: 'nothing removes it' };
    const line = { kind: 'stays', of: 'run', promised: 2, actual: 1, excused: 0 } as const;
    const more = {
      requests: 5,
      leftovers: [leftover],
      footprint: [line],
      manners: { rateLimited: 1, waitedMs: 10, repeated: 0 },
    };
    const results = merged(
      part(1, {
        results: { ...more, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1000 },
        shard: { durations: { getOrg: [1, 2, 3] } },
      }),
      part(2, {
        results: { ...more, startedAt: '2026-01-01T00:00:02.000Z', durationMs: 3000 },
        shard: { durations: { getOrg: [100], listRuns: [5] } },
      }),
    );
    expect(results).toMatchObject({
      requests: 10,
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 5000,
      leftovers: [leftover, leftover],
      footprint: [{ of: 'run', promised: 4, actual: 2 }],
      manners: { rateLimited: 2, waitedMs: 20 },
      timings: [
        { operation: 'getOrg', requests: 4, p50Ms: 2, maxMs: 100 },
        { operation: 'listRuns', requests: 1, maxMs: 5 },
      ],
    });
    const count = results.operations[0]?.answers[0];
    expect(count?.count).toBe(2 * (sampleOperations[0]?.answers[0]?.count ?? 0));
  });

  it('are interrupted where a shard was, and say which', () => {
    const results = merged(
      part(1),
      part(2, { interrupted: true, results: { ended: 'the run was interrupted' } }),
    );
    expect(results).toMatchObject({
      verdict: 'interrupted',
      exitCode: 130,
      ended: 'shard 2/2: the run was interrupted',
    });
  });

  it('hold known failures against all cases: a shard alone never calls an entry outdated', () => {
    const entry: KnownFailure = {
      case: 'org/**',
      code: 'status',
      reason: 'being fixed',
      position: { file: 'known-failures.yaml', line: 1, column: 3 },
    };
    const shard = { knownFailures: [entry] };
    const first = part(1, { shard });
    expect(first.results.verdict).toBe('conformant');
    const shown = merged(first, part(2, { shard, cases: [failedCase('org/getOrg/authentication/revoked')] }));
    expect(shown).toMatchObject({ verdict: 'conformant', exitCode: 0, summary: { known: 1 } });
    const gone = merged(first, part(2, { shard }));
    expect(gone).toMatchObject({ verdict: 'outdated', exitCode: 1 });
    expect(gone.outdatedKnownFailures).toHaveLength(1);
  });
});

describe('a merge refuses', () => {
  it('missing shards', () => {
    expect(problems(part(1))).toEqual(['Shard 2/2 missing.']);
  });

  it('doubled shards', () => {
    expect(problems(part(1), part(2), part(2))).toEqual([
      'Shard 2/2 is there more than once: shards/2/results.json, shards/2/results.json.',
    ]);
  });

  it.each<[string, Part]>([
    ['version of this tool', { results: { tool: { ...sampleResults([]).tool, version: '9.9.9' } } }],
    ['code of this tool', { results: { tool: { ...sampleResults([]).tool, digest: 'f'.repeat(64) } } }],
    [
      'contract',
      {
        results: {
          contract: { title: 'Armature REST API', version: 'v1', digest: 'f'.repeat(64), files: {} },
        },
      },
    ],
    ['plan', { results: { planDigest: 'f'.repeat(64) } }],
    ['profile', { results: { profile: 'read' } }],
    ['seed', { results: { seed: 2 } }],
    ['target', { results: { target: { baseUrl: 'https://other.example.com' } } }],
    ['number of shards', { shard: { of: 3 } }],
    ['selection of cases', { shard: { selection: 'f'.repeat(64) } }],
    ['claim of levels', { claims: ['read'] }],
    ['setting of --strict', { results: { strict: true } }],
  ])('foreign shards: another %s', (what, other) => {
    const [problem, ...more] = problems(part(1), part(2, other));
    expect(problem).toMatch(new RegExp(`^shards/2/results.json is foreign: its ${what} is `));
    expect(more).toEqual([]);
  });

  it('truncated shards', () => {
    const whole = part(2);
    const cut = { ...whole, results: { ...whole.results, cases: whole.results.cases.slice(0, 2) } };
    const changed = { ...whole, results: { ...whole.results, requests: 99 } };
    expect(problems(part(1), part(2, { closed: false }))[0]).toMatch(
      /2\/2\) is truncated: it has no closing footer/,
    );
    expect(problems(part(1), cut)[0]).toMatch(
      /truncated: it holds 2 cases where its closing footer counts 4/,
    );
    expect(problems(part(1), changed)[0]).toMatch(/truncated: its content is not what/);
  });

  it('a whole run', () => {
    expect(problems(part(1), part(2), { file: 'whole.json', results: sampleResults([]) })).toEqual([
      'whole.json is not a shard: it holds the results of a whole run.',
    ]);
  });
});
