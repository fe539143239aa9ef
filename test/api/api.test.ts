import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { readResults } from '../../src/results/read.ts';
import { freePort, listens, serving } from '../start/server.ts';
import { program, vendorFolder } from './programs.ts';

let mock: Awaited<ReturnType<typeof startMock>>;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  const [started, vendor] = await Promise.all([startMock({}), vendorFolder()]);
  mock = started;
  ({ path: folder, remove } = vendor);
});
afterEach(async () => {
  await mock.close();
  await remove();
});

/** A program that runs the cases and writes what it got as JSON. */
function running(
  options: string,
  target = `{ baseUrl: process.env.URL, keys: JSON.parse(process.env.KEYS) }`,
): string {
  return `import { defineTarget, runConformance } from 'armature-conformance';
try {
  const target = defineTarget(${target});
  const { verdict, exitCode, summary, levels } = await runConformance({ target, ${options} });
  console.log(JSON.stringify({ verdict, exitCode, summary, levels }));
} catch (error) {
  console.log(JSON.stringify({ name: error.name, message: error.message, hint: error.hint, exitCode: error.exitCode }));
}`;
}

async function outcome(text: string): Promise<unknown> {
  const { stdout, stderr } = await program(folder, text, {
    URL: mock.baseUrl,
    KEYS: JSON.stringify(mock.keys),
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('runConformance', () => {
  it('tests a target and gives the results; writes nothing where nothing is asked for', async () => {
    expect(await outcome(running(`level: 'authentication', surface: ['org']`))).toMatchObject({
      verdict: 'conformant',
      exitCode: 0,
      summary: { failed: 0 },
      levels: [{ level: 'authentication', claimed: true, standing: 'full' }, {}, {}, {}, {}, {}],
    });
    expect(await readdir(folder)).toEqual(['program.mjs']);
  }, 60_000);

  it('writes the reports where they are asked for; starts a command and ends it with the run', async () => {
    const port = await freePort();
    const target = `{
      baseUrl: process.env.URL, keys: JSON.parse(process.env.KEYS),
      start: { command: ${JSON.stringify(serving(port))}, waitFor: 'http://127.0.0.1:${port}/' },
    }`;
    const told = await outcome(running(`profile: 'smoke', reportDir: 'out'`, target));
    expect(told).toMatchObject({ verdict: 'conformant' });
    expect(await listens(port)).toBe(false);
    const results = await readResults(join(folder, 'out', 'results.json'));
    expect(results).toMatchObject({ profile: 'smoke', verdict: 'conformant' });
    expect(await readdir(join(folder, 'out'))).toEqual(
      expect.arrayContaining(['report.html', 'junit.xml', 'conformance-statement.json', 'badge.svg']),
    );
  }, 60_000);

  it('says what is wrong with what it is given', async () => {
    const url = 'baseUrl: process.env.URL';
    const keys = 'keys: JSON.parse(process.env.KEYS)';
    const own = `target: { ${url}, ${keys} }`;
    const mistakes: readonly (readonly [options: string, message: RegExp, hint: RegExp])[] = [
      [`{ ${own}, profil: 'read' }`, /no member profil\./, /Did you mean profile\?/],
      [`{ ${own}, profile: 'reed' }`, /^profile is "reed"/, /Did you mean read\?/],
      [`{ ${own}, seed: 1.5 }`, /^seed is 1\.5/, /whole number/],
      [`{ ${own}, level: 'raed' }`, /--level raed is no level/, /authentication, read/],
      [`{ target: { baseurl: 'x' } }`, /no member baseurl/, /Did you mean baseUrl\?/],
      [`{ target: { keys: {} } }`, /The target has no baseUrl/, /^Expected/],
      [`{ target: { baseUrl: 'ftp://x' } }`, /scheme ftp:/, /^Expected something like/],
      [`{ target: { ${url}, keys: {} } }`, /No role has a key/, /viewer/],
      [`{ target: { ${url}, ${keys}, rate: 0 } }`, /^rate is 0/, /whole number/],
      [
        `{ target: { baseUrl: 'https://example.com', ${keys} }, profile: 'full' }`,
        /stays for good/,
        /allowFull/,
      ],
    ];
    const told = await outcome(`import { runConformance } from 'armature-conformance';
const told = [];
for (const options of [${mistakes.map(([options]) => options).join(', ')}]) {
  await runConformance(options).catch(({ name, exitCode, message, hint }) => told.push({ name, exitCode, message, hint }));
}
console.log(JSON.stringify(told));`);
    expect(told).toEqual(
      mistakes.map(([, message, hint]) => ({
        name: 'UsageError',
        exitCode: 2,
        message: expect.stringMatching(message) as string,
        hint: expect.stringMatching(hint) as string,
      })),
    );
  }, 60_000);
});
