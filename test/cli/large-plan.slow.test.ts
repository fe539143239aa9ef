import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMap, parseDocument } from 'yaml';
import { startMock, type Mock } from '../../mock/index.ts';
import { loadContract } from '../../src/contract/load.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readResults } from '../../src/results/read.ts';
import { run } from './binary.ts';

/** So many more operations as make a plan of several parts; the mock has none of them. */
const copies = 153;

let folder: string;
let mock: Mock;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'large-plan-'));
  mock = await startMock();
  await cp(join(packageRoot, 'specs'), join(folder, 'specs'), { recursive: true });
  await writeFile(join(folder, 'matrix.yaml'), await largeMatrix());
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

/** The matrix of the package with many more operations that read one thing. */
async function largeMatrix(): Promise<string> {
  const document = parseDocument(await readFile(join(packageRoot, 'matrix.yaml'), 'utf8'));
  const operations = document.get('operations');
  if (!isMap(operations)) throw new Error('the matrix has no operations');
  const org = operations.get('getOrg');
  if (!isMap(org)) throw new Error('the matrix has no getOrg');
  for (let index = 1; index <= copies; index++) {
    const copy = org.clone();
    if (!isMap(copy)) throw new Error('no map');
    copy.set('path', `/org-${index}`);
    copy.set('surface', `org-${index}`);
    copy.delete('identity');
    operations.set(`getOrg${index}`, copy);
  }
  return document.toString();
}

describe('a plan of several parts', () => {
  it('is carried out to its end: each case is judged once, and the run ends once', async () => {
    const matrix = join(folder, 'matrix.yaml');
    const specs = join(folder, 'specs');
    const keys = Object.values((await loadContract()).credentials).map(({ id, env }) => [
      env,
      mock.keys[id] ?? '',
    ]);
    const reports = join(folder, 'reports');
    const { exitCode } = await run(
      ['run', '--matrix', matrix, '--specs', specs, '--profile', 'read', '--report-dir', reports],
      Object.fromEntries([...keys, ['ARMATURE_BASE_URL', mock.baseUrl]]) as Record<string, string>,
    );
    const { cases, suiteFaults, summary } = await readResults(join(reports, 'results.json'));
    expect({ exitCode, suiteFaults }).toEqual({ exitCode: 1, suiteFaults: [] });
    // More than one part holds.
    expect(summary.passed + summary.failed).toBeGreaterThan(4_000);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const unended = cases.filter(({ reason }) => reason === 'the run ended before it');
    expect(unended).toEqual([]);
    const failedWhere = new Set(
      cases.flatMap(({ status, surface }) => (status === 'failed' ? [surface] : [])),
    );
    expect(failedWhere.has(`org-${copies}`)).toBe(true);
    expect(failedWhere.has('org')).toBe(false);
  }, 120_000);
});
