/**
 * Uses the packed package in projects that have another vite already: `node scripts/try-managers.js TARBALL`. One is
 * managed by pnpm, one by Yarn without node_modules (Plug'n'Play). Exits 1 where a run does not work in one of them.
 */
import { spawnSync } from 'node:child_process';
import { access, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const tarball = resolve(process.argv[2] ?? '');
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ARMATURE_')));
const run = ['armature-conformance', 'run', '--target', 'mock', '--filter', 'org/getOrg/access/**'];

const managers = [
  {
    name: 'pnpm',
    install: (folder) => ['pnpm@9', 'install', '--ignore-scripts', '--store-dir', join(folder, 'store')],
    run: ['pnpm@9', 'exec', ...run],
  },
  {
    name: 'Yarn',
    files: {
      '.yarnrc.yml': 'nodeLinker: pnp\nenableScripts: false\nenableTelemetry: false\n',
      'yarn.lock': '',
    },
    install: () => ['@yarnpkg/cli-dist@4', 'install', '--no-immutable'],
    run: ['@yarnpkg/cli-dist@4', 'exec', ...run],
  },
];

for (const manager of managers) {
  const folder = await mkdtemp(join(tmpdir(), 'manager-'));
  try {
    await copyFile(tarball, join(folder, 'package.tgz'));
    const manifest = {
      name: 'consumer',
      private: true,
      type: 'module',
      devDependencies: { 'armature-conformance': 'file:./package.tgz', vite: '5.4.21' },
    };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    for (const [name, text] of Object.entries(manager.files ?? {})) await writeFile(join(folder, name), text);
    must(folder, manager.install(folder));
    must(folder, manager.run);
    await access(join(folder, 'reports', 'latest', 'results.json'));
    console.log(`${manager.name}: a run works beside vite 5.`);
  } catch (error) {
    console.error(`${manager.name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function must(cwd, args) {
  const { status, stdout, stderr } = spawnSync('npx', ['--yes', ...args], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}
