import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors.ts';
import { isLoopback } from './base-url.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Lets the profile `full` loose on a target only where the user means it: `full` creates, changes and archives, and
 * nothing deletes the sources that it makes. On this machine nothing is asked; elsewhere `--yes`, or an answer on
 * the terminal. Throws UsageError where there is neither.
 */
export async function confirmFull(baseUrl: string, yes: boolean, surroundings: Surroundings): Promise<void> {
  if (yes || isLoopback(baseUrl)) return;
  const warning = `The profile full creates, changes and archives on ${baseUrl}, and some of it stays for good.`;
  if (surroundings.stdin.isTTY !== true || surroundings.stderr.isTTY !== true) {
    throw new UsageError(warning, 'Add --yes to allow it, or leave out --profile full.');
  }
  const prompt = createInterface({ input: surroundings.stdin, output: surroundings.stderr });
  try {
    const answer = await prompt.question(`${warning}\nGo on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new UsageError('Nothing was sent.', 'Leave out --profile full to only read.');
  } finally {
    prompt.close();
  }
}
