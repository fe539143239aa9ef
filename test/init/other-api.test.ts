import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { run } from '../cli/binary.ts';
import { command } from '../cli/in-process.ts';
import { serveNotes } from './notes-server.ts';

const contract = ['--matrix', 'examples/other-api/matrix.yaml', '--specs', 'examples/other-api/specs'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an API that is not Armature', () => {
  it('is linted, listed and explained by its own matrix', async () => {
    expect(await command(['lint', ...contract])).toMatchObject({
      exitCode: 0,
      stdout: 'The contract is sound: 5 operations, 2 roles, 4 schemas.\n',
    });
    expect((await command(['list', ...contract])).stdout).toContain('notes/createNote/denied/reader');
    const explained = await command(['explain', 'notes/getNote/access/reader', ...contract]);
    expect(explained).toMatchObject({ exitCode: 0 });
    expect(explained.stdout).toContain('/api/shelves/main/notes/');
    expect(explained.stdout).toContain('x-api-key');
  });

  it.each([
    { what: 'conformant', broken: false, exitCode: 0 },
    { what: 'broken', broken: true, exitCode: 1 },
  ])(
    'is tested in full, with its own header and values: $what, exit code $exitCode',
    async ({ broken, exitCode, what }) => {
      const server = await serveNotes(broken);
      const env = {
        NOTES_KEY_READER: server.keys['reader'] ?? '',
        NOTES_KEY_WRITER: server.keys['writer'] ?? '',
      };
      const directory = join(folder, what);
      try {
        const told = await run(
          [
            'run',
            '--base-url',
            server.baseUrl,
            '--profile',
            'full',
            ...contract,
            '--report-dir',
            directory,
            '--quiet',
          ],
          env,
        );
        expect(told.stdout + told.stderr).toContain(broken ? 'VIOLATIONS' : 'CONFORMANT');
        expect(told.exitCode).toBe(exitCode);
        expect(told.stdout + told.stderr).not.toContain('0123456789abcdef');
        const { cases, leftovers, summary } = await readResults(join(directory, 'results.json'));
        expect(summary.passed).toBeGreaterThan(100);
        const failed = cases.filter(({ status }) => status === 'failed').map(({ operation }) => operation);
        expect([...new Set(failed)].toSorted()).toEqual(broken ? ['deleteNote', 'updateNote'] : []);
        // What the run made is gone again.
        expect(leftovers).toEqual([]);
      } finally {
        await server.close();
      }
    },
    60_000,
  );

  it('is not what the embedded mock is', async () => {
    const told = await run(['run', '--target', 'mock', ...contract, '--report-dir', join(folder, 'none')]);
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toContain('Name the target by --base-url.');
  }, 30_000);
});
