/** What the suite costs beside the bare requests: a full run, and a replay of exactly what it sent. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aimRow, median, ratio, seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { inFolder, runNode, runSuite, startServer } from './processes.js';

const replayScript = new URL('replay.js', import.meta.url).pathname;
const concurrency = 16;
const mostTimesBare = 3;
const mostStartMs = 1_500;

/** @param rounds how often each is measured; the figures are medians */
export async function measureOverhead({ rounds }) {
  return inFolder(async (folder) => {
    const log = join(folder, 'requests.json');
    const recorded = await record(folder);
    await writeFile(log, JSON.stringify(recorded));
    const embedded = { suite: [], bare: [], alike: [] };
    const separate = { suite: [], bare: [], alike: [] };
    const starts = [];
    const firstRequests = [];
    for (let round = 0; round < rounds; round++) {
      embedded.suite.push((await runSuite([...full(folder), '--target', 'mock'])).wallMs);
      takeReplay(embedded, await bare([log, String(concurrency)]));
      await withMock(async (mock) => {
        const ended = await runSuite(full(folder), against(mock));
        separate.suite.push(ended.wallMs);
        firstRequests.push((await mock.ask('seen')).firstAt - ended.startedAt);
      });
      await withMock(async (mock) =>
        takeReplay(separate, await bare([log, String(concurrency), mock.baseUrl, JSON.stringify(mock.keys)])),
      );
      const one = [...full(folder), '--filter', 'org/getOrg/access/viewer'];
      await withMock(async (mock) => starts.push((await runSuite(one, against(mock))).wallMs));
    }
    return toSection({
      requests: recorded.requests.length,
      rounds,
      embedded,
      separate,
      starts,
      firstRequests,
    });
  });
}

const full = (folder) => [
  'run',
  '--quiet',
  '--profile',
  'full',
  '--yes',
  '--report-dir',
  join(folder, 'report'),
];
const against = (mock) => ({ env: { ...keyVariables(mock.keys), ARMATURE_BASE_URL: mock.baseUrl } });

/** Every request of a full run, as the mock saw it: the exchanges in results.json have their keys masked. */
async function record(folder) {
  return withMock(
    async (mock) => {
      await runSuite(full(folder), against(mock));
      return { keys: mock.keys, requests: await mock.ask('requests') };
    },
    { record: true },
  );
}

async function withMock(work, options = {}) {
  const mock = await startServer('mock-server.js', options);
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}

async function bare(args) {
  const ended = await runNode([replayScript, ...args]);
  if (ended.code !== 0) throw new Error(`the replay failed:\n${ended.stderr}`);
  return { wallMs: ended.wallMs, ...JSON.parse(ended.stdout) };
}

function takeReplay(into, { wallMs, requests, alike }) {
  into.bare.push(wallMs);
  into.alike.push(alike / requests);
}

/** The suite's time as so many of the replay's, the median of the rounds. */
function times({ suite, bare: replayed }) {
  return median(suite.map((ms, index) => ms / replayed[index]));
}

function toSection({ requests, rounds, embedded, separate, starts, firstRequests }) {
  const shown = (name, { suite, bare: replayed, alike }) => [
    name,
    seconds(median(suite)),
    seconds(median(replayed)),
    ratio(times({ suite, bare: replayed })),
    `${(100 * median(alike)).toFixed(0)} %`,
  ];
  return {
    title: 'Overhead',
    about: `The full run beside a bare undici replay of its ${requests} requests at the same concurrency (${concurrency}), whole processes, median of ${rounds}. Each ratio is of two processes run one after the other. The last column says how many of the replayed requests were answered with the same status: ids of what is made differ.`,
    head: ['target', 'suite', 'bare replay', 'ratio', 'same status'],
    rows: [shown('embedded mock', embedded), shown('mock in a process of its own', separate)],
    aims: [
      aimRow('whole process on the embedded mock / bare replay', times(embedded), mostTimesBare),
      aimRow('whole process on a separate mock / bare replay', times(separate), mostTimesBare),
      aimRow('start-up: spawn to the first request', median(firstRequests), mostStartMs, seconds),
      aimRow('start-up: whole process of a run of one case', median(starts), mostStartMs, seconds),
    ],
  };
}
