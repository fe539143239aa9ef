/**
 * As many empty concurrent tests in vitest as a run has cases, set up as a run sets it up: what vitest itself costs.
 * `node empty-vitest.js <count> <folder>`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { vitestSetup } from '../dist/src/run/vitest-setup.js';

/** The most requests at the same moment in the runs that this stands beside. */
const concurrency = 16;

const [, , count, folder] = process.argv;
const file = join(folder, 'empty.suite.js');
await writeFile(
  file,
  `import { test } from 'vitest';
for (let index = 0; index < ${Number(count)}; index++) test.concurrent('surface/operation/family/' + index, async () => {});
`,
);
let seen = 0;
const vitest = await createVitest('test', {
  ...vitestSetup(concurrency),
  root: new URL('..', import.meta.url).pathname,
  dir: folder,
  include: [file],
  reporters: [{ onTestCaseResult: () => void seen++ }],
});
await vitest.start();
await vitest.close();
if (seen !== Number(count)) throw new Error(`${seen} tests ran, not ${count}`);
