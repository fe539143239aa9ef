import { oneOf, suggest } from './near-miss.ts';
import { sortProblems } from './problem.ts';
import type { Problem } from './problem.ts';
import { isJsonObject } from './json-object.ts';
import { readSourceText } from './source-text.ts';
import type { SourceText } from './source-text.ts';
import type { Contract, Credential, SourcePosition } from './types.ts';

export interface ReadKeys {
  /** The key of each credential that has one, by credential id. */
  readonly keys: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

type KeyContract = Pick<Contract, 'credentials' | 'api'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** A key with the place that it was read from. */
interface FoundKey {
  readonly credential: Credential;
  readonly value: string;
  readonly place: SourcePosition;
}

type Fault = Pick<Problem, 'code' | 'message'> & Partial<Pick<Problem, 'expected' | 'suggestion'>>;

/**
 * Reads a keys file: YAML or JSON, one member a credential, named by the `key` of the credential in the matrix.
 * `${NAME}` in a value stands for an environment variable. No problem tells a value.
 *
 * @param file the name that problems carry.
 */
export function parseKeys(text: string, file: string, contract: KeyContract, env: Environment): ReadKeys {
  const source = readSourceText(text, file);
  if (source.problems.length > 0) {
    // The parser's own words can quote the text, and the text holds secrets.
    const problems = source.problems.map(({ line, column, code }) =>
      code === 'duplicate-key'
        ? problemAt(
            { file, line, column },
            { code, message: 'this credential is there twice: keep one of them' },
          )
        : problemAt({ file, line, column }, { code, message: 'this is neither YAML nor JSON' }),
    );
    return { keys: {}, problems: sortProblems(problems) };
  }
  if (source.data === null || source.data === undefined) return { keys: {}, problems: [] };
  if (!isJsonObject(source.data)) {
    const message = 'a keys file holds one member for each credential';
    const fault = { code: 'wrong-type', message, expected: `members ${keyNames(contract).join(', ')}` };
    return { keys: {}, problems: [problemAt(source.place([]), fault)] };
  }
  return readMembers(source, source.data, contract, env);
}

function readMembers(
  source: SourceText,
  members: Readonly<Record<string, unknown>>,
  contract: KeyContract,
  env: Environment,
): ReadKeys {
  const found: FoundKey[] = [];
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(members)) {
    const credential = Object.values(contract.credentials).find(({ key }) => key === name);
    if (credential === undefined) {
      problems.push(problemAt(source.place([name], 'key'), unknownMember(name, contract)));
      continue;
    }
    const place = source.place([name]);
    const resolved = resolveValue(name, value, env);
    if (resolved.kind === 'value') found.push({ credential, value: resolved.value, place });
    else problems.push(...resolved.faults.map((fault) => problemAt(place, fault)));
  }
  return checked(found, problems, contract);
}

/**
 * Reads keys from the environment variables that the matrix names; an empty one counts as not set. A variable that
 * only looks like one of them is a problem.
 */
export function keysFromEnv(contract: KeyContract, env: Environment): ReadKeys {
  const credentials = Object.values(contract.credentials);
  const names = credentials.map((credential) => credential.env);
  const found = credentials.flatMap((credential): FoundKey[] => {
    const value = env[credential.env];
    return value === undefined || value === ''
      ? []
      : [{ credential, value, place: variable(credential.env) }];
  });
  const prefix = commonPrefix(names);
  const unknown = Object.keys(env)
    .filter((name) => prefix !== '' && name.startsWith(prefix) && !names.includes(name))
    .map((name) =>
      problemAt(variable(name), {
        code: 'unknown-variable',
        message: `no credential has its key in ${name}`,
        expected: oneOf(names),
        ...suggest(name, names),
      }),
    );
  return checked(found, unknown, contract);
}

type Resolved =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

function resolveValue(name: string, value: unknown, env: Environment): Resolved {
  if (value === null || value === '') {
    const message = `${name} has no value: give its key, or remove the line`;
    return { kind: 'faults', faults: [{ code: 'empty-key', message }] };
  }
  if (typeof value !== 'string') {
    const fault = { code: 'wrong-type', message: `the key of ${name} is not a text`, expected: 'a string' };
    return { kind: 'faults', faults: [fault] };
  }
  const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
  const unset = [...value.matchAll(reference)].map((match) => match[1] ?? '').filter((id) => !env[id]);
  if (unset.length === 0) {
    return { kind: 'value', value: value.replaceAll(reference, (_match, id: string) => env[id] ?? '') };
  }
  const faults = [...new Set(unset)].map((id) => ({
    code: 'unset-variable',
    message: `${name} refers to the environment variable ${id}, which is not set`,
    ...suggest(
      id,
      Object.keys(env).filter((candidate) => candidate.startsWith(id.slice(0, 3))),
    ),
  }));
  return { kind: 'faults', faults };
}

/** The keys that can be used, and what is wrong with the others. */
function checked(found: readonly FoundKey[], problems: readonly Problem[], contract: KeyContract): ReadKeys {
  const faults = found.flatMap((key) => [...faultsOf(key, contract), ...sharedWith(key, found)]);
  return {
    keys: Object.fromEntries(found.map(({ credential, value }) => [credential.id, value])),
    problems: sortProblems([...problems, ...faults]),
  };
}

function faultsOf({ credential, value, place }: FoundKey, contract: KeyContract): Problem[] {
  const whose = `the key of ${credential.key}`;
  if (/\s/.test(value)) {
    const message = `${whose} has white space in it or around it: it may have been cut or pasted with a line break`;
    return [problemAt(place, { code: 'key-white-space', message })];
  }
  if (/^["'`]|["'`]$/.test(value)) {
    const message = `${whose} stands in quotes, which would be sent as a part of it: give it without them`;
    return [problemAt(place, { code: 'key-quotes', message })];
  }
  // A header takes visible ASCII (RFC 9110, section 5.5).
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return [
      problemAt(place, { code: 'key-characters', message: `${whose} has a character that no header takes` }),
    ];
  }
  if (contract.api.keyPrefix === undefined) return [];
  const prefix = `${contract.api.keyPrefix}_`;
  if (value.startsWith(prefix)) return [];
  const message = `${whose} does not begin as every key does`;
  const expected = `${prefix}<key-id>_<secret>`;
  return [{ ...problemAt(place, { code: 'key-form', message, expected }), severity: 'warning' }];
}

/**
 * One key carries one role and is revoked or not, so two credentials share a key only by mistake; only an
 * organization without a feature may also be the other organization.
 */
function sharedWith(key: FoundKey, found: readonly FoundKey[]): Problem[] {
  const { credential, value, place } = key;
  const first = found.find((other) => other.value === value);
  if (first === undefined || first === key) return [];
  const organizations = ['feature-disabled', 'other-org'];
  const bothOrganizations = [credential, first.credential].every(({ kind }) => organizations.includes(kind));
  if (bothOrganizations) return [];
  const message = `${credential.key} has the same key as ${first.credential.key}: each needs its own`;
  return [problemAt(place, { code: 'same-key', message })];
}

function unknownMember(name: string, contract: KeyContract): Fault {
  const names = keyNames(contract);
  // A secret that stands where a name belongs is not repeated.
  const { keyPrefix } = contract.api;
  const shown =
    keyPrefix !== undefined && /^[A-Za-z][\w-]{0,40}$/.test(name) && !name.startsWith(`${keyPrefix}_`);
  const message = shown ? `no credential is called ${name}` : 'this is not the name of a credential';
  return { code: 'unknown-member', message, expected: oneOf(names), ...(shown ? suggest(name, names) : {}) };
}

function keyNames(contract: KeyContract): string[] {
  return Object.values(contract.credentials).map(({ key }) => key);
}

/** What all names begin with, up to and with an underscore. */
function commonPrefix(names: readonly string[]): string {
  let prefix = names[0] ?? '';
  while (!names.every((name) => name.startsWith(prefix))) prefix = prefix.slice(0, -1);
  return prefix.slice(0, prefix.lastIndexOf('_') + 1);
}

/** An environment variable has a name, but no line. */
function variable(name: string): SourcePosition {
  return { file: `environment variable ${name}`, line: 0, column: 0 };
}

function problemAt(place: SourcePosition, fault: Fault): Problem {
  return { severity: 'error', ...place, ...fault };
}
