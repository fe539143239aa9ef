/**
 * Uses the packed package as its users do, in an empty folder: `node scripts/try-package.js TARBALL`. Installs it, runs
 * the cases from there on a mock with a keys file, compiles a program against its types, does two nights of
 * examples/systemd, and looks that nothing was written into the package and that it is as small as docs/vendors.md
 * says. Exits 1 at the first thing that does not hold.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tarball = resolve(process.argv[2] ?? '');
const folder = await mkdtemp(join(tmpdir(), 'package-'));
const installed = join(folder, 'node_modules', 'armature-conformance');
const program = join(folder, 'node_modules', '.bin', 'armature-conformance');
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ARMATURE_')));

try {
  await install();
  const before = await fingerprint(installed);
  await keepSmall();
  await withMock([], async (mock) => {
    await runFromElsewhere(mock);
    await compileAgainst();
  });
  await proveItself();
  await twoNights();
  if ((await fingerprint(installed)) !== before) throw new Error('Something was written into the package.');
  console.log('The package holds.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function install() {
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  await must(0, 'npm', ['install', '--no-audit', '--no-fund', tarball]);
}

/** The suites run from within node_modules, and the reports land where the caller is. */
async function runFromElsewhere({ baseUrl, keys }) {
  await writeFile(join(folder, 'keys.yaml'), JSON.stringify(keys));
  const before = (await filesIn(join(folder, 'node_modules'))).join('\n');
  const args = ['run', '--base-url', new URL(baseUrl).origin, '--keys', 'keys.yaml'];
  await must(0, 'npx', ['--no-install', 'armature-conformance', ...args]);
  if ((await filesIn(join(folder, 'node_modules'))).join('\n') !== before)
    throw new Error('The run left something in node_modules.');
  const reports = await readdir(join(folder, 'reports', 'latest'));
  for (const name of ['results.json', 'report.html', 'conformance-statement.json', 'badge.svg'])
    if (!reports.includes(name)) throw new Error(`reports/latest has no ${name}, but ${reports.join(', ')}.`);
  const { summary } = JSON.parse(await readFile(join(folder, 'reports', 'latest', 'results.json'), 'utf8'));
  if (summary.passed < 2000) throw new Error(`Only ${summary.passed} cases passed.`);
}

/** The self-test needs nothing but the package; its record is part of the checkout alone. */
async function proveItself() {
  await must(0, program, ['selftest', '--dialect', 'plain', '--profile', 'smoke']);
  await must(2, program, ['selftest', '--dialect', 'plain', '--record']);
}

/** The types are whole, with every library checked, in a program that uses what docs/vendors.md shows and more. */
async function compileAgainst() {
  await writeFile(
    join(folder, 'use.ts'),
    `import { defineTarget, exitCodes, runConformance, UnreachableError } from 'armature-conformance';
import type { CaseResult, Results, RunEvent, TargetDefinition } from 'armature-conformance';
import { conformance, type VitestSettings } from 'armature-conformance/vitest';

const target: TargetDefinition = defineTarget({ baseUrl: 'http://127.0.0.1:4010', keys: { viewer: undefined } });
const settings: VitestSettings = { level: 'read', vitest: await import('vitest') };
conformance(target, settings);
const results: Results = await runConformance({ target, onEvent: (event: RunEvent) => event.kind });
const failed: readonly CaseResult[] = results.cases.filter(({ status }) => status === 'failed');
export const told: readonly [number, string | undefined] = [exitCodes.violations, failed[0]?.findings[0]?.message];
export const hint = (error: UnreachableError): string | undefined => error.hint;
// @ts-expect-error There is no such member: the types are no any.
results.verdicts;
// @ts-expect-error There is no such profile.
await runConformance({ target, profile: 'reed' });
`,
  );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        moduleResolution: 'nodenext',
        target: 'es2023',
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        types: ['node'],
      },
      files: ['use.ts'],
    }),
  );
  // The compiler and the types of Node are those of this checkout: what is published brings neither.
  await mkdir(join(folder, 'node_modules', '@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name)).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  await must(0, process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.']);
}

/** A night on a target that holds, then one on the same target broken: the second tells what is new. */
async function twoNights() {
  const script = join(root, 'examples', 'systemd', 'nightly.sh');
  const night = async (defect, expected) =>
    withMock(defect, async ({ baseUrl, keys }) => {
      const names = Object.keys(keys);
      await writeFile(
        join(folder, 'conformance.config.yaml'),
        `targets:\n  staging:\n    base-url: ${baseUrl}\n    keys:\n${names
          .map((name) => `      ${name}: '\${${nightVariable(name)}}'\n`)
          .join('')}`,
      );
      const given = Object.fromEntries(names.map((name) => [nightVariable(name), keys[name]]));
      return must(expected, 'sh', [script, folder, 'staging'], given);
    });
  await night([], 0);
  const told = await night(['--defect', 'auth-revoked-counts'], 1);
  if (!/org\/getOrg\/authentication\/revoked/.test(told) || !/[Nn]ew violations/.test(told))
    throw new Error(`The second night does not tell what is new:\n${told}`);
}

function nightVariable(name) {
  return `NIGHT_${name.toUpperCase()}`;
}

/** The bounds stand in the table of docs/vendors.md, and nowhere else. */
async function keepSmall() {
  const guide = await readFile(join(root, 'docs', 'vendors.md'), 'utf8');
  const packed = (await stat(tarball)).size / 1e3;
  const [own, all] = [await measure(installed), await measure(join(folder, 'node_modules'))];
  const measured = {
    'files in the package': own.files,
    'the package, packed, kB': packed,
    'the package, unpacked, kB': own.bytes / 1e3,
    'files with all that it needs': all.files,
    'MB on disk with all that it needs': all.blocks / 1e6,
  };
  for (const [what, size] of Object.entries(measured)) {
    const bound = new RegExp(`^\\| ${what} +\\| +(\\d+) \\|$`, 'm').exec(guide)?.[1];
    console.log(`${what}: ${Math.round(size)} of ${bound}`);
    if (bound === undefined || size > Number(bound))
      throw new Error(`${what}: ${Math.round(size)}, and docs/vendors.md says at the most ${bound}.`);
  }
}

/** Files, bytes and bytes of blocks of all that is in a folder. */
async function measure(path) {
  const sum = { files: 0, bytes: 0, blocks: 0 };
  for (const file of await filesIn(path)) {
    const { size, blocks } = await lstat(file);
    sum.files += 1;
    sum.bytes += size;
    sum.blocks += blocks * 512;
  }
  return sum;
}

/** What is in a folder, names and contents, as one text that changes with it. */
async function fingerprint(path) {
  const hash = createHash('sha256');
  for (const file of await filesIn(path)) hash.update(`${file}\0`).update(await readFile(file));
  return hash.digest('hex');
}

async function filesIn(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Does something while the mock of the installed package is up. */
async function withMock(args, work) {
  const mock = spawn(program, ['mock', ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    let text = '';
    while (!text.includes('OTHER_ORG')) text += String((await once(mock.stdout, 'data'))[0]);
    const exported = Object.fromEntries(
      [...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, ...pair]) => pair),
    );
    const { credentials } = await (await import(join(installed, 'dist/src/contract/load.js'))).loadContract();
    const keys = Object.fromEntries(
      Object.values(credentials).map(({ key, env: name }) => [key, exported[name]]),
    );
    return await work({ baseUrl: exported.ARMATURE_BASE_URL, keys });
  } finally {
    mock.kill();
  }
}

/** Runs a command to its end and gives what it told; throws where it ends otherwise than it must. */
async function must(expected, command, args, more = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env: { ...env, ...more },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === expected) return stdout;
  const words = [command, ...args].map((word) => word.replace(dirname(folder), '')).join(' ');
  throw new Error(`${words}: ended with ${status} where ${expected} was expected:\n${stdout}${stderr}`);
}
