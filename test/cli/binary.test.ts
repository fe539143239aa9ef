import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { answering, program, run, start } from './binary.ts';

const key = { ARMATURE_KEY_VIEWER: 'amt_viewer_0123456789abcdef0123' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'binary-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A report directory of its own for each test. */
function reportDir(name: string): readonly string[] {
  return ['--report-dir', join(folder, name)];
}

describe('the program', () => {
  it('finds the embedded mock conformant, and says so', async () => {
    const told = await run([
      'run',
      '--target',
      'mock',
      '--surface',
      'org',
      '--family',
      'access',
      ...reportDir('mock'),
    ]);
    expect(told).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('CONFORMANT') as string });
    const results = await readResults(join(folder, 'mock', 'results.json'));
    expect(results).toMatchObject({
      verdict: 'conformant',
      target: { name: 'embedded mock' },
      summary: { passed: 4, failed: 0 },
    });
  }, 30_000);

  it('exits 3 and says one clear line where nothing answers', async () => {
    const gone = await answering(200, '{}');
    await gone.close();
    const told = await run(['run', '--base-url', gone.baseUrl, ...reportDir('gone')], key);
    expect(told.exitCode).toBe(3);
    expect(told.stdout).toBe('');
    expect(told.stderr).toMatch(/^error: .*127\.0\.0\.1/m);
    expect(told.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  }, 30_000);

  it('exits 1 where everything is answered with 200 {}', async () => {
    const yes = await answering(200, '{}');
    const told = await run(['run', '--base-url', yes.baseUrl, '--surface', 'org', ...reportDir('yes')], key);
    await yes.close();
    expect(told.exitCode).toBe(1);
    expect(told.stdout).toContain('VIOLATIONS');
    expect(yes.requests()).toBeGreaterThan(10);
  }, 60_000);

  it('never shows a key, not even one that the target echoes', async () => {
    const echo = await answering(200, JSON.stringify({ key: key.ARMATURE_KEY_VIEWER }));
    const told = await run(
      ['run', '--base-url', echo.baseUrl, '--surface', 'org', '--verbose', ...reportDir('echo')],
      key,
    );
    await echo.close();
    const written = await readFile(join(folder, 'echo', 'results.json'), 'utf8');
    expect(told.stdout + told.stderr + written).not.toContain('0123456789abcdef0123');
    expect(written).toContain('amt_viewer_***');
  }, 60_000);

  it('exits 2 on a mistake, without a stack trace', async () => {
    const [nothing, flag, filter, keyless] = await Promise.all([
      run(['run', '--keys', 'nowhere.yaml']),
      run(['run', '--base-ur', 'x']),
      run(['run', '--target', 'mock', '--filter', 'nothing/like/it', ...reportDir('filter')]),
      run(['run', '--base-url', 'http://127.0.0.1:9']),
    ]);
    expect([nothing, flag, filter, keyless].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(nothing.stderr).toMatch(
      /^error: No target is named\. .*--base-url .*mock for the embedded mock\.\n$/,
    );
    expect(flag.stderr).toBe("error: unknown option '--base-ur' (Did you mean --base-url?)\n");
    expect(filter.stderr).toContain('--filter nothing/like/it matches no case');
    expect(keyless.stderr).toContain('ARMATURE_KEY_VIEWER');
  }, 30_000);

  it('ends an interrupted run with 130, and keeps what it knows', async () => {
    const long = start(['run', '--target', 'mock', '--verbose', ...reportDir('interrupted')]);
    await long.saw('stderr', '✓ ');
    long.child.kill('SIGINT');
    const told = await long.ended;
    expect(told.exitCode).toBe(130);
    expect(told.stderr).toContain('Interrupted: cleaning up');
    expect(told.stdout).toContain('INTERRUPTED');
    const { verdict, summary } = await readResults(join(folder, 'interrupted', 'results.json'));
    expect(verdict).toBe('interrupted');
    expect(summary.inconclusive).toBeGreaterThan(0);
  }, 30_000);

  it('is quiet about a reader that closes early', async () => {
    const listing = start(['list']);
    listing.child.stdout?.once('data', () => listing.child.stdout?.destroy());
    const told = await listing.ended;
    expect(told).toMatchObject({ exitCode: 0 });
    expect(told.stderr).not.toContain('EPIPE');
  }, 30_000);

  it('serves the mock until it is interrupted, and can be pointed at it', async () => {
    const mock = start(['mock']);
    const exports = await mock.saw('stdout', 'ARMATURE_KEY_OTHER_ORG=');
    expect(exports).toMatch(/^export ARMATURE_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/api\/armature\/v1\n/);
    const env = Object.fromEntries(
      [...exports.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const told = await run(['run', '--profile', 'smoke', ...reportDir('served')], env);
    mock.child.kill('SIGINT');
    expect(told.exitCode).toBe(0);
    expect((await mock.ended).exitCode).toBe(0);
  }, 30_000);
});

describe('a checkout that was not built', () => {
  it('says so, and is no fault of the suite', async () => {
    const bin = join(folder, 'unbuilt', 'bin');
    await mkdir(bin, { recursive: true });
    await copyFile(program, join(bin, 'cli.mjs'));
    const told = spawnSync(process.execPath, [join(bin, 'cli.mjs'), 'lint'], { encoding: 'utf8' });
    expect(told.status).toBe(2);
    expect(told.stderr).toMatch(/^error: .*npm run build/);
  });
});
