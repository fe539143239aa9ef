/** A target that is started for a run, and ended with it. */
import { setTimeout as pause } from 'node:timers/promises';
import { UnreachableError, UsageError } from '../errors.ts';
import { createFormMasker } from '../secrets.ts';
import { shownAddress } from '../shown-address.ts';
import { answers } from './answers.ts';
import { startCommand, type StartedCommand } from './command.ts';

export interface StartPlan {
  /** For a shell. */
  readonly command: string;
  /** The folder that it runs in. */
  readonly cwd: string;
  /** Its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The command is up as soon as this URL answers, whatever the status. */
  readonly waitFor: string;
  /** The first part of every key: what the command writes is told with every key masked; not at all without one. */
  readonly keyPrefix: string | undefined;
  /** How long it may take until then, in ms. */
  readonly timeoutMs: number;
}

/** How long a command may take to be up, in ms: time enough for a build before the server. */
export const defaultStartTimeoutMs = 60_000;

/** A target that is up. */
export interface StartedTarget {
  /** Says how the command ended, where it has ended by itself; undefined while it runs. */
  endedEarly(): string | undefined;
  /** Ends it, with all that it started. */
  stop(): Promise<void>;
}

const lookEveryMs = 50;

/**
 * Starts the command and settles when its URL answers. Throws UsageError where something answers there already, and
 * UnreachableError, with what the command wrote last, where it ends before that or takes too long; nothing is left
 * running then.
 */
export async function startTarget(plan: StartPlan, signal?: AbortSignal): Promise<StartedTarget> {
  if (await answers(plan.waitFor)) {
    throw new UsageError(
      `Something answers at ${shownAddress(plan.waitFor)} already, so what --start starts would not be what is tested.`,
      'End it, or leave out --start.',
    );
  }
  const command = startCommand(plan.command, plan.cwd, plan.env);
  let end: string | undefined;
  void command.ended.then((how) => (end = how));
  const said = (how: string): string => {
    const what = `The command of --start (${plan.command}) ${how}.`;
    if (plan.keyPrefix === undefined) return what;
    return createFormMasker(plan.keyPrefix)(`${what}${lastWords(command)}`);
  };
  try {
    await untilUp(plan, () => end, said, signal);
  } catch (error) {
    await command.stop();
    throw error;
  }
  return {
    endedEarly: () => (end === undefined ? undefined : said(end)),
    stop: () => command.stop(),
  };
}

async function untilUp(
  { waitFor, timeoutMs }: StartPlan,
  end: () => string | undefined,
  said: (how: string) => string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await answers(waitFor, signal))) {
    signal?.throwIfAborted();
    const how = end();
    if (how !== undefined)
      throw new UnreachableError(said(`${how} before ${shownAddress(waitFor)} answered`));
    if (performance.now() > deadline) {
      throw new UnreachableError(
        said(`runs, but ${shownAddress(waitFor)} does not answer after ${timeoutMs} ms`),
        'Name the URL at which it answers by --wait-for, or give it more time by --start-timeout.',
      );
    }
    await pause(lookEveryMs, undefined, signal === undefined ? {} : { signal });
  }
}

function lastWords(command: StartedCommand): string {
  const tail = command.tail();
  return tail === '' ? ' It wrote nothing.' : ` It wrote last:\n${tail}\n`;
}
