/** Beside the peers: the same document and the same mock; wall time, checks, and defects of the mock that are caught. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defects } from '../dist/mock/index.js';
import { spread } from '../dist/src/selftest/spread.js';
import { seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { documentFor } from './peers/document.js';
import { installPeer, peers } from './peers/install.js';
import { tools } from './peers/tools.js';
import { inFolder, runNode, program, startServer } from './processes.js';

/** The longest that one call of a peer may take, and the longest for all defects of one peer, in ms. */
const longestCall = 60_000;
const longestPeer = 60_000;
/** This suite has more to do; all defects fit on a quiet machine. */
const longestSuite = 240_000;

/** @param options `defects`: how many of the catalogue, spread over the facts that they break */
export async function measurePeers({ defects: count }) {
  const must = defects.filter(({ level }) => level === 'must');
  const sample = spread(must, count, 'bench', { idOf: ({ id }) => id, groupOf: ({ fact }) => fact });
  return inFolder(async (folder) => {
    const rows = [];
    const notes = [];
    for (const tool of tools) {
      const versions = peers[tool.name].packages.join(', ');
      notes.push(`- ${versions}: ${tool.configuration}.`);
      rows.push([versions, ...(await measured(() => measurePeer(join(folder, tool.name), tool, sample)))]);
    }
    rows.push([
      'armature-conformance',
      ...(await measured(() => measureSuite(join(folder, 'suite'), sample))),
    ]);
    return {
      title: 'Beside the peers',
      about: `Each gets the document that \`armature-conformance openapi\` writes, with an example for each id and body, and a fresh mock in a process of its own. Its time is that of one whole run on the mock without a defect, generating tests not counted; "failed" are checks that fail there already. Then the ${sample.length} defects, spread over the facts of the matrix, one at a time: caught is a defect with which a check fails that did not before. The peers have one key, the owner's, since each takes one; this suite has every key. A peer that takes long is shown fewer defects (${seconds(longestPeer)} in all).`,
      head: ['tool', 'wall time', 'checks', 'checks a second', 'failed', 'defects caught'],
      rows,
      aims: [],
      notes: [notes.join('\n'), `The defects: ${sample.map(({ id }) => id).join(', ')}.`],
    };
  });
}

/** The cells of a tool; the reason where it does not work here. */
async function measured(measure) {
  try {
    const { wallMs, checks, failed, caught, tried } = await measure();
    return [seconds(wallMs), checks, ((checks * 1000) / wallMs).toFixed(0), failed, `${caught} of ${tried}`];
  } catch (error) {
    return ['', '', '', '', `does not run here: ${error.message.split('\n')[0]}`];
  }
}

async function measurePeer(folder, tool, sample) {
  const installed = await installPeer(tool.name);
  if (installed.reason !== undefined) throw new Error(installed.reason);
  await mkdir(folder);
  const call = (commands) => callAll(installed.folder, folder, commands);
  const runOn = async (target) => {
    await tool.settle?.({ folder, target });
    const ended = await call(tool.commands({ folder, target }));
    return { ...ended, ...(await tool.read({ folder, ...ended })) };
  };
  const usual = await onMock({}, async (target) => {
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(await documentFor(target)));
    await call(await tool.prepare({ folder, target }));
    return runOn(target);
  });
  if (usual.count === 0) throw new Error(`it checked nothing: ${usual.stdout.trim().slice(-200)}`);
  const known = new Set(usual.failed);
  const judged = await judgeDefects(sample, (defect) =>
    onMock({ defect }, async (target) => (await runOn(target)).failed.some((name) => !known.has(name))),
  );
  return { wallMs: usual.wallMs, checks: usual.count, failed: known.size, ...judged };
}

async function measureSuite(folder, sample) {
  const runOn = async (target) => {
    const args = ['run', '--quiet', '--profile', 'full', '--yes', '--report-dir', folder];
    const env = { ...keyVariables(target.keys), ARMATURE_BASE_URL: target.baseUrl };
    const ended = await runNode([program, ...args], { env });
    const { cases } = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'));
    return { ...ended, cases };
  };
  const usual = await onMock({}, runOn);
  const judged = await judgeDefects(
    sample,
    (defect) => onMock({ defect }, async (target) => (await runOn(target)).code === 1),
    longestSuite,
  );
  const failed = usual.cases.filter(({ status }) => status === 'failed').length;
  return { wallMs: usual.wallMs, checks: usual.cases.length, failed, ...judged };
}

/** How many of the defects are caught, of how many that there was time for. */
async function judgeDefects(sample, catches, most = longestPeer) {
  const started = performance.now();
  let caught = 0;
  let tried = 0;
  for (const { id } of sample) {
    if (performance.now() - started > most) break;
    tried++;
    if (await catches(id)) caught++;
  }
  return { caught, tried };
}

async function onMock(options, work) {
  const mock = await startServer('mock-server.js', options);
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}

/** Calls binaries of a peer one after the other; gives the output of the last and the time of all. */
async function callAll(installed, cwd, commands) {
  const started = performance.now();
  let stdout = '';
  for (const [name, args, env = {}] of commands) {
    const child = spawn(join(installed, 'node_modules', '.bin', name), args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestCall,
      killSignal: 'SIGKILL',
    });
    stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stdout += text));
    await once(child, 'close');
  }
  return { stdout, wallMs: performance.now() - started };
}
