/**
 * The benchmarks: `npm run bench`. Writes bench/results.md; takes about twenty minutes, most of it for the plan of a
 * hundred thousand cases and for the peers. `--quick` is a try of two to three minutes on small plans, `--only a,b`
 * measures these alone; both print the results and leave the file as it is. Starts every server that it talks to, on
 * the loopback interface.
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
import { measureScale } from './scale.js';
import { measureSharded } from './sharded.js';

const resultsFile = fileURLToPath(new URL('results.md', import.meta.url));
const benchmarks = {
  overhead: { measure: measureOverhead, whole: { rounds: 3 }, quick: { rounds: 1 } },
  latency: { measure: measureLatency, whole: { rounds: 1 }, quick: { rounds: 1, filter: 'org/**' } },
  scale: {
    measure: measureScale,
    whole: { sizes: [1_000, 10_000, 100_000] },
    quick: { sizes: [1_000, 3_000] },
  },
  sharded: { measure: measureSharded, whole: {}, quick: { filter: 'org/**' } },
  peers: { measure: measurePeers, whole: { defects: 12 }, quick: { defects: 2 } },
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(benchmarks);
const unknown = names.find((name) => benchmarks[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. Known: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}

const sections = [];
for (const name of names) {
  const { measure, whole, quick } = benchmarks[name];
  console.error(`${name} …`);
  const started = performance.now();
  sections.push(await measure(values.quick ? quick : whole));
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
const config = await resolveConfig(resultsFile);
const text = await format(resultsText(machineText(), sections), { ...config, parser: 'markdown' });
if (values.quick || values.only !== undefined) console.log(text);
else await writeFile(resultsFile, text);
