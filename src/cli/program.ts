import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { packageVersion } from '../package-root.ts';
import { commandFacts, helpFooter } from './help.ts';
import {
  headingOf,
  options,
  optionsOf,
  type CommandName,
  type FlagsOf,
  type OptionName,
} from './option-table.ts';
import { parseOption, type OptionFacts } from './options/option.ts';
import type { Surroundings } from './surroundings.ts';

/** By option that is given: the flag or the environment variable that gave it. */
export type Origins = { readonly [Name in OptionName]?: string };

/** What a command line asks for, read and checked. */
export type Handlers = {
  readonly [Name in CommandName]: (
    flags: FlagsOf<Name>,
    args: readonly string[],
    origins: Origins,
  ) => Promise<number>;
};

/** What each command takes besides its options. */
const commandArguments: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  explain: ['<case-id>'],
  report: ['<directory>'],
  merge: ['<dir...>'],
  compare: ['<old>', '<new>'],
  verify: ['<statement>'],
  diff: ['[a]', '[b]'],
};

/**
 * The parser of the command line: commands and options come from the option table. It writes help to stdout and
 * throws CommanderError instead of leaving the process; `finished` is called with the exit code of the handler.
 */
export function createProgram(
  handlers: Handlers,
  surroundings: Surroundings,
  finished: (exitCode: number) => void,
): Command {
  const program = new Command('armature-conformance')
    .description(
      'Does a deployment of the Armature REST API keep its contract, for every operation and every role?',
    )
    .version(packageVersion, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      // The message is in the error that is thrown; it is told once, by whoever catches it.
      writeErr: () => undefined,
    })
    .addHelpText('after', '\narmature-conformance <command> --help tells the options of a command.');
  const add = <Name extends CommandName>(name: Name, handle: Handlers[Name]): void => {
    const command = program.command([name, ...(commandArguments[name] ?? [])].join(' '));
    command.description(commandFacts[name].about).addHelpText('after', helpFooter(name));
    for (const option of optionsOf[name]) command.addOption(toOption(option, name));
    command.allowExcessArguments(false).action(async () => {
      takeFromEnvironment(command, optionsOf[name], surroundings.env);
      finished(
        await handle(command.opts<FlagsOf<Name>>(), command.args, originsOf(command, optionsOf[name])),
      );
    });
  };
  add('run', handlers.run);
  add('cleanup', handlers.cleanup);
  add('list', handlers.list);
  add('explain', handlers.explain);
  add('report', handlers.report);
  add('merge', handlers.merge);
  add('compare', handlers.compare);
  add('verify', handlers.verify);
  add('diff', handlers.diff);
  add('fingerprint', handlers.fingerprint);
  add('init', handlers.init);
  add('lint', handlers.lint);
  add('matrix', handlers.matrix);
  add('openapi', handlers.openapi);
  add('mock', handlers.mock);
  add('selftest', handlers.selftest);
  return program;
}

/** So many options are read as one list; more of them stand under headings. */
const mostInOneList = 20;

function toOption(name: OptionName, command: CommandName): Option {
  const facts: OptionFacts = options[name];
  const { flags, env, otherwise, withoutValue } = facts;
  const about = facts.aboutIn?.[command] ?? facts.about;
  const notes = [
    ...(otherwise === undefined ? [] : [`default: ${otherwise}`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
  ];
  const option = new Option(flags, notes.length === 0 ? about : `${about} (${notes.join('; ')})`);
  // One flag may mean different things to two commands: the name in the table tells them apart.
  option.attributeName = () => name;
  if (withoutValue !== undefined) option.preset(withoutValue);
  if (optionsOf[command].length > mostInOneList) option.helpGroup(`${headingOf(name)}:`);
  return option.required || option.optional
    ? option.argParser<unknown>((text, previous) => parseOption(facts, text, gathered(previous)))
    : option;
}

/** Where the given options come from: a flag, or the variable. */
function originsOf(command: Command, names: readonly OptionName[]): Origins {
  return Object.fromEntries(
    names.flatMap((name) => {
      const { flags, env }: OptionFacts = options[name];
      const source = command.getOptionValueSource(name);
      if (source === 'env') return [[name, env ?? '']];
      return source === undefined ? [] : [[name, flags.split(' ')[0] ?? flags]];
    }),
  );
}

/** What a repeated flag has gathered so far. */
function gathered(previous: unknown): readonly string[] | undefined {
  return Array.isArray(previous) ? previous.map(String) : undefined;
}

/** The variables of the options that no flag gives; read when a command runs, so that help needs none of them. */
function takeFromEnvironment(command: Command, names: readonly OptionName[], env: Surroundings['env']): void {
  for (const name of names) {
    const facts: OptionFacts = options[name];
    const { env: variable } = facts;
    const text = variable === undefined ? undefined : env[variable];
    if (variable === undefined || text === undefined) continue;
    if (command.getOptionValue(name) !== undefined) continue;
    try {
      command.setOptionValueWithSource(name, parseOption(facts, text, undefined), 'env');
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw new UsageError(`The environment variable ${variable} is wrong.`, error.message);
    }
  }
}
