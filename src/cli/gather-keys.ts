import { readFile } from 'node:fs/promises';
import { keysFromEnv, parseKeys, type ReadKeys } from '../contract/keys.ts';
import { ContractError, hasErrors, renderProblems, type Problem } from '../contract/problem.ts';
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
 * The keys of a target: those of the file before those of the environment before those of the configuration. Throws
 * UsageError where no role has a key or the file cannot be read, ContractError for mistakes within the keys.
 */
export async function gatherKeys(
  contract: Contract,
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
  named?: NamedTarget,
): Promise<GatheredKeys> {
  const ofEnv = usable(keysFromEnv(contract, env));
  const ofFile = file === undefined ? none : usable(parseKeys(await textOf(file), file, contract, env));
  const [fromEnv, fromFile] = [ofEnv.keys, ofFile.keys];
  const fromConfig = Object.fromEntries(
    Object.entries(named?.keys ?? {}).map(([id, { value }]) => [id, value]),
  );
  const keys = { ...fromConfig, ...fromEnv, ...fromFile };
  const credentials = Object.values(contract.credentials);
  // A secret of CI that nobody has set is an empty variable.
  const empty = credentials.flatMap(({ id, env: variable }) =>
    keys[id] === undefined
      ? [...new Set([variable, named?.variables[id] ?? variable])].filter((name) => env[name] === '')
      : [],
  );
  if (!credentials.some(({ id, kind }) => kind === 'role' && keys[id] !== undefined)) {
    throw noRoleKey(contract, named, empty);
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
  return {
    keys,
    origins,
    notes: [
      ...told([...ofEnv.problems, ...ofFile.problems]),
      ...empty.map((name) => `${name} is set and empty: it gives no key.`),
      ...notes,
      ...overruled(fromConfig, fromEnv, contract),
    ],
  };
}

/**
 * Keys that a program gives, by the names that they have in a keys file; one without a value is not given, and an
 * empty one is told. Throws UsageError where no role has a key, ContractError for mistakes within the keys.
 */
export function givenKeys(
  contract: Contract,
  given: Readonly<Record<string, string | undefined>>,
): Pick<GatheredKeys, 'keys' | 'notes'> {
  const named = Object.entries(given).filter(([, key]) => key !== undefined && key !== '');
  const empty = Object.entries(given).filter(([, key]) => key === '');
  const { keys, problems } = usable(
    parseKeys(JSON.stringify(Object.fromEntries(named)), 'keys', contract, {}),
  );
  const notes = [
    ...told(problems),
    ...empty.map(([name]) => `The key of ${name} is empty: it is not given.`),
  ];
  const roles = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  if (roles.some(({ id }) => keys[id] !== undefined)) return { keys, notes };
  throw new UsageError(
    'No role has a key, so there is nothing to test with.',
    `Give one or more of ${roles.map(({ key }) => key).join(', ')}.`,
  );
}

const none: ReadKeys = { keys: {}, problems: [] };

/** Warnings as lines for the user, before anything is sent. */
function told(warnings: readonly Problem[]): readonly string[] {
  return warnings.length === 0 ? [] : renderProblems(warnings, process.cwd()).split('\n');
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

/** Keys with no more than warnings. Throws ContractError where there are errors. */
function usable(read: ReadKeys): ReadKeys {
  if (hasErrors(read.problems)) throw new ContractError(read.problems);
  return read;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `The keys file ${file} cannot be read: ${reason}.`,
      'A key itself belongs in that file, or in a variable such as ARMATURE_KEY_VIEWER.',
    );
  }
}

function noRoleKey(contract: Contract, named: NamedTarget | undefined, empty: readonly string[]): UsageError {
  const besides = empty.length === 0 ? '' : ` Set and empty: ${empty.join(', ')}.`;
  const roles = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  const variables = roles.map(({ env }) => env).join(', ');
  const members = roles.map(({ key }) => key).join(', ');
  return new UsageError(
    named === undefined
      ? `No role has a key, so there is nothing to test with.${besides}`
      : `No role has a key, so there is nothing to test with: no variable that ${named.file} names for ${named.name} is set.${besides}`,
    `Set one or more of ${variables}, or name a file with the members ${members} by --keys.`,
  );
}
