/** A target that takes its time: does anything wait in line that need not? */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aimRow, median, ratio, seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { inFolder, runNode, runSuite, startServer } from './processes.js';

const replayScript = new URL('replay.js', import.meta.url).pathname;
const latencyMs = 100;
const concurrency = 16;
const mostTimesIdeal = 1.3;

/**
 * @param options `rounds`: how often it is measured; `filter`: only these cases, for a try
 */
export async function measureLatency({ rounds, filter }) {
  return inFolder(async (folder) => {
    const walls = [];
    const ideals = [];
    const bares = [];
    for (let round = 0; round < rounds; round++) {
      const { wallMs, requests } = await timed(folder, filter);
      walls.push(wallMs);
      ideals.push((requests.length * latencyMs) / concurrency);
      bares.push(await bare(folder));
    }
    const [wall, ideal, replayed] = [walls, ideals, bares].map(median);
    return {
      title: 'Latency-bound',
      about: `The full run against a mock in a process of its own that takes ${latencyMs} ms for each answer, concurrency ${concurrency}, median of ${rounds}. The ideal is requests x ${latencyMs} ms / ${concurrency}; the bare replay is what undici and the mock make of the same requests.`,
      head: ['what', 'wall time', 'beside the ideal'],
      rows: [
        ['ideal', seconds(ideal), '1.00'],
        ['bare replay, whole process', seconds(replayed), ratio(replayed / ideal)],
        ['suite, whole process', seconds(wall), ratio(wall / ideal)],
      ],
      aims: [aimRow('whole process / ideal', wall / ideal, mostTimesIdeal)],
    };
  });
}

async function timed(folder, filter) {
  const mock = await startServer('mock-server.js', { latencyMs, record: true });
  try {
    const args = ['run', '--quiet', '--profile', 'full', '--yes', '--report-dir', join(folder, 'report')];
    const { wallMs } = await runSuite([...args, ...(filter === undefined ? [] : ['--filter', filter])], {
      env: { ...keyVariables(mock.keys), ARMATURE_BASE_URL: mock.baseUrl },
    });
    const requests = await mock.ask('requests');
    await writeFile(join(folder, 'requests.json'), JSON.stringify({ keys: mock.keys, requests }));
    return { wallMs, requests };
  } finally {
    await mock.close();
  }
}

async function bare(folder) {
  const mock = await startServer('mock-server.js', { latencyMs });
  try {
    const log = join(folder, 'requests.json');
    const args = [replayScript, log, String(concurrency), mock.baseUrl, JSON.stringify(mock.keys)];
    const ended = await runNode(args);
    if (ended.code !== 0) throw new Error(`the replay failed:\n${ended.stderr}`);
    return ended.wallMs;
  } finally {
    await mock.close();
  }
}
