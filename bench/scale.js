/** Flat as it grows: planning, run and report for plans of a thousand, ten thousand and a hundred thousand cases. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratio, seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { openReport } from './open-report.js';
import { inFolder, program, runNode, runSuite, startServer } from './processes.js';
import { writeSynthetic } from './synthetic.js';

const script = (name) => new URL(name, import.meta.url).pathname;
const mostGrowth = 1.3;
const mostMs = 90_000;
const mostMb = 1_024;
const concurrency = 16;

/** @param options `sizes`: how many cases, from least to most */
export async function measureScale({ sizes }) {
  return inFolder(async (folder) => {
    const measured = [];
    for (const size of sizes) {
      const one = await measureSize(folder, size);
      measured.push(one);
      // A run that is cut short leaves what it has.
      console.error(JSON.stringify(one));
    }
    return toSection(measured);
  });
}

async function measureSize(folder, wanted) {
  const contract = await writeSynthetic(folder, wanted);
  const files = ['--matrix', contract.matrix, '--specs', contract.specs];
  const planned = JSON.parse((await ok([script('scale-plan.js'), contract.matrix, contract.specs])).stdout);
  const server = await startServer('synthetic-server.js', contract);
  try {
    const env = { ...keyVariables(server.keys), ARMATURE_BASE_URL: server.baseUrl };
    const run = (report, ...more) =>
      runSuite(['run', '--quiet', '--profile', 'full', '--yes', '--report-dir', report, ...files, ...more], {
        env,
      });
    const start = await run(join(folder, 'one'), '--filter', 'org/getOrg/access/viewer');
    const before = (await server.ask('seen')).count;
    const report = join(folder, 'report');
    const whole = await run(report);
    const requests = (await server.ask('seen')).count - before;
    const reported = await ok([program, 'report', report, '--quiet']);
    const html = join(report, 'report.html');
    const opened = await openReport(html);
    const empty = await ok([script('empty-vitest.js'), String(contract.cases), folder]);
    const bare = await bareRequests(folder, server, requests);
    return {
      ...contract,
      ...planned,
      requests,
      startMs: start.wallMs,
      runMs: whole.wallMs,
      runCpuMs: whole.cpuMs,
      peakMb: whole.peakMb,
      reportMs: reported.wallMs,
      emptyMs: empty.wallMs,
      emptyMb: empty.peakMb,
      bareMs: bare.requestMs,
      htmlMb: (await stat(html)).size / 1024 ** 2,
      opened: opened?.readyMs,
    };
  } finally {
    await server.close();
  }
}

async function ok(args) {
  const ended = await runNode(args);
  if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}:\n${ended.stderr}`);
  return ended;
}

/** As many plain reads over undici as the run sent requests: what sending alone costs. */
async function bareRequests(folder, server, count) {
  const log = join(folder, 'requests.json');
  const headers = ['accept', 'application/json', 'authorization', `Bearer ${server.keys.viewer}`];
  const one = {
    method: 'GET',
    path: `${new URL(server.baseUrl).pathname}/org`,
    headers,
    body: '',
    status: 200,
  };
  await writeFile(log, JSON.stringify({ keys: {}, times: count, requests: [one] }));
  const args = [script('replay.js'), log, String(concurrency), server.baseUrl, JSON.stringify(server.keys)];
  return JSON.parse((await ok(args)).stdout);
}

/** ms that a case costs in a run, the start-up taken off. */
function runOf({ runMs, startMs, cases }) {
  return (runMs - startMs) / cases;
}

/** The section of the results that plans of several sizes give, from least to most. */
function toSection(measured) {
  const [least, most] = [measured[0], measured.at(-1)];
  const rows = measured.map((one) => [
    String(one.cases),
    String(one.requests),
    perCase(one.planMs / one.cases),
    perCase(runOf(one)),
    perCase(one.reportMs / one.cases),
    seconds(one.runMs),
    `${one.peakMb.toFixed(0)} MB`,
    ratio(one.runMs / one.emptyMs),
    ratio((one.runMs - one.startMs) / one.bareMs),
    one.opened === undefined ? 'no browser' : `${one.htmlMb.toFixed(1)} MB, ${seconds(one.opened)}`,
  ]);
  const growth = (what, costOf) => {
    const grown = costOf(most) / costOf(least);
    return { what, measured: ratio(grown), aim: `at most ${mostGrowth}`, met: grown <= mostGrowth };
  };
  const largest = `${most.cases} cases`;
  return {
    title: 'Scale',
    about: `Contracts made of the package's own facts, with so many resources of five operations each, run by the command line against a server in a process of its own that does little for a request. A case costs in a run what is left when the start-up (a run of one case of the same contract) is taken off. Empty vitest is as many empty concurrent tests; bare is as many plain reads over undici as the run sent requests.`,
    head: [
      'cases',
      'requests',
      'plan a case',
      'run a case',
      'report a case',
      'run',
      'peak memory',
      'run / empty vitest',
      'run / bare',
      'report.html opens',
    ],
    rows,
    aims: [
      growth(`planning a case at ${largest} / at ${least.cases}`, (one) => one.planMs / one.cases),
      growth(`running a case at ${largest} / at ${least.cases}`, runOf),
      growth(`reporting a case at ${largest} / at ${least.cases}`, (one) => one.reportMs / one.cases),
      {
        what: `a run of ${largest}`,
        measured: seconds(most.runMs),
        aim: `at most ${seconds(mostMs)}`,
        met: most.runMs <= mostMs,
      },
      {
        what: `peak memory at ${largest}`,
        measured: `${most.peakMb.toFixed(0)} MB`,
        aim: `at most ${mostMb} MB`,
        met: most.peakMb <= mostMb,
      },
    ],
  };
}

const perCase = (ms) => `${ms.toFixed(ms < 0.1 ? 3 : 2)} ms`;
