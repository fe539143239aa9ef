/** Whole processes, timed from outside: wall time, CPU time and the most memory that they had. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program under measurement. */
export const program = fileURLToPath(new URL('../bin/armature-conformance.js', import.meta.url));
const meter = new URL('meter.js', import.meta.url).href;

/** No process of a benchmark runs longer, in ms. */
const longest = 900_000;

/** A folder that is removed when the work in it is done. */
export async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a script of Node to its end. Gives its exit code, what it wrote, and from outside `wallMs`, from inside
 * `cpuMs` and `peakMb` (resident memory). Never throws for what the script does.
 */
export async function runNode(args, { env = {}, nodeArgs = [], timeoutMs = longest } = {}) {
  return inFolder(async (folder) => {
    const metered = join(folder, 'meter.json');
    const startedAt = Date.now();
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', meter, ...nodeArgs, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env, BENCH_METER: metered },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const [code] = await once(child, 'close');
    const wallMs = performance.now() - started;
    const used = await readFile(metered, 'utf8').then(JSON.parse, () => ({ cpuMs: NaN, peakMb: NaN }));
    return { code, stdout, stderr, startedAt, wallMs, ...used };
  });
}

/** Runs the suite; throws unless it ends with the exit code that is expected. */
export async function runSuite(args, { exitCode = 0, ...options } = {}) {
  const ended = await runNode([program, ...args], options);
  if (ended.code === exitCode) return ended;
  throw new Error(`${args.join(' ')} ended with ${ended.code}:\n${ended.stdout}${ended.stderr}`);
}

/**
 * A server of the benchmarks in a process of its own: a script of this folder that tells `{ baseUrl, keys }` when it
 * listens. `ask` sends it a message and gives its answer, `close` ends it.
 */
export async function startServer(script, options = {}) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(options)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${code}`);
  });
  ended.catch(() => undefined);
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const { baseUrl, keys } = await answer();
  return {
    baseUrl,
    keys,
    async ask(message) {
      const answered = answer();
      child.send(message);
      return answered;
    },
    async close() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
