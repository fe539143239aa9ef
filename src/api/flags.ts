/** The flags of the command line that the options of a program stand for. */
import { InvalidArgumentError } from 'commander';
import { options as flagTable, type FlagsOf, type OptionName } from '../cli/option-table.ts';
import { parseOption, type OptionFacts } from '../cli/options/option.ts';
import { UsageError } from '../errors.ts';
import { requireMembers } from './members.ts';
import type { RunHooks, RunSettings } from './settings.ts';

/** The flag that each setting stands for, which knows what its value may be. */
const flagOf = {
  profile: 'profile',
  allowFull: 'yes',
  seed: 'seed',
  level: 'level',
  filter: 'filter',
  surface: 'surface',
  role: 'role',
  family: 'family',
  without: 'without',
  with: 'with',
  timeoutMs: 'timeout',
  concurrency: 'concurrency',
  maxWaitMs: 'maxWait',
  listLagMs: 'listLag',
  mcp: 'mcp',
  mcpUrl: 'mcpUrl',
  knownFailures: 'knownFailures',
  strict: 'strict',
  allowInconclusive: 'allowInconclusive',
  reportDir: 'reportDir',
  har: 'har',
} as const satisfies Record<keyof RunSettings, OptionName>;

/**
 * The flags that settings stand for, their values checked as those of the command line are. Throws UsageError for a
 * member that there is not and for a value that none may have.
 * @param besides members that the caller reads itself
 */
export function flagsOfSettings(
  settings: RunSettings & Pick<RunHooks, 'repeatFailed'>,
  besides: readonly string[],
): FlagsOf<'run'> {
  requireMembers('The object of options', settings, [...Object.keys(flagOf), ...besides], []);
  const repeat = { ...flagOf, repeatFailed: 'repeatFailed' } as const;
  return Object.fromEntries(
    Object.entries(repeat).flatMap(([member, flag]) => {
      const value: unknown = Object.entries(settings).find(([name]) => name === member)?.[1];
      return value === undefined || value === false ? [] : [[flag, parsed(member, flag, value)]];
    }),
  );
}

/** A value as its flag reads it. Throws UsageError for one that it may not have. */
export function parsed(member: string, flag: OptionName, value: unknown): unknown {
  const facts: OptionFacts = flagTable[flag];
  const { flags } = facts;
  if (!flags.includes('<')) return true;
  const repeatable = flags.includes('...');
  const texts = repeatable && Array.isArray(value) ? value.map(String) : [String(value)];
  try {
    if (!repeatable) return parseOption(facts, texts[0] ?? '', undefined);
    return texts.reduce<readonly string[]>((gathered, text) => {
      parseOption(facts, text, gathered);
      return [...gathered, text];
    }, []);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${member} is ${JSON.stringify(value)}.`, error.message);
  }
}
