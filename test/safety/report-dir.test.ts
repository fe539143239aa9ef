/** The report directory: seen to be writable before the first request, and emptied of this tool's own files alone. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillReportDir } from '../../src/report-files/report-dir.ts';
import { writeWhole } from '../../src/write-whole.ts';
import { answering } from '../cli/binary.ts';
import { command, type Told } from '../cli/in-process.ts';
import { sampleCase, sampleResults } from '../report/sample.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-dir-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const env = { ARMATURE_KEY_VIEWER: 'amt_k1_ThisIsTheSecretPart998877' };

/** A run that sends one request at most: nothing listens there. */
function attempt(directory: string, baseUrl = 'http://127.0.0.1:9'): Promise<Told> {
  return command(['run', '--base-url', baseUrl, '--profile', 'smoke', '--report-dir', directory], env);
}

describe('a report directory with files of the user', () => {
  it.each(['summary.md', 'junit.xml', 'badge.svg', 'results.json', 'history.ndjson', 'exchanges.har'])(
    'is refused by name before anything is sent or removed: %s',
    async (name) => {
      const mine = [name, 'notes.md'];
      for (const one of mine) writeFileSync(join(folder, one), 'written by hand');
      const told = await attempt(folder);
      expect(told).toMatchObject({ exitCode: 2, stdout: '' });
      expect(told.stderr).toContain(`holds ${name}, which this tool did not write there`);
      expect(readdirSync(folder).toSorted()).toEqual(mine.toSorted());
      for (const one of mine) expect(readFileSync(join(folder, one), 'utf8')).toBe('written by hand');
    },
  );

  it('that are in nobody’s way is used, and they are left alone', async () => {
    writeFileSync(join(folder, 'notes.md'), 'written by hand');
    expect(await attempt(folder)).toMatchObject({ exitCode: 3 });
    expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toBe('written by hand');
  });
});

describe('a report directory of an earlier run', () => {
  it('is emptied of its reports, but for the history; other files stay', async () => {
    await fillReportDir(folder, sampleResults([sampleCase('org/getOrg/access/viewer')]), { har: 'failed' });
    writeFileSync(join(folder, 'notes.md'), 'written by hand');
    expect(existsSync(join(folder, 'results.json'))).toBe(true);
    expect(await attempt(folder)).toMatchObject({ exitCode: 3 });
    expect(readdirSync(folder).toSorted()).toEqual(['history.ndjson', 'notes.md']);
    // A run that came to nothing leaves a folder that the next one may use.
    expect(await attempt(folder)).toMatchObject({ exitCode: 3 });
  });

  it('is rid of drafts that a run has left that ended before they were whole', async () => {
    const [old, young] = ['.results.json.4711-0123456789abcdef', '.results.json.4711-fedcba9876543210'];
    for (const name of [old, young, '.results.json.mine']) writeFileSync(join(folder, name), '');
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(folder, old), anHourAgo, anHourAgo);
    await attempt(folder);
    expect(readdirSync(folder).toSorted()).toEqual([young, '.results.json.mine'].toSorted());
  });
});

describe('a report directory that cannot be written to', () => {
  const unwritable = [
    { what: 'below a file', path: (): string => join(folder, 'file', 'reports') },
    // Folders of Linux in which nobody can make a file, not even root.
    ...['/proc', '/sys'].filter(existsSync).map((path) => ({ what: path, path: (): string => path })),
  ];

  it.each(unwritable)('is refused before the first request: $what', async ({ path }) => {
    writeFileSync(join(folder, 'file'), '');
    const target = await answering(200, '{}');
    const told = await attempt(path(), target.baseUrl);
    await target.close();
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toMatch(/report directory .* cannot be used: E[A-Z]+\./);
    expect(target.requests()).toBe(0);
  });
});

describe('a file that is written whole', () => {
  it('has a draft that nobody can foretell, made anew, for its owner alone', async () => {
    const path = join(folder, 'results.json');
    const drafts: { readonly name: string; readonly mode: number }[] = [];
    const pieces = function* (): Generator<string> {
      yield 'x'.repeat(1_000_001);
      for (const name of readdirSync(folder)) {
        if (name !== 'results.json') drafts.push({ name, mode: statSync(join(folder, name)).mode & 0o777 });
      }
      yield 'y';
    };
    for (let round = 0; round < 2; round++) await writeWhole(path, pieces(), 0o600);
    expect(drafts.map(({ mode }) => mode)).toEqual([0o600, 0o600]);
    for (const { name } of drafts) expect(name).toMatch(/^\.results\.json\.\d+-[0-9a-f]{16}$/);
    expect(new Set(drafts.map(({ name }) => name)).size).toBe(2);
    expect(readdirSync(folder)).toEqual(['results.json']);
  });

  it('replaces a link in its place, and leaves what that leads to', async () => {
    const precious = join(folder, 'precious');
    writeFileSync(precious, 'precious');
    await mkdir(join(folder, 'reports'));
    for (const name of ['results.json', `.results.json.${process.pid}`]) {
      symlinkSync(precious, join(folder, 'reports', name));
    }
    await writeWhole(join(folder, 'reports', 'results.json'), 'new');
    expect(readFileSync(precious, 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, 'reports', 'results.json'), 'utf8')).toBe('new');
  });
});
