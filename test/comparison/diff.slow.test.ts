import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Diff } from '../../src/diff/types.ts';
import { writeResults } from '../../src/results/write.ts';
import { smallRun } from '../safety/small-run.ts';
import { diffOf, keysOf, live, withMock } from './two-mocks.ts';

// Each starts mocks of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diff-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let directories = 0;
function report(): { readonly directory: string; readonly flags: readonly string[] } {
  directories += 1;
  const directory = join(folder, String(directories));
  return { directory, flags: ['--report-dir', directory] };
}

const reads = ['access', 'not-found', 'query', 'isolation'].flatMap((name) => ['--family', name]);
/** Enough of the plan to see most of what a deployment is free to choose. */
const sample = ['--surface', 'workflows', 'runs', '--role', 'viewer', ...reads];

async function jsonDiff(...args: Parameters<typeof diffOf>): Promise<Diff> {
  const [a, b, flags, env] = args;
  const { stdout } = await diffOf(a, b, [...flags, '--json', ...report().flags], env);
  return JSON.parse(stdout) as Diff;
}

describe('two deployments that are alike', () => {
  it.each(['plain', 'bare-arrays', 'wrapped-records', 'edge-cached'])(
    'differ in nothing, whatever their data: %s',
    async (dialect) => {
      const { exitCode, stdout } = await diffOf({ dialect }, { dialect, seed: 2 }, [
        ...sample,
        ...report().flags,
      ]);
      expect(stdout).toMatch(
        /^ALIKE {2}no difference(, 1 that other data may explain)?; [1-9]\d* requests of [1-9]\d* cases compared\.$/m,
      );
      expect(exitCode).toBe(0);
    },
  );
});

describe('two deployments that differ', () => {
  it('are told apart by what the documentation leaves open, each cause once', async () => {
    const { directory, flags } = report();
    const { exitCode, stdout, stderr, keys } = await diffOf({}, { dialect: 'data-envelope' }, [
      ...sample,
      ...flags,
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /another shape, the body of 200: listWorkflows\n +A {2}\/rows, \/total\n +B {2}\/data, \/meta\n/,
    );
    expect(stdout).toMatch(
      /another code, the code of 404: .*\n +A {2}not_found\n +B {2}resource\/not-found\n/,
    );
    expect(stdout).toContain('ids: workflow: wf_ and an opaque text on A, a UUID on B');
    expect(stdout).toContain('paging: first page (listRuns): 1 on A, 0 on B');
    expect(stdout).toContain('transport: coding: none on A, gzip on B');
    expect(stdout.match(/the code of 404/g)).toHaveLength(1);
    const files = await Promise.all(
      ['diff.md', 'diff.json'].map((name) => readFile(join(directory, name), 'utf8')),
    );
    for (const text of [stdout, stderr, ...files]) {
      for (const key of keys) expect(text).not.toContain(key.slice(-12));
    }
    expect(files[0]).toMatch(/\| side \| answer \| request \| request id \|/);
    expect(files[0]).toContain('not_found');
  });

  it('shows each difference with both request ids, statuses and bodies', async () => {
    const { differences } = await jsonDiff({}, { dialect: 'data-envelope' }, ['--family', 'not-found']);
    const code = differences.find(({ kind }) => kind === 'code');
    expect(code).toMatchObject({ of: 'the code of 404', a: 'not_found', b: 'resource/not-found' });
    const [entry] = code?.entries ?? [];
    for (const side of [entry?.a, entry?.b]) {
      expect(side?.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(side?.answer).toMatch(/^404 /);
      expect(side?.body).toContain('"error"');
    }
    expect(entry?.a.requestId).not.toBe(entry?.b.requestId);
  });

  it('tells what an archived workflow answers', async () => {
    const { differences, freedoms } = await jsonDiff({}, { dialect: 'data-envelope' }, [
      '--profile',
      'full',
      '--filter',
      'workflows/archiveWorkflow/lifecycle/archived/owner',
    ]);
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'status', of: 'lifecycle', a: '200', b: '404 resource/not-found' }),
    );
    for (const subject of ['archive it again', 'read an archived one']) {
      expect(freedoms).toContainEqual(expect.objectContaining({ subject, old: ['200'], new: ['404'] }));
    }
  });

  it('tells which refusal comes first', async () => {
    const { freedoms } = await jsonDiff({}, { dialect: 'trusting' }, [
      '--profile',
      'guarded',
      '--filter',
      '*/*/robustness/order/**',
      '--surface',
      'workflows',
    ]);
    const order = freedoms.filter(({ section }) => section.name === 'order');
    expect(order.map(({ subject, old, new: now }) => [subject, old, now])).toContainEqual([
      'role-existence, role-existence-body',
      ['forbidden_role'],
      ['not_found'],
    ]);
  });

  it('tells a violation of one side alone', async () => {
    const { differences } = await jsonDiff({}, { defect: 'auth-revoked-counts' }, [
      '--filter',
      'org/getOrg/authentication/revoked',
    ]);
    expect(differences.map(({ kind, a, b }) => [kind, a, b])).toEqual([
      ['status', '401 unauthenticated', '200'],
      ['finding', 'nothing found', 'status (must)'],
    ]);
  });
});

describe('what cannot be compared', () => {
  it('is told and counted, where a key is missing on one side', async () => {
    const flags = ['--filter', 'org/getOrg/access/*', ...report().flags];
    const { exitCode, stdout } = await diffOf({}, {}, flags, { ARMATURE_AGAINST_KEY_OWNER: undefined });
    expect(stdout).toContain('1 case not sent on B: no key given for owner');
    expect(stdout).toMatch(/ALIKE .* 3 requests of 3 cases compared, 1 case not\./s);
    expect(exitCode).toBe(0);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing to compare with', [], /nothing to compare with.*--against/],
    ['one saved run', ['reports/a'], /One saved run/],
    ['saved runs and a deployment', ['a', 'b', '--against', 'http://127.0.0.1:9'], /Two saved runs/],
    ['saved runs that are not there', ['/nowhere/a', '/nowhere/b'], /cannot be read/],
    ['a target that is none', ['--against', 'production'], /conformance\.config\.yaml/],
    ['a deployment without keys', ['--against', 'http://127.0.0.1:9'], /ARMATURE_AGAINST_KEY_VIEWER/],
  ])('is a mistake: %s', async (_name, args, message) => {
    const { exitCode, stderr } = await live(['diff', '--target', 'mock', ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it('is a deployment that does not answer: exit code 3', async () => {
    const env = { ARMATURE_AGAINST_KEY_VIEWER: 'amt_k_0123456789abcdef' };
    // Port 9 of this machine is the one for discarding: nothing listens.
    const { exitCode, stderr } = await live(
      ['diff', '--target', 'mock', '--against', 'http://127.0.0.1:9', ...report().flags],
      env,
    );
    expect(stderr).toContain('Nothing answers at http://127.0.0.1:9');
    expect(exitCode).toBe(3);
  });

  it('is never a deployment elsewhere in full, unless --yes says so', async () => {
    const env = { ARMATURE_AGAINST_KEY_VIEWER: 'amt_k_0123456789abcdef' };
    const there = ['--against', 'https://your-org.example.com', '--profile', 'full', ...report().flags];
    const { exitCode, stderr } = await live(['diff', '--target', 'mock', ...there], env);
    expect(stderr).toMatch(/The profile full creates.*your-org\.example\.com.*--yes/);
    expect(exitCode).toBe(2);
  });

  it('is told beforehand by --dry-run, which sends nothing', async () => {
    const env = { ARMATURE_AGAINST_KEY_VIEWER: 'amt_k_0123456789abcdef' };
    const { exitCode, stdout } = await live(
      ['diff', '--target', 'mock', '--against', 'https://your-org.example.com', '--dry-run'],
      env,
    );
    expect(stdout).toMatch(/profile read, \d+ cases would be sent to https:\/\/your-org\.example\.com/);
    expect(exitCode).toBe(0);
  });
});

async function saved(dialect: string, evidence: 'all' | 'findings'): Promise<string> {
  const { directory } = report();
  return withMock({ dialect }, async ({ baseUrl, keys }) => {
    const filters = ['workflows/*/access/*'];
    await writeResults(directory, await smallRun({ baseUrl, keys, filters, config: { evidence } }));
    return directory;
  });
}

describe('two saved runs', () => {
  it('are compared without a request', async () => {
    const [a, b] = [await saved('plain', 'all'), await saved('data-envelope', 'all')];
    const { exitCode, stdout } = await live(['diff', a, b, ...report().flags]);
    expect(stdout).toMatch(/another shape, the body of 200: listWorkflows\n +A {2}\/rows.*\n +B {2}\/data/);
    expect(exitCode).toBe(1);
    expect(await live(['diff', a, a, ...report().flags])).toMatchObject({ exitCode: 0 });
  });

  it('must hold every exchange', async () => {
    const [a, b] = [await saved('plain', 'all'), await saved('plain', 'findings')];
    const { exitCode, stderr } = await live(['diff', a, b]);
    expect(stderr).toMatch(/results\.json does not hold every exchange\. .*--har all/);
    expect(exitCode).toBe(2);
  });
});

describe('--against', () => {
  it('takes a target of the configuration, with its own keys', async () => {
    await withMock({}, async (mock) => {
      const config = join(folder, 'conformance.config.yaml');
      await writeFile(
        config,
        `targets:\n  other:\n    base-url: ${mock.baseUrl}\n    keys: { viewer: '\${OTHER_KEY}' }\n`,
      );
      const { exitCode, stdout } = await live(
        [
          'diff',
          '--base-url',
          mock.baseUrl,
          '--against',
          'other',
          '--config',
          config,
          '--role',
          'viewer',
          '--family',
          'access',
          ...report().flags,
        ],
        { ...keysOf(mock, 'ARMATURE_'), OTHER_KEY: mock.keys['viewer'] ?? '' },
      );
      expect(stdout).toMatch(/^B {2}other \(http/m);
      expect(exitCode).toBe(0);
    });
  });
});
