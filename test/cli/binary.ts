/** The command line as a user starts it: the compiled program in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Told } from './in-process.ts';

/** The program as npm links it. */
export const program = fileURLToPath(new URL('../../bin/armature-conformance.js', import.meta.url));

export interface Started {
  readonly child: ChildProcess;
  /** Resolves with what was written to the stream as soon as it holds the text. */
  readonly saw: (stream: 'stdout' | 'stderr', text: string) => Promise<string>;
  readonly ended: Promise<Told>;
}

/** Starts the program with no environment but the given one and the path of node. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const ended = new Promise<Told>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ exitCode: code ?? -1, ...written });
    });
  });
  const saw: Started['saw'] = (name, text) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (written[name].includes(text)) resolve(written[name]);
      };
      child[name].on('data', look);
      child.on('close', () => {
        reject(new Error(`ended without "${text}": ${written.stdout}${written.stderr}`));
      });
      look();
    });
  return { child, saw, ended };
}

/** Runs the program to its end. */
export function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Told> {
  return start(args, env).ended;
}

export interface Answering {
  readonly baseUrl: string;
  readonly requests: () => number;
  close(): Promise<void>;
}

/** A server that answers every request alike. */
export async function answering(status: number, body: string): Promise<Answering> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
