/**
 * Installs the peers into a folder of their own, outside of this project: `node bench/peers/install.js [name…]`.
 * What is there already is left as it is; a peer that does not install is told, and the others go on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The packages of each peer, by its name. */
export const peers = JSON.parse(await readFile(new URL('peers.json', import.meta.url), 'utf8'));

/** Where the peers are installed; a temporary folder, so that nothing of them gets into the project. */
export const peersFolder = join(tmpdir(), 'armature-conformance-peers');

/** The longest that one peer may take to install, in ms. */
const longest = 240_000;

/** Installs one peer. Gives its folder, or why it does not install. */
export async function installPeer(name) {
  const folder = join(peersFolder, name);
  const done = join(folder, 'installed.json');
  const { packages } = peers[name];
  const wanted = JSON.stringify(packages);
  try {
    await access(done);
    if ((await readFile(done, 'utf8')) === wanted) return { folder };
  } catch {
    // Not there yet.
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const args = ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error', ...packages];
  const npm = spawn('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.timeout(longest),
  });
  let said = '';
  npm.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  npm.on('error', () => undefined);
  const [code] = await once(npm, 'close');
  if (code !== 0) return { reason: `npm could not install it: ${said.trim().split('\n')[0] ?? ''}` };
  await writeFile(done, wanted);
  return { folder };
}

if (import.meta.main ?? process.argv[1]?.endsWith('install.js')) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(peers);
  for (const name of names) console.log(name, await installPeer(name));
}
