import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { readResults } from '../../src/results/read.ts';
import { run, start, type Started } from '../cli/binary.ts';
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

    const preview = await run(['cleanup', '--report-dir', folder, '--dry-run'], environment());
    expect(preview.stdout).toMatch(/would archive the workflow/);
    expect(await marked()).not.toEqual([]);

    const cleaned = await run(['cleanup', '--report-dir', folder], environment());
    expect(cleaned).toMatchObject({ exitCode: 0 });
    expect(cleaned.stdout).toMatch(/\d+ archived/);
    expect(await marked()).toEqual([]);
    expect(await ledger()).toBe('');
    expect((await run(['cleanup', '--report-dir', folder], environment())).stdout).toMatch(
      /nothing to archive/,
    );
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
    const cleaned = await run(
      ['cleanup', '--base-url', mock.baseUrl, '--run-id', runId, '--report-dir', folder],
      environment(),
    );
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
  it.each(['SIGINT', 'SIGTERM'] as const)(
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
    expect((await started.ended).exitCode).toBe(130);
    await run(['cleanup', '--report-dir', folder], environment());
    expect(await marked()).toEqual([]);
  }, 60_000);
});
