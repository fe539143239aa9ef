/** conformance.config.yaml: named targets, so that a run need not be told everything each time. */
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createAjv } from '../contract/ajv.ts';
import { ContractError, type Problem } from '../contract/problem.ts';
import type { SourceText } from '../contract/source-text.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { embeddedTargetWord } from '../results/embedded-target.ts';
import { readChecked, type FileKind } from './checked-file.ts';
import type { Flags } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

export const defaultConfigFile = 'conformance.config.yaml';

/** What a file says of a target, in the words of the options. */
export interface NamedTarget {
  readonly name: string;
  readonly file: string;
  readonly flags: Flags;
  /** Keys by credential id, with the environment variables that they come from. */
  readonly keys: Readonly<Record<string, { readonly value: string; readonly from: string }>>;
  /** The variable that each key is to come from, set or not, by credential id. */
  readonly variables: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Values that came from the environment: masked wherever they appear. */
  readonly secrets: readonly string[];
}

interface WrittenTarget {
  readonly keys?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

interface ConfigFile {
  readonly targets: Readonly<Record<string, WrittenTarget>>;
}

const configFile: FileKind<ConfigFile> = {
  what: 'The configuration',
  schema: 'config.schema.json',
  compile: (document) => createAjv().compile<ConfigFile>(document),
};

/** The members of a target that are paths, relative to the folder of the file. */
const paths = new Set(['ca', 'client-cert', 'client-key', 'known-failures']);

/**
 * The target of a name. Throws UsageError where there is no file or no such target, ContractError for what is
 * wrong within the file, a key that stands there in plain among it.
 */
export async function readTarget(
  name: string,
  givenFile: string | undefined,
  contract: Pick<Contract, 'credentials'>,
  { env, cwd }: Pick<Surroundings, 'env' | 'cwd'>,
): Promise<NamedTarget> {
  const file = givenFile ?? resolve(cwd, defaultConfigFile);
  if (givenFile === undefined && !(await exists(file))) {
    throw new UsageError(
      `--target ${name} is given, but there is no ${defaultConfigFile} here.`,
      'Name the file by --config.',
    );
  }
  const { source, value } = await readChecked(file, configFile);
  const { targets } = value;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (target === undefined) {
    const known = Object.keys(targets);
    const hint = `${didYouMean(name, known, 1)} Known: ${known.join(', ')}.`.trim();
    throw new UsageError(`${file} has no target ${name}.`, hint);
  }
  requireNoReserved(source, targets);
  return targetOf(name, target, source, contract, env);
}

/** Which of the two `--target mock` meant would be a matter of where it is typed. */
function requireNoReserved(source: SourceText, targets: ConfigFile['targets']): void {
  if (!Object.hasOwn(targets, embeddedTargetWord)) return;
  throw new ContractError([
    {
      severity: 'error',
      ...source.place(['targets', embeddedTargetWord], 'key'),
      code: 'reserved-name',
      message: `${embeddedTargetWord} is the embedded mock: give this target another name`,
    },
  ]);
}

function targetOf(
  name: string,
  target: WrittenTarget,
  source: SourceText,
  contract: Pick<Contract, 'credentials'>,
  env: Surroundings['env'],
): NamedTarget {
  const problems: Problem[] = [];
  const at = (...path: readonly string[]): Pick<Problem, 'severity' | 'file' | 'line' | 'column'> => ({
    severity: 'error',
    ...source.place(['targets', name, ...path]),
  });
  const secrets: string[] = [];
  const keys: Record<string, { value: string; from: string }> = {};
  const variables: Record<string, string> = {};
  const members = Object.values(contract.credentials);
  for (const [member, text] of Object.entries(target.keys ?? {})) {
    const credential = members.find(({ key }) => key === member);
    const variable = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];
    if (credential === undefined) {
      const valid = members.map(({ key }) => key);
      const [meant] = nearest(member, valid, 1);
      problems.push({
        ...at('keys', member),
        code: 'unknown-credential',
        message: `there is no credential ${member}`,
        expected: valid.join(', '),
        ...(meant === undefined ? {} : { suggestion: meant }),
      });
    } else if (variable === undefined) {
      problems.push({
        ...at('keys', member),
        code: 'plain-key',
        message: `the key of ${member} must not stand in this file: put it in an environment variable`,
        expected: 'a reference such as ${STAGING_KEY}',
      });
    } else {
      variables[credential.id] = variable;
      const value = env[variable];
      if (value !== undefined && value !== '') keys[credential.id] = { value, from: variable };
    }
  }
  const headers: Record<string, string> = {};
  for (const [header, text] of Object.entries(target.headers ?? {})) {
    headers[header] = text.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, variable: string) => {
      const value = env[variable];
      if (value === undefined || value === '') {
        problems.push({
          ...at('headers', header),
          code: 'unset-variable',
          message: `${variable} is not set`,
        });
        return '';
      }
      secrets.push(value);
      return value;
    });
  }
  if (problems.length > 0) throw new ContractError(problems);
  return { name, file: source.file, flags: flagsOf(target, source.file), keys, variables, headers, secrets };
}

/** The members that are options, by the names of the options. */
function flagsOf(target: WrittenTarget, file: string): Flags {
  const { keys: _keys, headers: _headers, ...rest } = target;
  return Object.fromEntries(
    Object.entries(rest).map(([member, value]) => [
      member.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      paths.has(member) ? resolve(dirname(file), String(value)) : value,
    ]),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
