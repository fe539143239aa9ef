/** Every option of the command line, once: the parser, the environment variables, help and the README derive from it. */
import { InvalidArgumentError } from 'commander';
import { leavable, type Leavable } from '../plan/promise.ts';
import { families, profiles } from '../plan/types.ts';
import { didYouMean } from '../nearest.ts';
import { defaultMaxWaitMs } from '../execute/rate-limit.ts';
import type { HarScope } from '../report/har.ts';
import type { RoleTableFormat } from '../report/role-table.ts';

export interface OptionFacts {
  /** As commander reads it: `--seed <number>`; dots make it repeatable. */
  readonly flags: string;
  readonly about: string;
  /** The environment variable that stands for it where the flag is not given. */
  readonly env?: string;
  /** What holds without it, in words where it is no fixed value. */
  readonly otherwise?: string;
  /** Reads the text of the flag or the variable; `previous` is what a repeated flag has gathered. */
  readonly parse: (text: string, previous: readonly string[] | undefined) => unknown;
}

const text = (value: string): string => value;
const list = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];
/** A flag without a value is never parsed: it is there or not. */
const flag = (): boolean => true;

function oneOf<T extends string>(valid: readonly T[]): (value: string) => T {
  return (value) => {
    const found = valid.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`${didYouMean(value, valid, 1)} Known: ${valid.join(', ')}.`.trim());
  };
}

function eachOf(
  valid: readonly string[],
): (value: string, previous: readonly string[] | undefined) => readonly string[] {
  const one = oneOf(valid);
  return (value, previous) => list(one(value), previous);
}

function integer(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`);
  };
}

function eachLeavable(value: string, previous: readonly string[] | undefined): readonly Leavable[] {
  const one = oneOf(leavable);
  return [...(previous ?? []), value].map((name) => one(name));
}

/** The longest wait that a timer of Node takes, in ms. */
const longestTimer = 2 ** 31 - 1;

const harScopes = ['failed', 'all', 'off'] as const satisfies readonly (HarScope | 'off')[];
const roleTableFormats = ['table', 'markdown', 'json'] as const satisfies readonly RoleTableFormat[];

export const options = {
  baseUrl: {
    flags: '--base-url <url>',
    env: 'ARMATURE_BASE_URL',
    about: 'the target; with or without the path of the API',
    otherwise: 'the embedded mock',
    parse: text,
  },
  keys: {
    flags: '--keys <file>',
    about: 'a YAML or JSON file with the keys; a value may be ${ENV_NAME}',
    otherwise: 'the ARMATURE_KEY_… variables',
    parse: text,
  },
  profile: {
    flags: '--profile <name>',
    env: 'ARMATURE_PROFILE',
    about: `which effects the run may have on the target: ${profiles.join(', ')}`,
    otherwise: 'full on the embedded mock, read anywhere else',
    parse: oneOf(profiles),
  },
  reportDir: {
    flags: '--report-dir <dir>',
    env: 'ARMATURE_REPORT_DIR',
    about: 'where results.json and the reports are written',
    otherwise: 'reports/latest',
    parse: text,
  },
  seed: {
    flags: '--seed <number>',
    env: 'ARMATURE_SEED',
    about: 'the seed of request bodies: the same seed gives the same requests',
    otherwise: '1',
    parse: integer(0, 2 ** 32 - 1),
  },
  timeout: {
    flags: '--timeout <ms>',
    env: 'ARMATURE_TIMEOUT',
    about: 'how long an answer may take, in milliseconds',
    otherwise: '10000',
    parse: integer(1, longestTimer),
  },
  concurrency: {
    flags: '--concurrency <number>',
    env: 'ARMATURE_CONCURRENCY',
    about: 'the most requests at the same moment',
    otherwise: '16',
    parse: integer(1, 1024),
  },
  rate: {
    flags: '--rate <number>',
    env: 'ARMATURE_RATE',
    about: 'the most requests in any second',
    otherwise: 'no limit',
    parse: integer(1, 100_000),
  },
  maxWait: {
    flags: '--max-wait <ms>',
    env: 'ARMATURE_MAX_WAIT',
    about: 'how long the run waits in all because the target asks for it (429, 503 with Retry-After)',
    otherwise: String(defaultMaxWaitMs),
    parse: integer(0, longestTimer),
  },
  without: {
    flags: '--without <effect...>',
    about: `leave out every case that could have an effect: ${leavable.join(' (queues runs, which may cost), ')} (makes what nothing removes)`,
    parse: eachLeavable,
  },
  target: {
    flags: '--target <name>',
    env: 'ARMATURE_TARGET',
    about: 'a target of the configuration',
    parse: text,
  },
  config: {
    flags: '--config <file>',
    env: 'ARMATURE_CONFIG',
    about: 'the configuration, which names targets',
    otherwise: 'conformance.config.yaml, where --target is given',
    parse: text,
  },
  printConfig: {
    flags: '--print-config',
    about: 'print what holds and where it comes from, keys masked, and send nothing',
    parse: flag,
  },
  envFile: {
    flags: '--env-file <file...>',
    about: 'a file of environment variables; what is set already stays',
    parse: list,
  },
  dryRun: {
    flags: '--dry-run',
    about: 'print what would be sent and what would stay behind, and send nothing',
    parse: flag,
  },
  header: {
    flags: '--header <line...>',
    about: '`Name: value`: a header that every request bears',
    parse: list,
  },
  ca: {
    flags: '--ca <file>',
    env: 'ARMATURE_CA',
    about: 'certificates of authorities to trust beside the usual ones, PEM',
    parse: text,
  },
  clientCert: {
    flags: '--client-cert <file>',
    env: 'ARMATURE_CLIENT_CERT',
    about: 'a certificate to show to the target, PEM',
    parse: text,
  },
  clientKey: {
    flags: '--client-key <file>',
    env: 'ARMATURE_CLIENT_KEY',
    about: 'the key of that certificate, PEM',
    parse: text,
  },
  knownFailures: {
    flags: '--known-failures <file>',
    env: 'ARMATURE_KNOWN_FAILURES',
    about: 'failures that do not fail the run, as long as they are there',
    parse: text,
  },
  updateKnownFailures: {
    flags: '--update-known-failures',
    about: 'write that file anew from this run (known-failures.yaml where none is named)',
    parse: flag,
  },
  repeatFailed: {
    flags: '--repeat-failed <times>',
    about: 'repeat each failed case, to tell steady failures from flaky ones',
    parse: integer(1, 100),
  },
  lastFailed: {
    flags: '--last-failed',
    about: 'only the cases that failed in the last results of the report directory',
    parse: flag,
  },
  runId: {
    flags: '--run-id <id>',
    about: 'the run whose things are archived, where its ledger is lost',
    parse: text,
  },
  filter: {
    flags: '--filter <glob...>',
    about: 'only the cases whose id matches; a leading ! leaves out',
    parse: list,
  },
  surface: { flags: '--surface <name...>', about: 'only the cases of these surfaces', parse: list },
  role: {
    flags: '--role <name...>',
    about: 'only the cases with these credentials, such as viewer or none',
    parse: list,
  },
  family: {
    flags: '--family <name...>',
    about: `only these kinds of cases: ${families.join(', ')}`,
    parse: eachOf(families),
  },
  yes: {
    flags: '--yes',
    about: 'allow the profile full on a target that is not on this machine',
    parse: flag,
  },
  strict: { flags: '--strict', about: 'advisories count as violations', parse: flag },
  allowInconclusive: {
    flags: '--allow-inconclusive',
    about: 'cases that could not be judged do not fail the run',
    parse: flag,
  },
  verbose: { flags: '--verbose', about: 'every case a line, every failure in full', parse: flag },
  quiet: { flags: '--quiet', about: 'the failures and the verdict alone', parse: flag },
  matrix: {
    flags: '--matrix <file>',
    about: 'another matrix',
    otherwise: 'the one of this package',
    parse: text,
  },
  specs: {
    flags: '--specs <dir>',
    about: 'another folder of schemas',
    otherwise: 'the one of this package',
    parse: text,
  },
  json: { flags: '--json', about: 'JSON instead of lines', parse: flag },
  har: {
    flags: '--har <which>',
    about: `the exchanges that exchanges.har holds: ${harScopes.join(', ')}; all keeps every exchange in results.json too`,
    otherwise: 'failed',
    parse: oneOf(harScopes),
  },
  results: {
    flags: '--results <file>',
    about: 'the results that the statement speaks of',
    otherwise: 'results.json beside the statement',
    parse: text,
  },
  format: {
    flags: '--format <name>',
    about: `one of ${roleTableFormats.join(', ')}`,
    otherwise: 'table',
    parse: oneOf(roleTableFormats),
  },
  port: {
    flags: '--port <number>',
    about: 'where the mock listens',
    otherwise: 'a free port',
    parse: integer(0, 65_535),
  },
  dialect: {
    flags: '--dialect <id>',
    about: 'a lawful variant of the mock',
    otherwise: 'plain',
    parse: text,
  },
  dialects: {
    flags: '--dialect <glob...>',
    about: 'only the dialects of the mock whose id matches',
    otherwise: 'all, unless --defect is given',
    parse: list,
  },
  defects: {
    flags: '--defect <glob...>',
    about: 'only the defects of the mock whose id matches',
    otherwise: 'all, unless --dialect is given',
    parse: list,
  },
  sample: {
    flags: '--sample <number>',
    about: 'only so many of the defects, spread over the facts that they break',
    otherwise: 'all',
    parse: integer(1, 1_000_000),
  },
  thorough: {
    flags: '--thorough',
    about: 'the whole plan for every defect, which takes about half an hour',
    parse: flag,
  },
  selftestDir: {
    flags: '--report-dir <dir>',
    about: 'where kills, facts and score are written',
    otherwise: 'reports/selftest',
    parse: text,
  },
  record: {
    flags: '--record',
    about: 'add the families that turn red to test/selftest/families.json',
    parse: flag,
  },
  defect: {
    flags: '--defect <id>',
    about: 'one seeded break of the contract',
    otherwise: 'none',
    parse: text,
  },
} as const satisfies Record<string, OptionFacts>;

export type OptionName = keyof typeof options;

/** What the flags of a command were read as; a flag that was not given is missing. */
export type Flags<Name extends OptionName = OptionName> = {
  readonly [N in Name]?: ReturnType<(typeof options)[N]['parse']>;
};

const contract = ['matrix', 'specs'] as const satisfies readonly OptionName[];
const selection = [
  'profile',
  'seed',
  'filter',
  'surface',
  'role',
  'family',
] as const satisfies readonly OptionName[];

/** How requests are sent. */
const sending = [
  'timeout',
  'concurrency',
  'rate',
  'maxWait',
  'header',
  'ca',
  'clientCert',
  'clientKey',
] as const satisfies readonly OptionName[];

/** Which options each command takes, in the order of its help. */
export const optionsOf = {
  run: [
    'target',
    'baseUrl',
    'keys',
    ...selection,
    'without',
    'lastFailed',
    'dryRun',
    'reportDir',
    'har',
    ...sending,
    'repeatFailed',
    'knownFailures',
    'updateKnownFailures',
    'yes',
    'strict',
    'allowInconclusive',
    'verbose',
    'quiet',
    'config',
    'printConfig',
    'envFile',
    ...contract,
  ],
  cleanup: [
    'target',
    'baseUrl',
    'keys',
    'runId',
    'dryRun',
    'reportDir',
    ...sending,
    'config',
    'envFile',
    ...contract,
  ],
  list: [...selection, 'json', ...contract],
  explain: ['baseUrl', 'profile', 'seed', ...contract],
  report: ['har', 'verbose', 'quiet'],
  compare: ['json'],
  verify: ['results', ...contract],
  lint: [...contract],
  matrix: ['format', ...contract],
  mock: ['port', 'dialect', 'defect'],
  selftest: ['defects', 'dialects', 'sample', 'thorough', 'record', 'selftestDir'],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof optionsOf;

/** The flags of a command. */
export type FlagsOf<Command extends CommandName> = Flags<(typeof optionsOf)[Command][number]>;
