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
  await confirm(
    `The profile full creates, changes and archives on ${baseUrl}, and some of it stays for good.`,
    {
      unasked: 'Add --yes to allow it, or leave out --profile full.',
      refused: 'Leave out --profile full to only read.',
    },
    surroundings,
  );
}

/**
 * Asks on the terminal whether something may be done.
 * @param hints what to do where there is no terminal to ask on, and where the answer is no: both throw UsageError
 */
export async function confirm(
  warning: string,
  hints: { readonly unasked: string; readonly refused: string },
  { stdin, stderr }: Surroundings,
): Promise<void> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) throw new UsageError(warning, hints.unasked);
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await prompt.question(`${warning}\nGo on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was sent.', hints.refused);
  } finally {
    prompt.close();
  }
}
