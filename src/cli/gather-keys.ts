import { readFile } from 'node:fs/promises';
import { keysFromEnv, parseKeys, type ReadKeys } from '../contract/keys.ts';
import { ContractError, hasErrors } from '../contract/problem.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';

export interface GatheredKeys {
  /** By credential id. */
  readonly keys: Readonly<Record<string, string>>;
  /** What the user should know about where they came from, a line each. */
  readonly notes: readonly string[];
}

/**
 * The keys of a target: those of the file before those of the environment. Throws UsageError where no role has a
 * key or the file cannot be read, ContractError for mistakes within the keys.
 */
export async function gatherKeys(
  contract: Contract,
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
): Promise<GatheredKeys> {
  const fromEnv = usable(keysFromEnv(contract, env));
  const fromFile = file === undefined ? {} : usable(parseKeys(await textOf(file), file, contract, env));
  const keys = { ...fromEnv, ...fromFile };
  const credentials = Object.values(contract.credentials);
  if (!credentials.some(({ id, kind }) => kind === 'role' && keys[id] !== undefined)) {
    throw noRoleKey(contract);
  }
  const notes = credentials.flatMap(({ id, env: variable }) =>
    fromFile[id] !== undefined && fromEnv[id] !== undefined
      ? [`${id}: the key of ${file} is used, not the one of ${variable}.`]
      : [],
  );
  return { keys, notes };
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

function noRoleKey(contract: Contract): UsageError {
  const roles = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  const variables = roles.map(({ env }) => env).join(', ');
  const members = roles.map(({ key }) => key).join(', ');
  return new UsageError(
    'No role has a key, so there is nothing to test with.',
    `Set one or more of ${variables}, or name a file with the members ${members} by --keys.`,
  );
}
