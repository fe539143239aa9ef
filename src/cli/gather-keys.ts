import { readFile } from 'node:fs/promises';
import { keysFromEnv, parseKeys, type ReadKeys } from '../contract/keys.ts';
import { ContractError, hasErrors } from '../contract/problem.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import type { NamedTarget } from './config-file.ts';

export interface GatheredKeys {
  /** By credential id. */
  readonly keys: Readonly<Record<string, string>>;
  /** Where each key comes from, by credential id. */
  readonly origins: Readonly<Record<string, string>>;
  /** What the user should know about where they came from, a line each. */
  readonly notes: readonly string[];
}

/**
 * The keys of a target: those of the file before those of the environment before those of the configuration. Throws UsageError where no role has a
 * key or the file cannot be read, ContractError for mistakes within the keys.
 */
export async function gatherKeys(
  contract: Contract,
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
  named?: NamedTarget,
): Promise<GatheredKeys> {
  const fromEnv = usable(keysFromEnv(contract, env));
  const fromFile = file === undefined ? {} : usable(parseKeys(await textOf(file), file, contract, env));
  const fromConfig = Object.fromEntries(
    Object.entries(named?.keys ?? {}).map(([id, { value }]) => [id, value]),
  );
  const keys = { ...fromConfig, ...fromEnv, ...fromFile };
  const credentials = Object.values(contract.credentials);
  if (!credentials.some(({ id, kind }) => kind === 'role' && keys[id] !== undefined)) {
    throw noRoleKey(contract, named);
  }
  const notes = credentials.flatMap(({ id, env: variable }) =>
    fromFile[id] !== undefined && fromEnv[id] !== undefined
      ? [`${id}: the key of ${file} is used, not the one of ${variable}.`]
      : [],
  );
  const origins = Object.fromEntries(
    credentials.map(({ id, env: variable }) => {
      if (fromFile[id] !== undefined) return [id, file ?? ''];
      return [id, fromEnv[id] === undefined ? (named?.keys[id]?.from ?? '') : variable];
    }),
  );
  return { keys, origins, notes: [...notes, ...overruled(fromConfig, fromEnv, contract)] };
}

/**
 * Keys that a program gives, by the names that they have in a keys file; one without a value is not given. Throws
 * UsageError where no role has a key, ContractError for mistakes within the keys.
 */
export function givenKeys(
  contract: Contract,
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const named = Object.entries(given).filter(([, key]) => key !== undefined && key !== '');
  const keys = usable(parseKeys(JSON.stringify(Object.fromEntries(named)), 'keys', contract, {}));
  const roles = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  if (roles.some(({ id }) => keys[id] !== undefined)) return keys;
  throw new UsageError(
    'No role has a key, so there is nothing to test with.',
    `Give one or more of ${roles.map(({ key }) => key).join(', ')}.`,
  );
}

/** A key of the environment at large may be meant for another target than the named one. */
function overruled(
  fromConfig: Readonly<Record<string, string>>,
  fromEnv: Readonly<Record<string, string>>,
  { credentials }: Contract,
): readonly string[] {
  return Object.values(credentials).flatMap(({ id, env }) =>
    fromConfig[id] !== undefined && fromEnv[id] !== undefined && fromConfig[id] !== fromEnv[id]
      ? [`${id}: the key of ${env} is used, not the one of the configuration.`]
      : [],
  );
}

function usable({ keys, problems }: ReadKeys): Readonly<Record<string, string>> {
  if (hasErrors(problems)) throw new ContractError(problems);
  return keys;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`The keys file ${file} cannot be read: ${reason}.`);
  }
}

function noRoleKey(contract: Contract, named: NamedTarget | undefined): UsageError {
  const roles = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  const variables = roles.map(({ env }) => env).join(', ');
  const members = roles.map(({ key }) => key).join(', ');
  return new UsageError(
    named === undefined
      ? 'No role has a key, so there is nothing to test with.'
      : `No role has a key, so there is nothing to test with: no variable that ${named.file} names for ${named.name} is set.`,
    `Set one or more of ${variables}, or name a file with the members ${members} by --keys.`,
  );
}
