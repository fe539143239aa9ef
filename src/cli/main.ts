/** The entry of the command line: from arguments to an exit code, with every error told to the reader. */
import { CommanderError } from 'commander';
import { ContractError } from '../contract/problem.ts';
import { EndedEarly } from '../errors.ts';
import { exitCodes } from '../results/verdict.ts';
import { withDotenv } from './dotenv.ts';
import { createProgram, type Handlers } from './program.ts';
import { Output, type Surroundings } from './surroundings.ts';

/**
 * Carries out a command line. Takes the arguments behind the name of the program; gives the exit code, having told
 * any error on stderr. Never throws: what was not foreseen is a fault of the suite, exit code 5.
 */
export async function main(args: readonly string[], given: Surroundings): Promise<number> {
  const output = new Output(given);
  let exitCode: number = exitCodes.conformant;
  try {
    const surroundings = { ...given, env: withDotenv(args, given.env) };
    const program = createProgram(handlersFor(surroundings, output), surroundings, (code) => {
      exitCode = code;
    });
    if (args.length === 0) {
      program.outputHelp();
      return exitCodes.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(error, output, args.includes('--verbose'));
  }
}

/** Each command is loaded when it is called: help and lint need neither the planner nor vitest nor the HTTP client. */
function handlersFor(surroundings: Surroundings, output: Output): Handlers {
  return {
    run: async (flags, _args, origins) => {
      const [{ runCommand }, { runConformance }] = await Promise.all([
        import('./commands/run.ts'),
        import('../run/run.ts'),
      ]);
      return runCommand(flags, surroundings, output, runConformance, origins);
    },
    cleanup: async (flags) =>
      (await import('./commands/cleanup.ts')).cleanupCommand(flags, surroundings, output),
    list: async (flags) => (await import('./commands/list.ts')).listCommand(flags, output),
    explain: async (flags, [id = '']) =>
      (await import('./commands/explain.ts')).explainCommand(id, flags, output),
    report: async (flags, [directory = '']) =>
      (await import('./commands/report.ts')).reportCommand(directory, flags, output),
    merge: async (flags, directories) =>
      (await import('./commands/merge.ts')).mergeCommand(directories, flags, surroundings, output),
    compare: async (flags, [old = '', now = '']) =>
      (await import('./commands/compare.ts')).compareCommand(old, now, flags, output),
    verify: async (flags, [statement = '']) =>
      (await import('./commands/verify.ts')).verifyCommand(statement, flags, output),
    diff: async (flags, [a, b]) =>
      (await import('./commands/diff.ts')).diffCommand([a, b], flags, surroundings, output),
    fingerprint: async (flags) =>
      (await import('./commands/fingerprint.ts')).fingerprintCommand(flags, surroundings, output),
    init: async (flags) => (await import('./commands/init.ts')).initCommand(flags, surroundings, output),
    lint: async (flags) => (await import('./commands/lint.ts')).lintCommand(flags, surroundings, output),
    matrix: async (flags) => (await import('./commands/matrix.ts')).matrixCommand(flags, output),
    openapi: async (flags) => (await import('./commands/openapi.ts')).openapiCommand(flags, output),
    selftest: async (flags) =>
      (await import('./commands/selftest.ts')).selftestCommand(flags, surroundings, output),
    mock: async (flags) => (await import('./commands/mock.ts')).mockCommand(flags, surroundings, output),
  };
}

/** Tells an error on stderr, without a stack trace unless it is the suite's own; gives the exit code. */
function tell(error: unknown, output: Output, verbose: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.conformant;
    output.note(oneLine(error.message));
    return exitCodes.usage;
  }
  if (error instanceof EndedEarly) {
    output.note(`error: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`);
    return error.exitCode;
  }
  if (error instanceof ContractError) {
    output.note(error.message);
    return exitCodes.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  output.note(`The suite itself failed, which says nothing about the target: ${message}`);
  if (verbose && error instanceof Error && error.stack !== undefined) output.note(error.stack);
  else output.note('--verbose shows where.');
  return exitCodes.suiteFault;
}

function oneLine(message: string): string {
  return message.replaceAll(/\s*\n\s*/g, ' ').trim();
}
