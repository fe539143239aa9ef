import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { readResults, resultsValidator } from '../../src/results/read.ts';
import { serializeResults } from '../../src/results/serialize.ts';
import { writeResults } from '../../src/results/write.ts';
import { failedCase, sampleCase, sampleResults } from '../report/sample.ts';

const results = sampleResults([
  sampleCase('org/getOrg/access/viewer'),
  failedCase('org/getOrg/authentication/revoked'),
  sampleCase('runs/listRuns/access/viewer', { status: 'skipped', reason: 'no key', remedy: 'set one' }),
]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('results.json', () => {
  it('is valid by its schema and comes back as it was', async () => {
    const path = await writeResults(join(folder, 'deep', 'latest'), results);
    const valid = await resultsValidator();
    valid(JSON.parse(await readFile(path, 'utf8')));
    expect(valid.errors).toBeNull();
    expect(await readResults(path)).toEqual(results);
  });

  it('leaves nothing else behind, and replaces what was there', async () => {
    await writeResults(folder, sampleResults([]));
    await writeResults(folder, results);
    expect(await readdir(folder)).toEqual(['results.json']);
    expect((await readResults(join(folder, 'results.json'))).cases).toHaveLength(3);
  });

  it('has its members in a fixed order', () => {
    const turned = Object.fromEntries(Object.entries(results).toReversed());
    expect(serializeResults({ ...results, ...turned })).toBe(serializeResults(results));
    expect(serializeResults(results)).toMatch(/^\{\n {2}"allowInconclusive"/);
  });

  it('cannot be written where a file stands in the way', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(writeResults(file, results)).rejects.toThrow(UsageError);
    await expect(writeResults(file, results)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  it.each([
    ['is cut short', serializeResults(results).slice(0, 400), /it ends too early/],
    ['is not JSON', '{]}', /it is not JSON/],
    ['is empty', '', /it ends too early/],
    ['is something else', '{"verdict":"conformant"}', /holds no results of this version/],
    [
      'has a title that steers a terminal',
      serializeResults({ ...results, contract: { ...results.contract, title: 'a\u001b]0;owned\u0007' } }),
      /has a name with a line break or an escape/,
    ],
    [
      'has a case whose surface begins a command',
      serializeResults({
        ...results,
        cases: results.cases.map((one) => ({ ...one, surface: 'org\n::error::x' })),
      }),
      /has a name with a line break or an escape/,
    ],
    ['names another verdict', serializeResults(results).replace('"violations"', '"fine"'), /\/verdict/],
  ])('is refused where it %s', async (_name, text, message) => {
    const path = join(folder, 'results.json');
    await writeFile(path, text);
    await expect(readResults(path)).rejects.toThrow(message);
    await expect(readResults(path)).rejects.toThrow(UsageError);
  });

  it('is refused where it is missing, by its name', async () => {
    await expect(readResults(join(folder, 'none.json'))).rejects.toThrow(/none\.json cannot be read: ENOENT/);
  });
});
