import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { readResults } from '../../src/results/read.ts';
import { program, run, start, type Started } from '../cli/binary.ts';
import type { Told } from '../cli/in-process.ts';
import { startFront, type Front } from './mischief.ts';
import { contract } from './small-run.ts';

type Mock = Awaited<ReturnType<typeof startMock>>;

let mock: Mock;
let folder: string;
beforeEach(async () => {
  [mock, folder] = await Promise.all([startMock({}), mkdtemp(join(tmpdir(), 'safety-'))]);
});
afterEach(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.values(contract.credentials).flatMap(({ id, env }) => {
      const key = mock.keys[id];
      return key === undefined ? [] : [[env, key]];
    }),
  );
}

/** The names of the workflows of the mock that bear the mark of any run, in every organization that has a key. */
async function marked(): Promise<readonly string[]> {
  const found = await Promise.all(
    ['owner', 'otherOrg'].map(async (id) => {
      const answer = await fetch(`${mock.baseUrl}/workflows`, {
        headers: { authorization: `Bearer ${mock.keys[id] ?? ''}` },
      });
      return [...(await answer.text()).matchAll(/cf-[0-9a-f]{8}-\d+/g)].map(([name]) => name);
    }),
  );
  return found.flat();
}

/** Starts a run that writes, and settles once it has something to archive. */
async function startWriting(): Promise<Started> {
  const started = start(
    [
      'run',
      '--base-url',
      mock.baseUrl,
      '--profile',
      'full',
      '--filter',
      // Writes alone, and far more of them than there is time for.
      'workflows/*/{denied,validation}/**',
      '--rate',
      '150',
      '--report-dir',
      folder,
    ],
    environment(),
  );
  while ((await ledger()).split('"made","resource":"workflow"').length < 4) {
    if (started.child.exitCode !== null) throw new Error((await started.ended).stderr);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return started;
}

function cleanup(...more: readonly string[]): Promise<Told> {
  return run(['cleanup', '--base-url', mock.baseUrl, '--report-dir', folder, ...more], environment());
}

async function ledger(): Promise<string> {
  const name = (await readdir(folder)).find((file) => file.startsWith('ledger-'));
  return name === undefined ? '' : readFile(join(folder, name), 'utf8');
}

describe('a run that is killed', () => {
  it('leaves a ledger, by which cleanup archives all that it made', async () => {
    const started = await startWriting();
    started.child.kill('SIGKILL');
    await started.ended;
    expect(await marked()).not.toEqual([]);

    const preview = await cleanup('--dry-run');
    expect(preview.stdout).toMatch(/would archive the workflow/);
    expect(await marked()).not.toEqual([]);

    const cleaned = await cleanup();
    expect(cleaned).toMatchObject({ exitCode: 0 });
    expect(cleaned.stdout).toMatch(/\d+ archived/);
    expect(await marked()).toEqual([]);
    expect(await ledger()).toBe('');
    expect((await cleanup()).stdout).toMatch(/nothing to archive/);
  }, 60_000);

  it('is cleaned up after by its id where the ledger is lost', async () => {
    const started = await startWriting();
    started.child.kill('SIGKILL');
    await started.ended;
    const [name = ''] = await readdir(folder).then((files) =>
      files.filter((file) => file.startsWith('ledger-')),
    );
    const runId = /ledger-(\w+)\.jsonl/.exec(name)?.[1] ?? '';
    await rm(join(folder, name));
    const foreign = await fetch(`${mock.baseUrl}/workflows`, {
      headers: { authorization: `Bearer ${mock.keys['owner'] ?? ''}` },
    }).then((answer) => answer.text());
    const cleaned = await cleanup('--run-id', runId);
    expect(cleaned.exitCode).toBe(0);
    const after = await fetch(`${mock.baseUrl}/workflows`, {
      headers: { authorization: `Bearer ${mock.keys['owner'] ?? ''}` },
    }).then((answer) => answer.text());
    // What was there before the run is there still.
    const own = [...foreign.matchAll(/"name":"((?!cf-)[^"]*)"/g)].map(([, text]) => text);
    for (const text of own.filter((one) => !one?.includes(`cf-${runId}-`)))
      expect(after).toContain(`"${text ?? ''}"`);
    expect(after).not.toContain(`cf-${runId}-`);
  }, 60_000);
});

describe('a run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s once cleans up, writes its results and exits 130',
    async (signal) => {
      const started = await startWriting();
      started.child.kill(signal);
      const { exitCode, stdout, stderr } = await started.ended;
      expect(exitCode).toBe(130);
      expect(stderr).toMatch(/Interrupted: cleaning up/);
      expect(stdout).toMatch(/INTERRUPTED/);
      expect(await marked()).toEqual([]);
      const results = await readResults(join(folder, 'results.json'));
      expect(results.verdict).toBe('interrupted');
      expect(results.summary.inconclusive).toBeGreaterThan(0);
      expect(results.suiteFaults).toEqual([]);
      expect(await ledger()).toBe('');
    },
    60_000,
  );

  it('twice leaves at once; the ledger is safe', async () => {
    const started = await startWriting();
    started.child.kill('SIGINT');
    await started.saw('stderr', 'Interrupted');
    started.child.kill('SIGINT');
    const { exitCode, stderr } = await started.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/The run [0-9a-f]{8} left \d+ things on http/);
    expect(stderr).toContain(
      `npx armature-conformance cleanup --base-url ${mock.baseUrl} --report-dir ${folder}`,
    );
    expect(await cleanup()).toMatchObject({ exitCode: 0 });
    expect(await marked()).toEqual([]);
  }, 60_000);
});

describe('a run that goes on', () => {
  it('is left alone by cleanup, which says so; what it made it archives itself', async () => {
    const started = await startWriting();
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 4, stdout: '' });
    expect(told.stderr).toMatch(/The run [0-9a-f]{8} is not at its end/);
    started.child.kill('SIGINT');
    expect((await started.ended).exitCode).toBe(130);
    expect(await marked()).toEqual([]);
  }, 60_000);
});

async function topics(front: Front): Promise<unknown> {
  const headers = { authorization: `Bearer ${front.keys['owner'] ?? ''}` };
  return (await fetch(`${front.baseUrl}/insights/topics?range=90d`, { headers })).json();
}

describe('a topic that is renamed when the run is ended', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'by %s is given back its label',
    async (signal) => {
      let started: Started | undefined;
      const front = await startFront((request, response) => {
        if (request.method !== 'PATCH' || started === undefined) return false;
        const { child } = started;
        started = undefined;
        response.on('finish', () => child.kill(signal));
        return false;
      });
      try {
        const before = await topics(front);
        const env = Object.fromEntries(
          Object.values(contract.credentials).map(({ id, env: name }) => [name, front.keys[id] ?? '']),
        );
        const target = ['--base-url', front.baseUrl, '--report-dir', folder];
        const filter = ['--filter', 'insights/updateTopic/lifecycle/put-back/editor'];
        started = start(['run', ...target, '--profile', 'full', ...filter], env);
        const { ended } = started;
        await ended;
        // What was killed gave nothing back: cleanup does.
        const killed = signal === 'SIGKILL';
        const changed = JSON.stringify(await topics(front)) !== JSON.stringify(before);
        const told = killed ? await run(['cleanup', ...target], env) : undefined;
        expect(changed).toBe(killed);
        expect(told?.exitCode).toBe(killed ? 0 : undefined);
        expect(told?.stdout.includes('1 given back as they were')).toBe(killed ? true : undefined);
        expect(await topics(front)).toEqual(before);
        expect(await ledger()).toBe('');
      } finally {
        await front.close();
      }
    },
    60_000,
  );
});

describe('a log that cannot be written', () => {
  // A device of Linux on which every write fails for want of room.
  const full = '/dev/full';

  it.skipIf(!existsSync(full))(
    'ends no run: what it made is archived, and its results are written',
    async () => {
      const log = openSync(full, 'w');
      const child = spawn(
        process.execPath,
        [
          program,
          'run',
          '--base-url',
          mock.baseUrl,
          '--profile',
          'full',
          '--report-dir',
          folder,
          '--filter',
          'workflows/createWorkflow/{access,validation}/**',
          '--verbose',
        ],
        { env: { PATH: process.env['PATH'] ?? '', ...environment() }, stdio: ['ignore', log, log] },
      );
      const exitCode = await new Promise((resolve) => child.on('close', resolve));
      closeSync(log);
      const results = await readResults(join(folder, 'results.json'));
      expect(results.verdict).toBe('conformant');
      // Conformant, but the report that was asked for is lost.
      expect(exitCode).toBe(5);
      expect(await marked()).toEqual([]);
    },
    60_000,
  );
});
