/** Four processes on one machine, each with a shard, against a slow target: how much sooner is the whole plan done? */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratio, seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { inFolder, runSuite, startServer } from './processes.js';

const shards = 4;
const latencyMs = 50;
const concurrency = 4;
/** Near-linear: three quarters of what four times as many processes could give at best. */
const leastSpeedUp = 3;

/** @param options `filter`: only these cases, for a try */
export async function measureSharded({ filter }) {
  return inFolder(async (folder) => {
    const asked = filter === undefined ? [] : ['--filter', filter];
    const run = (mock, report, ...more) =>
      runSuite(['run', '--quiet', '--profile', 'full', '--yes', '--report-dir', report, ...asked, ...more], {
        env: {
          ...keyVariables(mock.keys),
          ARMATURE_BASE_URL: mock.baseUrl,
          ARMATURE_CONCURRENCY: String(concurrency),
        },
      });
    const whole = join(folder, 'whole');
    const single = await withSlowMock((mock) => run(mock, whole));
    const parts = Array.from({ length: shards }, (_, index) => join(folder, `shard-${index + 1}`));
    const started = performance.now();
    await withSlowMock((mock) =>
      Promise.all(parts.map((part, index) => run(mock, part, '--shard', `${index + 1}/${shards}`))),
    );
    const apartMs = performance.now() - started;
    const merged = join(folder, 'merged');
    const merge = await runSuite(['merge', ...parts, '--report-dir', merged, '--quiet']);
    const [cases, together] = await Promise.all([casesIn(whole), casesIn(merged)]);
    if (cases !== together) throw new Error(`the shards hold ${together} cases, the whole ${cases}`);
    const speedUp = single.wallMs / (apartMs + merge.wallMs);
    return {
      title: 'Sharded',
      about: `The full run (${cases} cases) against a mock in a process of its own that takes ${latencyMs} ms for each answer, concurrency ${concurrency} in each process: one process, and ${shards} at the same time, each with a shard, whose results are then merged.`,
      head: ['what', 'wall time', 'one process / this'],
      rows: [
        ['one process', seconds(single.wallMs), '1.00'],
        [`${shards} shards, until the last one is done`, seconds(apartMs), ratio(single.wallMs / apartMs)],
        ['merging them', seconds(merge.wallMs), ''],
        ['shards and merge', seconds(apartMs + merge.wallMs), ratio(speedUp)],
      ],
      aims: [
        {
          what: `one process / ${shards} shards and their merge`,
          measured: ratio(speedUp),
          aim: `near-linear: at least ${ratio(leastSpeedUp)} of ${shards}`,
          met: speedUp >= leastSpeedUp,
        },
      ],
    };
  });
}

async function withSlowMock(work) {
  const mock = await startServer('mock-server.js', { latencyMs });
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}

async function casesIn(report) {
  return JSON.parse(await readFile(join(report, 'results.json'), 'utf8')).cases.length;
}
