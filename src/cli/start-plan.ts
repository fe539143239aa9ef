import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { hasUserInfo } from '../shown-address.ts';
import { defaultStartTimeoutMs, type StartPlan } from '../start/with-started.ts';
import type { NamedTarget } from './config-file.ts';
import type { Flags } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

type StartFlags = Flags<'start' | 'waitFor' | 'startTimeout' | 'baseUrl'>;

/** Throws UsageError for an address to wait for that holds a user name or password: nothing could be sent there. */
export function requireOpenAddress(waitFor: string | undefined): void {
  if (waitFor === undefined || !hasUserInfo(waitFor)) return;
  throw new UsageError(
    'The URL of --wait-for holds a user name or password, which is not sent.',
    'Give it without: any answer will do, also one that refuses.',
  );
}

/** Throws UsageError where --start has no target, an option of it no --start, or its URL a password. */
export function requireStartable({ start, waitFor, startTimeout, baseUrl }: StartFlags): void {
  requireOpenAddress(waitFor);
  if (start === undefined && (waitFor !== undefined || startTimeout !== undefined)) {
    throw new UsageError(
      `${waitFor === undefined ? '--start-timeout' : '--wait-for'} is given, but no --start.`,
      'Name the command by --start.',
    );
  }
  if (start !== undefined && baseUrl === undefined) {
    throw new UsageError('--start is given, but no target.', 'Name by --base-url what the command serves.');
  }
}

/**
 * What is to be started for a run, or undefined where nothing is. A command of the configuration runs in the folder
 * of its file, one of a flag in the current folder.
 */
export function startPlanOf(
  { start, waitFor, startTimeout }: StartFlags,
  { baseUrl, keyPrefix }: { readonly baseUrl: string; readonly keyPrefix: string | undefined },
  named: NamedTarget | undefined,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): StartPlan | undefined {
  if (start === undefined) return undefined;
  return {
    command: start,
    cwd: named?.flags.start === start ? dirname(resolve(cwd, named.file)) : cwd,
    env,
    waitFor: waitFor ?? baseUrl,
    keyPrefix,
    timeoutMs: startTimeout ?? defaultStartTimeoutMs,
  };
}
