import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { writeReports } from '../../src/report-files/write-reports.ts';
import { serializeResults } from '../../src/results/serialize.ts';
import { writeResults } from '../../src/results/write.ts';
import type { Results, Summary } from '../../src/results/types.ts';
import { smallRun } from '../safety/small-run.ts';
import { command } from './in-process.ts';

const mock = await startMock({});
const results = await smallRun({ baseUrl: mock.baseUrl, keys: mock.keys, filters: ['org/getOrg/access/*'] });
await mock.close();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  await publish(results);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Results and their reports in the folder, as a run leaves them. */
async function publish(given: Results): Promise<void> {
  await writeResults(folder, given);
  await writeReports(folder, given, { har: 'off', remember: false });
}

const statement = (): string => join(folder, 'conformance-statement.json');
const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

/** The counts of cases that all passed. */
function count({ length }: Results['cases']): Summary {
  return { total: length, passed: length, failed: 0, skipped: 0, inconclusive: 0, advisories: 0 };
}

/** The results less every case that did not pass, with all that follows from that put right by hand. */
function onlyWhatPassed(contract: Partial<Results['contract']>): Results {
  const cases = results.cases.filter(({ status }) => status === 'passed');
  return {
    ...results,
    cases,
    contract: { ...results.contract, ...contract },
    summary: count(cases),
    levels: results.levels.map(({ level, about, claimed }) => ({
      level,
      about,
      claimed,
      standing: 'full',
      ...count(cases.filter(({ countsFor = [] }) => countsFor.includes(level))),
    })),
    verdict: 'conformant',
    exitCode: 0,
  };
}

describe('verify', () => {
  it('holds what a run wrote, and says what of the cells was proven', async () => {
    const told = await command(['verify', statement()]);
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    expect(told.stdout).toMatch(/^The statement holds\. conformant: .*; cells: 4 proven\.\n/);
  });

  it('catches a green that was put in by hand, in the statement or in the badge', async () => {
    const text = await textOf('conformance-statement.json');
    await writeFile(statement(), text.replaceAll('"proven": 4', '"proven": 92'));
    const edited = await command(['verify', statement(), '--results', join(folder, 'results.json')]);
    expect(edited).toMatchObject({ exitCode: 1 });
    expect(edited.stdout).toContain('✗ statement: predicate.armatureConformance.cells.proven is');
    await writeFile(statement(), text);
    await writeFile(join(folder, 'badge.svg'), (await textOf('badge.svg')).replaceAll('judged', 'seen'));
    const { exitCode, stdout } = await command(['verify', statement()]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('badge.svg: it is not the badge of these results');
  });

  it('catches a cell that is called proven by hand', async () => {
    const [first, ...others] = results.cases;
    if (first === undefined) throw new Error('no case');
    const because = '404: the id exists nowhere';
    const open = { role: 'viewer', decision: 'allowed', standing: 'not-proven', because } as const;
    const edited = { ...results, cases: [{ ...first, cell: open }, ...others] };
    await writeFile(join(folder, 'results.json'), serializeResults(edited));
    const { exitCode, stdout } = await command(['verify', statement()]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ results: verdict is "conformant", the cases make it "inconclusive"/);
  });

  it('does not hold for a contract of the same name and version with another digest', async () => {
    const digest = results.contract.digest.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await writeFile(join(folder, 'results.json'), serializeResults(onlyWhatPassed({ digest })));
    await command(['report', folder]);
    const { exitCode, stdout } = await command(['verify', statement()]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Nothing but the arithmetic of these results can be checked/);
    expect(stdout).toContain(digest);
    expect(stdout).toContain(results.contract.digest);
    expect(stdout).not.toMatch(/in full|statement holds/);
  });

  it('exits 4 where the contract is another one, and says first that only the arithmetic was checked', async () => {
    await publish({
      ...results,
      contract: { title: 'Another API', version: '2', digest: 'a'.repeat(64), files: {} },
    });
    const { exitCode, stdout } = await command(['verify', statement()]);
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^Nothing but the arithmetic .* Give theirs with --matrix and --specs\.\n/);
    expect(stdout).toContain('The results add up to what the statement says. conformant:');
    expect(stdout).not.toMatch(/in full|statement holds/);
  });

  it('is told what is no statement', async () => {
    await writeFile(statement(), '{');
    expect(await command(['verify', statement()])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is no JSON') as string,
    });
  });
});

describe('a level of conformance', () => {
  it('is never shown in full by results that lack cases of it', async () => {
    const forged = onlyWhatPassed({});
    await publish({ ...forged, levels: results.levels });
    const { stdout } = await command(['report', folder]);
    expect(stdout).toContain('CONFORMANT');
    expect(stdout).not.toContain('in full');
    const verified = await command(['verify', statement()]);
    expect(verified.exitCode).toBe(1);
    expect(verified.stdout).toContain('planned cases are missing');
  });

  it('does not hold with another number of planned cases than the contract has', async () => {
    const levels = results.levels.map((one) => ({ ...one, planned: 4 }));
    await writeFile(join(folder, 'results.json'), serializeResults({ ...onlyWhatPassed({}), levels }));
    await command(['report', folder]);
    const { exitCode, stdout } = await command(['verify', statement()]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/4 cases are planned for the level read, the contract has others/);
  });
});
