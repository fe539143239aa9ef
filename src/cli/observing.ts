/** What the commands that compare deployments have in common: a target from its flags, asked without vitest. */
import type { Contract } from '../contract/types.ts';
import { keysInUrls } from '../plan/keys-in-urls.ts';
import { promiseText } from '../report/terminal/footprint-text.ts';
import { counted } from '../report/terminal/wrap.ts';
import type { Selection } from '../plan/select.ts';
import type { Profile } from '../plan/types.ts';
import type { Results } from '../results/types.ts';
import { exitCodes } from '../results/verdict.ts';
import {
  observe,
  planObservation,
  reachObserved,
  type Observation,
  type PlannedObservation,
} from '../run/observe.ts';
import { confirmFull } from './confirm.ts';
import type { FlagsOf } from './option-table.ts';
import { defaultSeed } from './selection-flags.ts';
import { defaultConcurrency, defaultTimeoutMs, sendingOf, settle } from './settle.ts';
import type { Output, Surroundings } from './surroundings.ts';
import { openTarget, type Target } from './target.ts';

/** The flags of a target, of how it is asked, and of what for. */
export type ObservingFlags = Omit<
  FlagsOf<'fingerprint'>,
  'fingerprintOut' | 'compare' | 'json' | 'fingerprintDir'
>;

/** A deployment that is ready to be asked. */
export interface Observable {
  readonly observation: Observation;
  readonly planned: PlannedObservation;
  readonly close: () => Promise<void>;
}

export interface Asked {
  /** How its credentials find their keys. */
  readonly contract: Contract;
  readonly selection: Selection;
  /** Where the ledger is kept while a run writes. */
  readonly directory: string;
  readonly profile?: Profile;
  readonly only?: Observation['only'];
}

/** A deployment from its flags, with what is to be asked of it. Throws UsageError or ContractError. */
export async function openObservable(
  given: ObservingFlags,
  { contract, selection, directory, profile, only }: Asked,
  surroundings: Surroundings,
  output: Output,
): Promise<Observable> {
  const { flags, target: named } = await settle(given, contract, surroundings);
  const target = await openTarget(contract, flags, surroundings, output, named);
  try {
    const sending = await sendingOf(target.baseUrl, flags, named, surroundings.env);
    output.protect(sending.secrets);
    const observation: Observation = {
      contract,
      baseUrl: target.baseUrl,
      ...(target.name === undefined ? {} : { targetName: target.name }),
      keys: target.keys,
      profile: flags.profile ?? profile ?? target.defaultProfile,
      seed: flags.seed ?? defaultSeed,
      timeoutMs: flags.timeout ?? defaultTimeoutMs,
      concurrency: flags.concurrency ?? defaultConcurrency,
      polite: sending,
      selection: { ...selection, ...(flags.without === undefined ? {} : { without: flags.without }) },
      ...(only === undefined ? {} : { only }),
      ...ledgerOf(target, directory),
    };
    const planned = planObservation(observation);
    return { observation, planned, close: () => target.close() };
  } catch (error) {
    await target.close();
    throw error;
  }
}

function ledgerOf({ keepsWhatIsMade }: Target, directory: string): { readonly ledgerDir?: string } {
  return keepsWhatIsMade ? { ledgerDir: directory } : {};
}

/** What would be sent, as lines. */
export function dryRunText({ observation, planned }: Observable): string {
  const { profile, baseUrl } = observation;
  return [
    `With the profile ${profile}, ${counted(planned.selected.length, 'case')} would be sent to ${baseUrl}.`,
    ...promiseText(planned.promise, keysInUrls(planned.selected)),
    '',
  ].join('\n');
}

/**
 * Asks each deployment in turn, or all at once where none of them is written to: what is written to one must not be
 * taken for what another did, should they share their data. Throws UsageError where the profile full is not allowed,
 * UnreachableError where one of them does not answer.
 */
export async function observeAll(
  observables: readonly Observable[],
  yes: boolean,
  surroundings: Surroundings,
  output: Output,
  signal: AbortSignal,
): Promise<readonly Results[]> {
  for (const { observation } of observables) {
    if (observation.profile === 'full') await confirmFull(observation.baseUrl, yes, surroundings);
  }
  const lines = await Promise.all(observables.map(({ observation }) => reachObserved(observation)));
  for (const [index, { observation, planned }] of observables.entries()) {
    const { baseUrl, profile, seed } = observation;
    output.note(`Asking ${baseUrl}, profile ${profile}, seed ${seed}.`);
    for (const line of [
      ...(lines[index] ?? []),
      ...promiseText(planned.promise, keysInUrls(planned.selected)),
    ])
      output.note(line);
  }
  const ask = ({ observation, planned }: Observable): Promise<Results> =>
    observe(observation, planned, undefined, signal);
  const reading = observables.every(({ observation }) => ['smoke', 'read'].includes(observation.profile));
  if (reading) return Promise.all(observables.map(ask));
  const results: Results[] = [];
  for (const one of observables) results.push(await ask(one));
  return results;
}

/** The exit code of runs that ended before they could be compared; undefined where all came to their end. */
export function endedEarly(results: readonly Results[]): number | undefined {
  for (const verdict of ['interrupted', 'unreachable'] as const) {
    if (results.some((one) => one.verdict === verdict)) return exitCodes[verdict];
  }
  if (results.some(({ suiteFaults }) => suiteFaults.length > 0)) return exitCodes.suiteFault;
  return results.some(({ ended }) => ended !== undefined) ? exitCodes.inconclusive : undefined;
}

/** Tells why runs ended early. */
export function tellEnd(results: readonly Results[], output: Output): void {
  for (const { ended, suiteFaults, target } of results) {
    if (ended !== undefined) output.note(`${target.baseUrl}: ${ended}.`);
    for (const { message } of suiteFaults) output.note(`The suite itself failed: ${message}`);
  }
}
