import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { Case } from '../../src/plan/types.ts';
import type { Claim } from '../../src/report/claim.ts';
import type { Statement } from '../../src/report/statement.ts';
import { writeReports } from '../../src/report-files/write-reports.ts';
import { writeResults } from '../../src/results/write.ts';
import type { Results } from '../../src/results/types.ts';
import { contract, smallRun } from '../safety/small-run.ts';
import { command } from './in-process.ts';

type Mock = Awaited<ReturnType<typeof startMock>>;

let folder: string;
let mock: Mock;
beforeEach(async () => {
  [folder, mock] = await Promise.all([mkdtemp(join(tmpdir(), 'levels-')), startMock({})]);
});
afterEach(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

/** A run that claims levels, its results and reports in the folder. */
async function claiming(
  levels: readonly string[],
  more: { baseUrl?: string; keys?: object; filters?: readonly string[] } = {},
): Promise<Results> {
  const keys = { ...mock.keys, ...more.keys };
  const given = Object.fromEntries(Object.entries(keys).filter(([, key]) => key !== undefined));
  const baseUrl = more.baseUrl ?? mock.baseUrl;
  const results = await smallRun({
    baseUrl,
    keys: given,
    filters: more.filters ?? [],
    selection: { levels },
  });
  await writeResults(folder, results);
  await writeReports(folder, results, { har: 'off', remember: false });
  return results;
}

const statementFile = (): string => join(folder, 'conformance-statement.json');

async function claim(): Promise<Claim> {
  return (await statement()).predicate.armatureConformance;
}

async function statement(): Promise<Statement> {
  return JSON.parse(await readFile(statementFile(), 'utf8')) as Statement;
}

/** What a vendor serves who serves reads alone: every other method, and all of insights, is no part of it. */
async function readOnly(behind: string): Promise<{ baseUrl: string; close: () => void }> {
  const { origin, pathname } = new URL(behind);
  const server = createServer((asked, answer) => {
    const served = asked.method === 'GET' && asked.url?.includes('/insights/') === false;
    if (!served) {
      asked.resume();
      answer.writeHead(404, { 'content-type': 'application/json' });
      answer.end('{"error":{"code":"not_found","message":"It is not served."}}');
      return;
    }
    const url = `${origin}${asked.url}`;
    const headers = Object.fromEntries(
      Object.entries(asked.headersDistinct).filter(([name]) => name !== 'host'),
    );
    const through = send(url, { method: 'GET', headers }, (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
    });
    asked.pipe(through);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${pathname}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('run --level', () => {
  it('lets a deployment that serves reads alone claim just that', async () => {
    const vendor = await readOnly(mock.baseUrl);
    const results = await claiming(['read'], { baseUrl: vendor.baseUrl });
    vendor.close();
    expect(results).toMatchObject({
      verdict: 'conformant',
      exitCode: 0,
      summary: { failed: 0, inconclusive: 0 },
    });
    const told = await claim();
    expect(told.levels).toMatchObject([
      { level: 'authentication', claimed: false, standing: 'full' },
      { level: 'read', claimed: true, standing: 'full' },
      { level: 'write', claimed: false, standing: 'partial' },
      { level: 'insights', claimed: false, standing: 'partial' },
      { level: 'mcp-read', claimed: false },
      { level: 'mcp-write', claimed: false },
    ]);
    expect(told.badge.message).toMatch(/^conformant \(level read: (\d+) of \1 judged\)$/);
    expect(await readFile(join(folder, 'badge.svg'), 'utf8')).toContain('level read');
    expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain('Level read');
    const verified = await command(['verify', statementFile()]);
    expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Level read') as string });
  }, 60_000);

  it('claims nothing where a key that the level needs is missing', async () => {
    const results = await claiming(['authentication'], { keys: { revoked: undefined } });
    expect(results).toMatchObject({ verdict: 'inconclusive', exitCode: 4, summary: { failed: 0 } });
    const { badge, levels } = await claim();
    expect(badge.message).toMatch(/^inconclusive \(level authentication: \d+ of \d+ judged\)$/);
    expect(levels[0]).toMatchObject({ level: 'authentication', claimed: true, standing: 'partial' });
  });

  it('claims nothing where cases of the level are left out, however well the rest went', async () => {
    const results = await claiming(['write'], { filters: ['org/getOrg/access/**'] });
    expect(results).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 4,
      summary: { passed: 4, failed: 0, inconclusive: 0 },
    });
    expect(await readFile(join(folder, 'summary.md'), 'utf8')).toMatch(
      /Level write \(.*\): not shown; of its \d+ cases \d+ not sent\./,
    );
  });

  it('does not verify for a statement that claims another level', async () => {
    await claiming(['authentication']);
    const said = await statement();
    const own = said.predicate.armatureConformance;
    const levels = own.levels.map((one) => ({ ...one, claimed: true, standing: 'full' as const }));
    const predicate = { ...said.predicate, armatureConformance: { ...own, levels } };
    await writeFile(statementFile(), JSON.stringify({ ...said, predicate }));
    const verified = await command(['verify', statementFile()]);
    expect(verified).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('statement: predicate.armatureConformance.levels is') as string,
    });
  });

  it('is told in a line where there is no such level', async () => {
    const { exitCode, stderr } = await command(['list', '--level', 'raed']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      'error: --level raed is no level of conformance. Did you mean read? Expected one of authentication, read, write, insights, mcp-read, mcp-write.\n',
    );
  });
});

async function idsOf(level: string): Promise<ReadonlySet<string>> {
  const { stdout } = await command(['list', '--json', '--level', level]);
  return new Set((JSON.parse(stdout) as Case[]).map(({ id }) => id));
}

describe('the levels of the matrix', () => {
  it('hold every case of every operation among them, but for those of a key without the feature elsewhere', async () => {
    const names = contract.levels.map(({ id }) => id);
    const [all, some] = await Promise.all([
      command(['list', '--json']),
      command(['list', '--json', ...names.flatMap((name) => ['--level', name])]),
    ]);
    const held = new Set((JSON.parse(some.stdout) as Case[]).map(({ id }) => id));
    const left = (JSON.parse(all.stdout) as Case[]).filter(({ id }) => !held.has(id));
    expect(left.map(({ keys }) => keys.includes('featureDisabled'))).not.toContain(false);
  });

  it('grow: what shows reading shows authentication, and what shows writing shows both', async () => {
    const [authentication, read, write, insights] = await Promise.all(
      ['authentication', 'read', 'write', 'insights'].map(idsOf),
    );
    if (!authentication || !read || !write || !insights) throw new Error('a level is missing');
    expect(authentication.size).toBeGreaterThan(50);
    for (const id of authentication) expect(read.has(id) && insights.has(id), id).toBe(true);
    for (const id of read) expect(write.has(id), id).toBe(true);
  });
});
