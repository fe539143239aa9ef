/** From what a program asks for to a run that can begin: the same checks and defaults as on the command line. */
import { resolve } from 'node:path';
import { inClear, isLoopback, normalizeBaseUrl } from '../cli/base-url.ts';
import { gatherKeys, givenKeys, type GatheredKeys } from '../cli/gather-keys.ts';
import { runOptionsOf } from '../cli/run-options.ts';
import { sendingOf } from '../cli/settle.ts';
import { requireOpenAddress } from '../cli/start-plan.ts';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import type { RunOptions } from '../run/run-options.ts';
import { defaultStartTimeoutMs, type StartPlan } from '../start/with-started.ts';
import { flagsOfSettings, parsed } from './flags.ts';
import type { RunHooks, RunSettings } from './settings.ts';
import { defineTarget, type TargetDefinition } from './target.ts';

/** A run that can begin. */
export interface SettledRun {
  readonly options: RunOptions;
  /** What the caller should know of the keys, a line each, before anything is sent. */
  readonly notes: readonly string[];
  readonly start?: StartPlan;
  readonly reportDir?: string;
  readonly har: NonNullable<RunSettings['har']>;
}

/**
 * Checks all that is asked for; nothing is started, sent or written yet. Throws UsageError and ContractError for what
 * is wrong.
 * @param besides members of the options that the caller reads itself
 */
export async function settleRun(
  target: TargetDefinition,
  given: RunSettings & RunHooks,
  besides: readonly string[],
): Promise<SettledRun> {
  const { keys, ...definition } = defineTarget(target);
  const flags = flagsOfSettings(given, besides);
  const contract = await loadContract();
  const baseUrl = normalizeBaseUrl(definition.baseUrl, contract.api.basePath);
  const sending = await sendingOf(baseUrl, sendingFlags(flags, definition), undefined, process.env);
  const profile = flags.profile ?? 'read';
  if (profile === 'full' && flags.yes !== true && !isLoopback(baseUrl)) {
    throw new UsageError(
      `The profile full creates, changes and archives on ${baseUrl}, and some of it stays for good.`,
      'Add allowFull: true to allow it, or choose another profile.',
    );
  }
  const { keys: credentialKeys, notes } = await keysOf(contract, keys);
  const options = await runOptionsOf(
    contract,
    {
      baseUrl,
      ...(definition.name === undefined ? {} : { name: definition.name }),
      keys: credentialKeys,
      defaultProfile: 'read',
    },
    flags,
  );
  const { onEvent, signal } = given;
  const reportDir = flags.reportDir === undefined ? undefined : resolve(flags.reportDir);
  return {
    options: {
      ...options,
      polite: sending,
      ...(reportDir === undefined ? {} : { ledgerDir: reportDir }),
      ...(onEvent === undefined ? {} : { onEvent }),
      ...(signal === undefined ? {} : { signal }),
    },
    notes: [...notes, ...inClear(baseUrl)],
    ...(definition.start === undefined
      ? {}
      : { start: startOf(definition.start, baseUrl, contract.api.keyPrefix) }),
    ...(reportDir === undefined ? {} : { reportDir }),
    har: flags.har ?? 'failed',
  };
}

type SendingFlags = Parameters<typeof sendingOf>[1];

function sendingFlags(flags: SendingFlags, target: TargetDefinition): SendingFlags {
  const { rate, ca, clientCert, clientKey, headers = {} } = target;
  if (rate !== undefined) parsed('rate', 'rate', rate);
  return {
    ...flags,
    ...(rate === undefined ? {} : { rate }),
    ...(ca === undefined ? {} : { ca }),
    ...(clientCert === undefined ? {} : { clientCert }),
    ...(clientKey === undefined ? {} : { clientKey }),
    header: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  };
}

async function keysOf(
  contract: Contract,
  keys: TargetDefinition['keys'],
): Promise<Pick<GatheredKeys, 'keys' | 'notes'>> {
  if (typeof keys === 'object') return givenKeys(contract, keys);
  return gatherKeys(contract, process.env, keys);
}

function startOf(
  { command, waitFor, timeoutMs, cwd }: NonNullable<TargetDefinition['start']>,
  baseUrl: string,
  keyPrefix: string | undefined,
): StartPlan {
  requireOpenAddress(waitFor);
  if (waitFor !== undefined) parsed('waitFor', 'waitFor', waitFor);
  if (timeoutMs !== undefined) parsed('timeoutMs', 'startTimeout', timeoutMs);
  return {
    command,
    cwd: resolve(cwd ?? '.'),
    env: process.env,
    waitFor: waitFor ?? baseUrl,
    keyPrefix,
    timeoutMs: timeoutMs ?? defaultStartTimeoutMs,
  };
}
