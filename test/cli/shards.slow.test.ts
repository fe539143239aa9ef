import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { startMock, type Mock } from '../../mock/index.ts';
import { loadContract } from '../../src/contract/load.ts';
import { readResults } from '../../src/results/read.ts';
import type { Results } from '../../src/results/types.ts';
import { run } from './binary.ts';
import { command, type Told } from './in-process.ts';

const selection = ['--profile', 'guarded', '--filter', 'org/**', '*/*/authentication/revoked'];
const of = 4;
const indexes = [1, 2, 3, 4];

let folder: string;
let mock: Mock;
let shards: readonly Told[];
let whole: Results;

/** Each shard in a process of its own, and all of them at once, against a target with one defect. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
  mock = await startMock({ defect: 'auth-revoked-counts' });
  const { credentials } = await loadContract();
  const keys = Object.values(credentials).map(({ id, env }) => [env, mock.keys[id] ?? '']);
  const env = Object.fromEntries([...keys, ['ARMATURE_BASE_URL', mock.baseUrl]]) as Record<string, string>;
  shards = await Promise.all(
    indexes.map((index) =>
      run(['run', ...selection, '--shard', `${index}/${of}`, '--report-dir', directory(index)], env),
    ),
  );
  await run(['run', ...selection, '--report-dir', join(folder, 'whole')], env);
  whole = await readResults(join(folder, 'whole', 'results.json'));
}, 90_000);

afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

function directory(index: number): string {
  return join(folder, `shard-${index}`);
}

function merge(directories: readonly string[], to = 'merged'): Promise<Told> {
  return command(['merge', ...directories, '--report-dir', join(folder, to)]);
}

function outcomes({ cases }: Results): readonly unknown[] {
  return cases.map(({ id, status, findings }) => [
    id,
    status,
    // How fast answers come is an advisory, and no two runs agree on it.
    findings.filter(({ level }) => level === 'must').map(({ code, fact }) => [code, fact]),
  ]);
}

describe('four shards in four processes', () => {
  it('come to one verdict, which is that of the run in one piece', async () => {
    for (const { stdout } of shards) expect(stdout).toMatch(/ shard \d\/4 on /);
    const told = await merge(indexes.map(directory));
    expect(told.stderr).toContain('report.html');
    expect(told).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('VIOLATIONS') as string });
    const results = await readResults(join(folder, 'merged', 'results.json'));
    expect(outcomes(results)).toEqual(outcomes(whole));
    expect(results.summary.failed).toBe(24);
    expect(results.merged).toHaveLength(of);
    expect(new Set(results.merged?.map(({ runId }) => runId)).size).toBe(of);
  });

  it('are balanced within 10 %', async () => {
    const counts = await Promise.all(
      indexes.map(async (index) => {
        const { cases } = await readResults(join(directory(index), 'results.json'));
        return cases.filter(({ status }) => status !== 'skipped').length;
      }),
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / of;
    for (const count of counts) expect(Math.abs(count - mean)).toBeLessThanOrEqual(Math.max(1, mean * 0.1));
  });

  it('merge into what compare and verify take', async () => {
    await merge(indexes.map(directory), 'checked');
    const statement = join(folder, 'checked', 'conformance-statement.json');
    expect(await command(['verify', statement])).toMatchObject({ exitCode: 0 });
    expect(await command(['compare', join(folder, 'whole'), join(folder, 'checked')])).toMatchObject({
      exitCode: 0,
    });
  });

  it('make no statement, badge or history of their own', async () => {
    for (const name of ['conformance-statement.json', 'badge.svg', 'history.ndjson']) {
      await expect(readFile(join(directory(1), name))).rejects.toThrow('ENOENT');
    }
  });
});

describe('merge', () => {
  it('refuses a set with one missing and one doubled, tells both, and leaves no report', async () => {
    await merge(indexes.map(directory), 'refused');
    const told = await merge([1, 2, 2, 4].map(directory), 'refused');
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toContain('Shard 2/4 is there more than once');
    expect(told.stderr).toContain('Shard 3/4 missing');
    await expect(readFile(join(folder, 'refused', 'results.json'))).rejects.toThrow('ENOENT');
  });

  it('refuses a file that ends early, and one that was shortened with care', async () => {
    const text = await readFile(join(directory(4), 'results.json'), 'utf8');
    const cut = join(folder, 'cut.json');
    const three = [1, 2, 3].map(directory);
    await writeFile(cut, text.slice(0, text.length / 2));
    expect(await merge([...three, cut], 'none')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/cut\.json is damaged: it ends too early/) as string,
    });
    const results = JSON.parse(text) as { cases: unknown[] };
    await writeFile(cut, JSON.stringify({ ...results, cases: results.cases.slice(0, -10) }));
    expect(await merge([...three, cut], 'none')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/cut\.json \(shard 4\/4\) is truncated/) as string,
    });
  });

  it('refuses a shard of another run', async () => {
    const other = join(folder, 'other.json');
    const text = await readFile(join(directory(4), 'results.json'), 'utf8');
    await writeFile(other, text.replace(/"planDigest": "\w{8}/, '"planDigest": "00000000'));
    const told = await merge([...[1, 2, 3].map(directory), other], 'none');
    expect(told.exitCode).toBe(2);
    expect(told.stderr).toMatch(/other\.json is foreign: its plan is 00000000/);
  });

  it('refuses to put its results in place of a shard', async () => {
    await cp(directory(1), join(folder, 'shard-copy'), { recursive: true });
    const told = await merge([join(folder, 'shard-copy'), ...[2, 3, 4].map(directory)], 'shard-copy');
    expect(told).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('would replace it') as string,
    });
    await expect(readResults(join(folder, 'shard-copy', 'results.json'))).resolves.toMatchObject({
      shard: { index: 1 },
    });
  });
});

describe('--shard', () => {
  it.each(['0/4', '5/4', '1', '1/0', 'a/b', '1/4/2', '-1/4'])('%s is a usage error', async (text) => {
    const told = await command(['list', '--shard', text]);
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toContain('i/n is expected');
  });

  it('that no case is left for is a usage error', async () => {
    const told = await command(['list', '--filter', 'org/getOrg/access', '--shard', '9/9']);
    expect(told).toMatchObject({ exitCode: 2 });
    expect(told.stderr).toContain('Split the run into 4 at the most.');
  });

  it('goes with the other ways to choose cases', async () => {
    const listed = await Promise.all(
      [1, 2].map((index) => command(['list', '--surface', 'org', '--role', 'none', '--shard', `${index}/2`])),
    );
    const together = await command(['list', '--surface', 'org', '--role', 'none']);
    const lines = listed.flatMap(({ stdout }) => stdout.trim().split('\n'));
    expect(lines.toSorted()).toEqual(together.stdout.trim().split('\n').toSorted());
  });

  it('cannot update known failures', async () => {
    const told = await command(['run', '--shard', '1/2', '--update-known-failures']);
    expect(told).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not split') as string });
  });
});

describe('docs/sharding.md', () => {
  it('shows YAML that holds together: as many shards as each of its parts says', async () => {
    const page = await readFile('docs/sharding.md', 'utf8');
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => {
      const [document] = parseAllDocuments(text);
      expect(document?.errors).toEqual([]);
      return document?.toJS() as Record<string, never>;
    });
    expect(blocks).toHaveLength(2);
    const [workflow, job] = blocks as unknown as [
      { jobs: { shard: { strategy: { matrix: { shard: number[] } }; steps: { run?: string }[] } } },
      {
        spec: {
          completionMode: string;
          completions: number;
          parallelism: number;
          template: { spec: { containers: { args: string[] }[] } };
        };
      },
    ];
    const { strategy, steps } = workflow.jobs.shard;
    expect(strategy.matrix.shard).toEqual(indexes);
    expect(steps.some(({ run: line }) => line?.includes('--shard ${{ matrix.shard }}/4'))).toBe(true);
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', completions: 4, parallelism: 4 });
    expect(job.spec.template.spec.containers[0]?.args[0]).toContain('shard=$((JOB_COMPLETION_INDEX + 1))');
    expect(job.spec.template.spec.containers[0]?.args[0]).toContain('--shard "$shard/4"');
  });
});
