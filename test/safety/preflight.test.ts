import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { reachTarget } from '../../src/run/reach.ts';
import { run } from '../cli/binary.ts';
import { startFront, type Front } from './mischief.ts';
import { contract } from './small-run.ts';

let front: Front;
let folder: string;
let flaky = false;
let flip = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safety-'));
  front = await startFront((request, response) => {
    // The look before the run does not ask for this.
    if (!flaky || request.url?.endsWith('/openapi') !== true) return false;
    flip++;
    if (flip % 3 === 2) return false;
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"error":{"code":"not_found","message":"no"}}');
    return true;
  });
});
afterAll(async () => {
  await front.close();
  await rm(folder, { recursive: true, force: true });
});

const look = (keys: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  reachTarget(contract, {
    runId: 'feedbeef',
    baseUrl: front.baseUrl,
    keys,
    profile: 'read',
    seed: 1,
    timeoutMs: 5_000,
    concurrency: 4,
    userAgent: 'test',
  }).then(({ lines }) => lines);

const key = (id: string): string => front.keys[id] ?? '';

describe('the look at the target', () => {
  it('tells the organization, the keys that work, the features and what is there', async () => {
    const lines = await look(front.keys);
    expect(lines.join('\n')).toMatch(/^Organization \S+; keys that work: viewer, editor, admin, owner\.$/m);
    expect(lines).toContain('insights is enabled.');
    expect(lines.at(-2)).toMatch(/^Listed: \d+ mcp-server, \d+ workflow/);
    expect(lines.at(-1)).toMatch(/^(?:No )?MCP: /);
    expect(lines).toHaveLength(4);
  });

  it('says that two keys are swapped', async () => {
    const lines = await look({ ...front.keys, viewer: key('editor'), editor: key('viewer') });
    expect(lines.join('\n')).toMatch(
      /The keys of viewer and editor are swapped: each is reported as the other/,
    );
  });

  it('says that a key is reported as another role', async () => {
    const lines = await look({ viewer: key('editor') });
    expect(lines.join('\n')).toMatch(
      /key given for viewer is reported as editor: it is the key of another role, or/,
    );
  });

  it('says that a key does not work, and that a revoked one does', async () => {
    const lines = await look({ viewer: key('revoked'), owner: key('owner'), revoked: key('viewer') });
    expect(lines.join('\n')).toMatch(/The key of viewer got 401 from GET \/org/);
    expect(lines.join('\n')).toMatch(/key of revoked works, though it is given as a revoked one/);
  });
});

describe('a failure that comes and goes', () => {
  it('is told as flaky by --repeat-failed, stays a failure, and is run again by --last-failed', async () => {
    flaky = true;
    const env = { ARMATURE_KEY_VIEWER: key('viewer') };
    const args = [
      'run',
      '--base-url',
      front.baseUrl,
      '--report-dir',
      folder,
      '--filter',
      'openapi/getOpenapi/access/none',
    ];
    const first = await run([...args, '--repeat-failed', '4'], env);
    expect(first.exitCode).toBe(1);
    const results = await readResults(join(folder, 'results.json'));
    const failed = results.cases.find(({ status }) => status === 'failed');
    expect(failed?.findings[0]?.steadiness).toMatch(/^flaky \(\d of 5\)$/);
    expect(results.summary.failed).toBe(1);

    flaky = false;
    const again = await run(
      ['run', '--base-url', front.baseUrl, '--report-dir', folder, '--last-failed'],
      env,
    );
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(/: 1 passed, 0 failed/);

    const nothing = await run(
      ['run', '--base-url', front.baseUrl, '--report-dir', folder, '--last-failed'],
      env,
    );
    expect(nothing.exitCode).toBe(2);
    expect(nothing.stderr).toMatch(/no case failed/);
  }, 60_000);
});
