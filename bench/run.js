/**
 * The benchmarks: `npm run bench`. Writes bench/results.md, anew after each benchmark, so that a run that is cut short
 * leaves what it has. Takes about twenty minutes on two quiet cores, most of it for the plan of a hundred thousand
 * cases and for the peers. `--quick` is a try on small plans, `--only a,b` measures these alone; both print the results
 * and leave the file as it is. Starts every server that it talks to, on the loopback interface.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { measureLatency } from './latency.js';
import { machineText } from './machine.js';
import { measureOverhead } from './overhead.js';
import { measurePeers } from './peers.js';
import { resultsText } from './results-text.js';
import { measureReportPage } from './report-page.js';
import { measureScale } from './scale.js';
import { measureSharded } from './sharded.js';

const resultsFile = fileURLToPath(new URL('results.md', import.meta.url));

/** In the order in which they are told. */
const benchmarks = {
  overhead: { measure: measureOverhead, whole: { rounds: 3 }, quick: { rounds: 1 } },
  latency: { measure: measureLatency, whole: { rounds: 1 }, quick: { rounds: 1, filter: 'org/**' } },
  scale: {
    measure: measureScale,
    whole: { sizes: [1_000, 10_000, 100_000] },
    quick: { sizes: [1_000, 3_000] },
  },
  page: {
    measure: measureReportPage,
    whole: { cases: 20_000, rounds: 5 },
    quick: { cases: 20_000, rounds: 1 },
  },
  sharded: { measure: measureSharded, whole: {}, quick: { filter: 'org/**' } },
  peers: { measure: measurePeers, whole: { defects: 12 }, quick: { defects: 2 } },
};
/** In the order in which they are measured: what takes longest comes last. */
const order = ['overhead', 'latency', 'page', 'sharded', 'peers', 'scale'];

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const names = values.only?.split(',') ?? order;
const unknown = names.find((name) => benchmarks[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. Known: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}
const whole = !values.quick && values.only === undefined;

const sections = {};
for (const name of names) {
  const { measure, ...options } = benchmarks[name];
  console.error(`${name} …`);
  const started = performance.now();
  sections[name] = await measure(values.quick ? options.quick : options.whole);
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (whole) await writeFile(resultsFile, await page());
}
if (!whole) console.log(await page());

/** What was measured so far, as Markdown. */
async function page() {
  const told = Object.keys(benchmarks).flatMap((name) => sections[name] ?? []);
  const config = await resolveConfig(resultsFile);
  return format(resultsText(machineText(), told), { ...config, parser: 'markdown' });
}
