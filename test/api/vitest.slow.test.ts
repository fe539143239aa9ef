import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readResults } from '../../src/results/read.ts';
import { freePort, listens, serving } from '../start/server.ts';
import { node, vendorFolder } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ path: folder, remove } = await vendorFolder());
});
afterEach(() => remove());

interface VendorRun {
  readonly success: boolean;
  readonly messages: string;
  readonly statuses: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
}

/** What a vendor's vitest makes of a test file of three lines. */
async function vendor(
  mock: { readonly baseUrl: string; readonly keys: Readonly<Record<string, string>> },
  settings: string,
  more: { readonly start?: object; readonly args?: readonly string[]; readonly config?: string } = {},
): Promise<VendorRun> {
  const target = { baseUrl: mock.baseUrl, keys: mock.keys, start: more.start };
  await writeFile(
    join(folder, 'own.test.js'),
    `import { conformance, defineTarget } from 'armature-conformance/vitest';
const target = defineTarget(${JSON.stringify(target)});
conformance(target, ${settings});
`,
  );
  await writeFile(join(folder, 'vitest.config.js'), `export default { test: ${more.config ?? '{}'} };\n`);
  const vitest = join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const { stderr } = await node(folder, [
    vitest,
    'run',
    '--reporter=json',
    '--outputFile=told.json',
    ...(more.args ?? []),
  ]);
  const told = JSON.parse(await readFile(join(folder, 'told.json'), 'utf8')) as {
    success: boolean;
    testResults: {
      message: string;
      assertionResults: { title: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const tests = told.testResults.flatMap(({ assertionResults }) => assertionResults);
  const statuses: Record<string, number> = {};
  for (const { status } of tests) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    success: told.success,
    messages: [
      stderr,
      ...told.testResults.map(({ message }) => message),
      ...tests.flatMap(({ failureMessages }) => failureMessages),
    ].join('\n'),
    statuses,
    failed: tests.filter(({ status }) => status === 'failed').map(({ title }) => title),
  };
}

describe("a vendor's own vitest", () => {
  it('holds every case of the level as a test, writes the reports, and starts and ends a command', async () => {
    const [mock, port] = await Promise.all([startMock({}), freePort()]);
    const start = { command: serving(port), waitFor: `http://127.0.0.1:${port}/` };
    const told = await vendor(mock, `{ level: 'authentication', reportDir: 'out' }`, { start });
    await mock.close();
    expect(await listens(port)).toBe(false);
    expect(told).toMatchObject({
      success: true,
      failed: [],
      statuses: { passed: expect.any(Number) as number },
    });
    const { summary, levels } = await readResults(join(folder, 'out', 'results.json'));
    expect(summary.passed).toBe(told.statuses['passed']);
    expect(levels[0]).toMatchObject({ level: 'authentication', claimed: true, standing: 'full' });
  }, 60_000);

  it('fails just the cases that the target breaks, at its own order and pace, and tells why', async () => {
    const mock = await startMock({ defect: 'auth-revoked-counts' });
    const config = `{ sequence: { shuffle: true, concurrent: true }, retry: 2, testTimeout: 1, hookTimeout: 1 }`;
    const told = await vendor(
      mock,
      `{ profile: 'full', filter: ['workflows/createWorkflow/access/**', 'org/getOrg/authentication/**'], reportDir: 'out' }`,
      { config },
    );
    await mock.close();
    expect(told.success).toBe(false);
    expect(told.failed.toSorted()).toEqual([
      'org/getOrg/authentication/revoked',
      'org/getOrg/authentication/revoked/after-good-key',
    ]);
    expect(told.messages).toMatch(/expected: 401 unauthenticated\n {2}received: 200/);
    const results = await readResults(join(folder, 'out', 'results.json'));
    expect(results).toMatchObject({ verdict: 'violations', suiteFaults: [], leftovers: [] });
  }, 60_000);

  it('is no pass where only some of the cases of a claim are run', async () => {
    const mock = await startMock({});
    const told = await vendor(mock, `{ level: 'authentication' }`, { args: ['-t', 'access/viewer'] });
    await mock.close();
    expect(told.failed).toEqual([]);
    expect(told.statuses['passed']).toBe(1);
    expect(told.success).toBe(false);
  }, 60_000);

  it('fails the file where nothing answers, and shows no key', async () => {
    const nowhere = {
      baseUrl: `http://127.0.0.1:${await freePort()}`,
      keys: { viewer: 'amt_v_0123456789abcdef' },
    };
    const told = await vendor(nowhere, `{}`);
    expect(told.success).toBe(false);
    expect(told.messages).toContain(nowhere.baseUrl);
    expect(told.messages).not.toContain('0123456789abcdef');
  }, 60_000);
});
