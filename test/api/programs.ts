/** Programs that use the package by its name, in processes of their own. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

/** A folder within the package, from which its own name leads to it, and away with it. */
export async function vendorFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(await parent(), 'vendor-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function parent(): Promise<string> {
  const folder = join(packageRoot, 'reports', 'vendors');
  await mkdir(folder, { recursive: true });
  return folder;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs node in a folder to its end, with no environment but the given one. */
export function node(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, ...written }));
  });
}

/** Runs a program of the text in a folder. */
export async function program(folder: string, text: string, env?: Record<string, string>): Promise<Ended> {
  const file = join(folder, 'program.mjs');
  await writeFile(file, text);
  return node(folder, [file], env);
}
