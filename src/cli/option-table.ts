/** Every option of the command line, once: the parser, the environment variables, help and the README derive from it. */
import { cleanupOptions } from './options/cleanup.ts';
import { comparisonOptions } from './options/comparison.ts';
import { initOptions } from './options/init.ts';
import { mockOptions } from './options/mock.ts';
import { selftestOptions } from './options/selftest.ts';
import type { OptionFacts } from './options/option.ts';
import { outcomeOptions } from './options/outcome.ts';
import { selectionOptions } from './options/selection.ts';
import { targetOptions } from './options/target.ts';

/** The options by subject, each with the heading that a long help has for it. */
const subjects = [
  ['The target, and how requests are sent', targetOptions],
  ['What is tested', selectionOptions],
  ['What comes of it', outcomeOptions],
  ['Cleaning up', cleanupOptions],
  ['Comparing', comparisonOptions],
  ['The mock', mockOptions],
  ['The self-test', selftestOptions],
  ['Another API', initOptions],
] as const;

/** The heading under which a long help has an option. */
export function headingOf(name: OptionName): string {
  return subjects.find(([, own]) => name in own)?.[0] ?? '';
}

/** The names of all options, as often as a subject has them: each must be there once, or the later one wins unseen. */
export const namesOfSubjects: readonly string[] = subjects.flatMap(([, own]) => Object.keys(own));

export const options = {
  ...targetOptions,
  ...selectionOptions,
  ...outcomeOptions,
  ...cleanupOptions,
  ...comparisonOptions,
  ...mockOptions,
  ...selftestOptions,
  ...initOptions,
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
  'level',
] as const satisfies readonly OptionName[];

/** How requests are sent. */
const sending = [
  'timeout',
  'concurrency',
  'rate',
  'maxWait',
  'listLag',
  'header',
  'ca',
  'clientCert',
  'clientKey',
] as const satisfies readonly OptionName[];

/** How deployments are asked that are looked at, not judged. */
const observing = [
  ...sending,
  'mcp',
  'mcpUrl',
  'yes',
  'json',
  'config',
  'dotenv',
  ...contract,
] as const satisfies readonly OptionName[];

/** Which options each command takes, in the order of its help. */
export const optionsOf = {
  run: [
    'target',
    'baseUrl',
    'start',
    'waitFor',
    'startTimeout',
    'keys',
    ...selection,
    'without',
    'with',
    'shard',
    'lastFailed',
    'requestValue',
    'dryRun',
    'reportDir',
    'har',
    'sign',
    ...sending,
    'mcp',
    'mcpUrl',
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
    'dotenv',
    ...contract,
  ],
  cleanup: [
    'target',
    'baseUrl',
    'keys',
    'runId',
    'byMarker',
    'olderThan',
    'wait',
    'dryRun',
    'yes',
    'reportDir',
    ...sending,
    'config',
    'dotenv',
    ...contract,
  ],
  list: [...selection, 'shard', 'json', ...contract],
  explain: ['baseUrl', 'profile', 'seed', ...contract],
  report: ['har', 'sign', 'verbose', 'quiet'],
  merge: ['reportDir', 'har', 'sign', 'verbose', 'quiet'],
  compare: ['json'],
  verify: ['key', 'results', ...contract],
  diff: [
    'target',
    'baseUrl',
    'keys',
    'against',
    'againstKeys',
    ...selection,
    'without',
    'dryRun',
    'diffDir',
    ...observing,
  ],
  fingerprint: [
    'target',
    'baseUrl',
    'keys',
    'profile',
    'seed',
    'without',
    'dryRun',
    'fingerprintOut',
    'compare',
    'fingerprintDir',
    ...observing,
  ],
  init: ['fromOpenapi', 'initDir', 'roles', 'force'],
  lint: [...contract],
  matrix: ['format', ...contract],
  openapi: ['serverUrl', 'documentFormat', 'out', ...contract],
  mock: ['port', 'dialect', 'defect', 'colleague', 'listMock', 'json'],
  selftest: [
    'defects',
    'dialects',
    'trialProfiles',
    'points',
    'on',
    'selftestColleague',
    'pointSeed',
    'trialShard',
    'sample',
    'thorough',
    'record',
    'selftestDir',
  ],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof optionsOf;

/** The flags of a command. */
export type FlagsOf<Command extends CommandName> = Flags<(typeof optionsOf)[Command][number]>;
