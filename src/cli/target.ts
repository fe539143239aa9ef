import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Profile } from '../plan/types.ts';
import { embeddedTarget, embeddedTargetWord } from '../results/embedded-target.ts';
import { inClear, normalizeBaseUrl } from './base-url.ts';
import type { NamedTarget } from './config-file.ts';
import { gatherKeys } from './gather-keys.ts';
import { options, type Flags } from './option-table.ts';
import { ofTheFirst } from './second-target.ts';
import type { Output, Surroundings } from './surroundings.ts';

/** A deployment to test, ready to be sent requests. */
export interface Target {
  readonly baseUrl: string;
  readonly name?: string;
  readonly keys: Readonly<Record<string, string>>;
  /** Where each key comes from, by credential id. */
  readonly keyOrigins: Readonly<Record<string, string>>;
  /** False for the embedded mock, which is gone with all that it held. */
  readonly keepsWhatIsMade: boolean;
  readonly defaultProfile: Profile;
  close(): Promise<void>;
}

/**
 * The target that the flags and the environment name, with its keys; the embedded mock is started for this run.
 * Throws UsageError where none is named, UsageError or ContractError for what is wrong with the one that is.
 */
export async function openTarget(
  contract: Contract,
  flags: Flags<'baseUrl' | 'keys' | 'target'>,
  surroundings: Surroundings,
  output: Output,
  named?: NamedTarget,
): Promise<Target> {
  refuseMisspeltVariables(contract, surroundings.env);
  if (flags.target === embeddedTargetWord) return openMock(contract, surroundings, output);
  if (flags.baseUrl === undefined) {
    if (isMeantForATarget(contract, flags, surroundings.env)) throw noTarget(contract, surroundings.env);
    output.note('No target and no key is named: the embedded mock is tested, which says nothing of yours.');
    return openMock(contract, surroundings, output);
  }
  const baseUrl = normalizeBaseUrl(flags.baseUrl, contract.api.basePath);
  protectKeysOf(contract, surroundings.env, output);
  const { keys, origins, notes } = await gatherKeys(contract, surroundings.env, flags.keys, named);
  output.protect(Object.values(keys));
  for (const note of [...notes, ...inClear(baseUrl)]) output.note(note);
  return {
    baseUrl,
    ...(named === undefined ? {} : { name: named.name }),
    keys,
    keyOrigins: origins,
    keepsWhatIsMade: true,
    defaultProfile: 'read',
    close: async () => undefined,
  };
}

/** Keys pass to no message, those neither that stand in a variable and are typed where something else belongs. */
export function protectKeysOf(contract: Contract, env: Surroundings['env'], output: Output): void {
  output.protectForm(contract.api.keyPrefix);
  output.protect(Object.values(contract.credentials).flatMap(({ env: name }) => env[name] ?? []));
}

/** Whether anything was said of a target, were it a variable that came out empty. */
function isMeantForATarget(
  { credentials }: Contract,
  { keys, target }: Flags<'keys' | 'target'>,
  env: Surroundings['env'],
): boolean {
  const told = Object.values(credentials).some(({ env: name }) => env[name] !== undefined);
  return told || keys !== undefined || target !== undefined;
}

/** Keys are for a target that somebody means: a run that tests something else with other keys would be green. */
function noTarget({ credentials }: Contract, env: Surroundings['env']): UsageError {
  const keys = Object.values(credentials).flatMap(({ env: name }) => (env[name] ? [name] : []));
  return new UsageError(
    keys.length === 0
      ? 'No target is named.'
      : `No target is named for the keys that are given (${keys.join(', ')}).`,
    `Name it by --base-url or ARMATURE_BASE_URL, or by --target: one of the configuration, or ${embeddedTargetWord} for the embedded mock.`,
  );
}

async function openMock(
  contract: Contract,
  { env, loadMock }: Surroundings,
  output: Output,
): Promise<Target> {
  const unused = Object.values(contract.credentials).flatMap(({ env: name }) => (env[name] ? [name] : []));
  if (unused.length > 0) {
    output.note(`The embedded mock has keys of its own; ${unused.join(', ')} not used.`);
  }
  const { startMock } = await loadMock();
  const mock = await startMock({});
  const strange = Object.keys(contract.credentials).filter((id) => mock.keys[id] === undefined);
  if (strange.length > 0) {
    await mock.close();
    throw new UsageError(
      `The embedded mock is not one of the ${contract.api.title}: it knows no ${strange.join(', ')}.`,
      'Name the target by --base-url.',
    );
  }
  output.protect(Object.values(mock.keys));
  return {
    baseUrl: mock.baseUrl,
    name: embeddedTarget,
    keys: mock.keys,
    keyOrigins: Object.fromEntries(Object.keys(mock.keys).map((id) => [id, embeddedTarget])),
    keepsWhatIsMade: false,
    defaultProfile: 'full',
    close: () => mock.close(),
  };
}

/**
 * A misspelt ARMATURE_BASEURL would send a run to the mock, which is green. Variables that are like none of ours are
 * somebody else's; those of keys are checked where keys are read.
 */
function refuseMisspeltVariables(contract: Contract, env: Surroundings['env']): void {
  const credentials = Object.values(contract.credentials).map((credential) => credential.env);
  const own = Object.values(options).flatMap((option) => ('env' in option ? [option.env] : []));
  const known = new Set<string>([...own, ...credentials.map(ofTheFirst)]);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('ARMATURE_') || known.has(name) || known.has(ofTheFirst(name))) continue;
    const hint = didYouMean(name, own, 1);
    if (hint !== '') throw new UsageError(`The environment variable ${name} is none of this tool.`, hint);
  }
}
