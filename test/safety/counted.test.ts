import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { profiles } from '../../src/plan/types.ts';
import { readResults } from '../../src/results/read.ts';
import { run } from '../cli/binary.ts';
import { startFront, type Front, type Mischief } from './mischief.ts';
import { contract } from './small-run.ts';

let front: Front | undefined;
let folder: string | undefined;
afterEach(async () => {
  await front?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** Now and then a read is told to come again at once, or its connection breaks. */
const trouble: Mischief = (request, response, number) => {
  if (number % 29 === 0) {
    response.destroy();
    return true;
  }
  if (number % 45 !== 0 || request.method !== 'GET') return false;
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '0' });
  response.end('{"error":{"code":"rate_limited","message":"later"}}');
  return true;
};

describe('the number of requests that a run tells', () => {
  it.each([
    ...profiles.map((profile) => [profile, 'a quiet target', (): boolean => false] as const),
    ['guarded', 'a target in trouble', trouble] as const,
  ])(
    'is what went over the wire: %s, %s',
    async (profile, _what, mischief) => {
      folder = await mkdtemp(join(tmpdir(), 'counted-'));
      front = await startFront(mischief);
      const { keys, baseUrl } = front;
      const env = Object.fromEntries(
        Object.values(contract.credentials).map(({ id, env: name }) => [name, keys[id] ?? '']),
      );
      const filters =
        profile === 'smoke' ? [] : ['--filter', 'org/**', '{mcp-servers,workflows}/create*/**/editor'];
      const told = await run(
        ['run', '--base-url', baseUrl, '--profile', profile, '--report-dir', folder, ...filters],
        env,
      );
      const { requests, suiteFaults } = await readResults(join(folder, 'results.json'));
      expect(suiteFaults).toEqual([]);
      expect(requests).toBe(front.seen.length);
      expect(told.stdout).toContain(`${requests} requests in`);
    },
    60_000,
  );
});

describe('--max-wait', () => {
  it('bounds all that a run waits, the look before it included', async () => {
    folder = await mkdtemp(join(tmpdir(), 'counted-'));
    front = await startFront((_request, response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end('{"error":{"code":"rate_limited","message":"later"}}');
      return true;
    });
    const env = { ARMATURE_KEY_VIEWER: front.keys['viewer'] ?? '' };
    const told = await run(
      [
        'run',
        '--base-url',
        front.baseUrl,
        '--profile',
        'smoke',
        '--max-wait',
        '2000',
        '--report-dir',
        folder,
      ],
      env,
    );
    expect(told.exitCode).toBe(4);
    const { manners, requests } = await readResults(join(folder, 'results.json'));
    expect(manners?.waitedMs).toBeLessThanOrEqual(2_000);
    expect(manners?.rateLimited).toBe(front.seen.length);
    expect(requests).toBe(front.seen.length);
  }, 60_000);
});
