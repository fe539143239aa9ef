import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/commands/run.ts';
import type { FlagsOf } from '../../src/cli/option-table.ts';
import type { Results } from '../../src/results/types.ts';
import { serializeResults } from '../../src/results/serialize.ts';
import { writeResults } from '../../src/results/write.ts';
import { failedCase, sampleCase, sampleResults } from '../report/sample.ts';
import { command, scene, type Told } from './in-process.ts';

const passed = sampleCase('org/getOrg/access/viewer');
const failed = failedCase('org/getOrg/authentication/revoked', { title: 'getOrg: a revoked key is refused' });
const green = sampleResults([passed]);
const red = sampleResults([passed, failed]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(
  results: Results,
  flags: FlagsOf<'run'> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const keys = { ARMATURE_KEY_VIEWER: 'amt_viewer_0123456789abcdefSECRET' };
  const { surroundings, output, told } = scene({ ...keys, ...env });
  const given = { reportDir: folder, baseUrl: 'http://127.0.0.1:9', ...flags };
  const exitCode = await runCommand(given, surroundings, output, () => Promise.resolve(results));
  return { exitCode, ...told() };
}

const everyReport = [
  'badge.svg',
  'conformance-statement.json',
  'ctrf.json',
  'exchanges.har',
  'history.ndjson',
  'junit.xml',
  'observed-matrix.yaml',
  'report.html',
  'results.json',
  'summary.md',
];

describe('a run', () => {
  it('writes every report, and a line of history each time', async () => {
    await run(red);
    const { stderr } = await run({ ...red, runId: 'r2' });
    expect((await readdir(folder)).toSorted()).toEqual(everyReport);
    expect((await textOf('history.ndjson')).trimEnd().split('\n')).toHaveLength(2);
    expect(await textOf('report.html')).toContain('<svg class="trend"');
    expect(stderr).toContain(`Report: ${join(folder, 'report.html')}`);
  });

  it('writes no exchanges where they are off', async () => {
    await run(red);
    await run(red, { har: 'off' });
    expect(await readdir(folder)).not.toContain('exchanges.har');
  });

  it('annotates and sums up in GitHub Actions, and there alone', async () => {
    const summary = join(folder, 'step.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stdout } = await run(red, {}, env);
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toEqual([
      expect.stringMatching(/^::error title=getOrg does not refuse a revoked key%3A 1 case::/),
    ]);
    expect(await readFile(summary, 'utf8')).toMatch(/^## VIOLATIONS/);
    expect((await run(red)).stdout).not.toContain('::');
  });
});

describe('report', () => {
  it('makes the same reports again from results.json alone', async () => {
    await run(red);
    const before = await Promise.all(everyReport.map(textOf));
    for (const name of everyReport) {
      if (name !== 'results.json' && name !== 'history.ndjson') await rm(join(folder, name));
    }
    const { exitCode, stdout } = await command(['report', folder]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('VIOLATIONS');
    expect(await Promise.all(everyReport.map(textOf))).toEqual(before);
  });

  it('draws the verdict from the cases, whatever the file says', async () => {
    const said = sampleResults([passed, failed], { verdict: 'conformant', exitCode: 0 });
    const cases = said.cases.map((one) => ({ ...one, status: 'passed' as const }));
    await writeResults(folder, { ...said, cases, summary: sampleResults([passed]).summary });
    const { exitCode, stdout, stderr } = await command(['report', folder]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('VIOLATIONS');
    expect(stderr).toContain('says conformant, exit code 0; its cases make that violations, exit code 1');
    const reports = ['badge.svg', 'conformance-statement.json', 'summary.md', 'report.html', 'junit.xml'];
    const texts = await Promise.all(reports.map(textOf));
    for (const text of texts)
      expect(text).not.toMatch(/conformant \(|<h1>conformant|"verdict": "conformant"/i);
    expect(texts[4]).toContain('failures="1"');
  });

  it('says what is missing', async () => {
    expect(await command(['report', folder])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('results.json cannot be read: ENOENT') as string,
    });
  });
});

describe('compare', () => {
  it('exits 1 on new violations, with Markdown or JSON, from files or directories', async () => {
    await writeResults(folder, green);
    const file = join(folder, 'red.json');
    await writeFile(file, serializeResults(red));
    const worse = await command(['compare', folder, file]);
    expect(worse).toMatchObject({ exitCode: 1, stderr: '' });
    expect(worse.stdout).toContain('## 1 case has new violations');
    const better = await command(['compare', file, folder, '--json']);
    expect(better.exitCode).toBe(0);
    expect(JSON.parse(better.stdout)).toMatchObject({ newViolations: [], goneCases: [failed.id] });
  });

  it('takes two results', async () => {
    expect(await command(['compare', folder])).toMatchObject({ exitCode: 2 });
  });
});

function textOf(name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}
