/** Whatever fails on its own machine, a run leaves nothing of its own, changes nothing for good and tells how it ended. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, start, type Started } from '../cli/binary.ts';
import type { Told } from '../cli/in-process.ts';
import { startFront, type Front } from './mischief.ts';
import { contract } from './small-run.ts';

let front: Front;
let folder: string;
let onRequest: (number: number) => void;
beforeEach(async () => {
  onRequest = () => undefined;
  [front, folder] = await Promise.all([
    startFront((_request, _response, number) => {
      onRequest(number);
      return false;
    }),
    mkdtemp(join(tmpdir(), 'faults-')),
  ]);
});
afterEach(async () => {
  await front.close();
  await rm(folder, { recursive: true, force: true });
});

const filters = ['workflows/createWorkflow/access/*', 'insights/updateTopic/lifecycle/put-back/editor'];

function words(): readonly string[] {
  const target = [
    'run',
    '--base-url',
    front.baseUrl,
    '--profile',
    'full',
    '--report-dir',
    join(folder, 'out'),
  ];
  return [...target, '--filter', ...filters];
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.values(contract.credentials).map(({ id, env }) => [env, front.keys[id] ?? '']),
  );
}

/** What the deployment shows of workflows and topics. */
async function state(): Promise<readonly unknown[]> {
  const headers = { authorization: `Bearer ${front.keys['owner'] ?? ''}` };
  return Promise.all(
    ['/workflows', '/insights/topics?range=90d'].map(async (path) =>
      (await fetch(`${front.baseUrl}${path}`, { headers })).json(),
    ),
  );
}

function expectTold({ exitCode, stdout, stderr }: Told): void {
  expect([0, 1, 2, 4, 5, 130]).toContain(exitCode);
  expect(stdout + stderr).toMatch(/^(?:CONFORMANT|NOT JUDGED|INCONCLUSIVE|INTERRUPTED|error:)/m);
}

describe('an operation on files that fails for want of room', () => {
  const preload = pathToFileURL(join(import.meta.dirname, 'failing-files.mjs')).href;
  const points = [
    ...[1, 2, 3, 4, 5, 8, 12].map((at) => ({ thread: 'worker', at })),
    ...[1, 2, 3, 4, 14, 15, 16, 17, 19, 30].map((at) => ({ thread: 'main', at })),
  ];

  it.each(points)(
    'number $at of the $thread thread',
    async ({ thread, at }) => {
      const before = await state();
      const told = await run(words(), {
        ...environment(),
        NODE_OPTIONS: `--import ${preload}`,
        FAIL_IN: folder,
        FAIL_THREAD: thread,
        FAIL_AT: String(at),
      });
      expect(told.stderr).not.toContain('there are only');
      expectTold(told);
      expect(await state()).toEqual(before);
    },
    120_000,
  );
});

describe('a signal', () => {
  const moments = [1, 4, 12, 25, 40, 55, 70];

  it.each(moments)(
    'at request %i',
    async (moment) => {
      const before = await state();
      let started: Started | undefined;
      onRequest = (number) => {
        if (number === moment + 2) started?.child.kill(number % 2 === 0 ? 'SIGTERM' : 'SIGHUP');
      };
      started = start(words(), environment());
      const told = await started.ended;
      // Before the run itself begins there is nothing to end in order.
      if (told.exitCode !== -1) expectTold(told);
      expect(await state()).toEqual(before);
    },
    120_000,
  );
});
