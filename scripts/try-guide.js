/**
 * Does what docs/vendors.md tells a vendor to do, in an empty folder and in its order: `node scripts/try-guide.js
 * TARBALL`. A block with `file=` is written, a block `sh` is run and must end with 0, or with its `exit=`, and each line
 * of a block `text` must be in what was told last; `…` stands for anything. Exits 1 at the first step that fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fencedBlocks } from './fenced-blocks.js';

const guide = fileURLToPath(new URL('../docs/vendors.md', import.meta.url));
const tarball = resolve(process.argv[2] ?? '');
// The one port that the guide names, so that two of these do not meet.
const port = await freePort();
const folder = await mkdtemp(join(tmpdir(), 'guide-'));
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ARMATURE_')));

let told = '';
try {
  for (const block of fencedBlocks(await readFile(guide, 'utf8'))) {
    const text = block.text.replaceAll('4010', String(port));
    if (block.words.file !== undefined) await writeFile(join(folder, block.words.file), text);
    else if (block.language === 'sh') told = run(text, Number(block.words.exit ?? 0), block.line);
    else if (block.language === 'text') requireTold(text, block.line);
    else throw new Error(`vendors.md:${block.line}: a block that is neither written, run nor compared`);
  }
  console.log('The guide holds.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a block and gives all that it told; throws where it ends otherwise than it must. */
function run(commands, expected, line) {
  // What is published is installed by its name; here it is the file that was packed a moment ago.
  const local = commands.replace(/(?<=^npm install .*)armature-conformance$/m, () => tarball);
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', local], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1', COLUMNS: '300' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === expected) return `${stdout}\n${stderr}`;
  throw new Error(
    `vendors.md:${line}: ended with ${status} where ${expected} was expected:\n${commands}${stdout}${stderr}`,
  );
}

function requireTold(lines, line) {
  for (const wanted of lines.trim().split('\n')) {
    const pattern = wanted.trim().split('…').map(escaped).join('.*');
    if (new RegExp(pattern).test(told)) continue;
    throw new Error(`vendors.md:${line}: "${wanted}" was not told. This was:\n${told}`);
  }
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/ +/g, ' +');
}

function freePort() {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => settle(free));
    });
  });
}
