/** A command that the run starts and ends: a vendor's mock, such as `npm run mock`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

export interface StartedCommand {
  /** Settles with the way it ended, in words, once it has, whoever ended it. */
  readonly ended: Promise<string>;
  /** What it wrote last, on either stream; a few lines. */
  tail(): string;
  /** Ends it with all that it started, by force after five seconds; settles when nothing of it is left. */
  stop(): Promise<void>;
}

/** Of the output, as much is kept as tells why a server does not start. */
const keptCharacters = 4_000;
const shownLines = 15;

/**
 * Starts a command with a shell, in a process group of its own. It ends with this process, however that ends.
 * @param cwd the folder that it runs in
 * @param env its whole environment
 */
export function startCommand(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): StartedCommand {
  const leash = spawn(process.execPath, [join(packageRoot, 'bin', 'leash.js'), cwd, command], {
    env: { ...env },
    // Not of the group that a terminal sends Ctrl-C to.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [leash.stdout, leash.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-keptCharacters);
    });
  }
  // The command may be gone before it is told to go.
  leash.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    leash.on('error', (error) => resolve(`could not be started: ${error.message}`));
    leash.on('close', (code, signal) =>
      resolve(code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${code}`),
    );
  });
  return {
    ended,
    tail: () => written.trimEnd().split('\n').slice(-shownLines).join('\n'),
    stop: async () => {
      leash.stdin.end();
      await ended;
    },
  };
}
