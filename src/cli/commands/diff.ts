import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import { withRequestValues } from '../../contract/request-values.ts';
import type { Contract } from '../../contract/types.ts';
import { diffExitCode } from '../../diff/conclude.ts';
import { diffResults, keepsEveryExchange } from '../../diff/diff.ts';
import { diffMarkdown } from '../../diff/markdown.ts';
import { diffText } from '../../diff/text.ts';
import { UsageError } from '../../errors.ts';
import { compareFingerprints } from '../../fingerprint/compare.ts';
import { readFingerprint } from '../../fingerprint/read.ts';
import { planCases } from '../../plan/plan.ts';
import type { Case } from '../../plan/types.ts';
import { requireFree, requireWritable } from '../../report-files/own-folder.ts';
import { readResults } from '../../results/read.ts';
import { sortedJson } from '../../results/serialize.ts';
import type { Results } from '../../results/types.ts';
import { exitCodes } from '../../results/verdict.ts';
import { resultsFile } from '../../results/write.ts';
import { fileErrorWord, ownerOnly, writeWhole } from '../../write-whole.ts';
import { interruptible } from '../interrupt.ts';
import {
  dryRunText,
  endedEarly,
  observeAll,
  openObservable,
  tellEnd,
  type Observable,
  type ObservingFlags,
} from '../observing.ts';
import type { FlagsOf } from '../option-table.ts';
import { contractOfTheSecond } from '../second-target.ts';
import { selectionOf } from '../selection-flags.ts';
import type { Output, Surroundings } from '../surroundings.ts';

type DiffFlags = FlagsOf<'diff'>;

const defaultDirectory = join('reports', 'diff');

/** Two runs with the cases that they held. */
interface Sides {
  readonly contract: Contract;
  readonly a: Results;
  readonly b: Results;
  readonly cases: readonly Case[];
}

/**
 * Sends one plan to two deployments, or takes two saved runs, and tells where the answers differ; writes diff.md and
 * diff.json. Gives exit code 1 where they differ. Throws UsageError, ContractError or UnreachableError where there
 * is nothing to compare.
 */
export async function diffCommand(
  [a, b]: readonly (string | undefined)[],
  flags: DiffFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  requireOneWay([a, b], flags);
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const sides =
    a !== undefined && b !== undefined
      ? await savedSides(contract, a, b)
      : await askBoth(contract, flags, surroundings, output);
  return typeof sides === 'number' ? sides : tellDiff(sides, flags, output);
}

/** Two deployments or two saved runs: never one of each. */
function requireOneWay([a, b]: readonly (string | undefined)[], flags: DiffFlags): void {
  const live = flags.against ?? flags.againstKeys;
  if (a !== undefined && b === undefined) {
    throw new UsageError(
      'One saved run is given where two are compared.',
      'Name two report directories, or a deployment by --against.',
    );
  }
  if (a !== undefined && live !== undefined) {
    throw new UsageError(
      'Two saved runs are given, and --against too.',
      'Leave out one or the other: saved runs are compared without a request.',
    );
  }
  if (a === undefined && flags.against === undefined) {
    throw new UsageError(
      'There is nothing to compare with.',
      'Name a second deployment by --against, or two report directories.',
    );
  }
}

async function savedSides(contract: Contract, a: string, b: string): Promise<Sides> {
  const [left, right] = [await savedRun(a), await savedRun(b)];
  const cases =
    contract.digest === left.contract.digest
      ? planCases(withRequestValues(contract, left.requestValues ?? {}), {
          seed: left.seed,
          profile: left.profile,
        })
      : [];
  return { contract, a: left, b: right, cases };
}

async function savedRun(path: string): Promise<Results> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isDirectory ? join(path, resultsFile) : path;
  const results = await readResults(file);
  if (keepsEveryExchange(results)) return results;
  throw new UsageError(
    `${file} does not hold every exchange.`,
    'Run it again with --har all, which keeps them.',
  );
}

/** Both deployments under the same plan; a number is the exit code of what did not come to its end. */
async function askBoth(
  contract: Contract,
  flags: DiffFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<Sides | number> {
  const directory = flags.diffDir ?? defaultDirectory;
  const about = { selection: selectionOf(flags), directory, profile: 'read' as const };
  const first = await openObservable(flagsOfTheFirst(flags), { ...about, contract }, surroundings, output);
  try {
    const profile = first.observation.profile;
    const asked = { ...about, profile, contract: contractOfTheSecond(contract) };
    const second = await openObservable(flagsOfTheSecond(flags), asked, surroundings, output);
    try {
      return await askEach({ contract, first, second, directory }, flags, surroundings, output);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

/** A configuration that names the second deployment alone is none of the first. */
function flagsOfTheFirst({ config, ...flags }: DiffFlags): ObservingFlags {
  return flags.target === undefined || config === undefined ? flags : { ...flags, config };
}

/** What holds of the second deployment: its own address and keys, and how requests are sent to both. */
function flagsOfTheSecond(flags: DiffFlags): ObservingFlags {
  const { baseUrl: _url, keys: _keys, target: _target, config, against = '', againstKeys, ...shared } = flags;
  const named = !against.includes('://');
  return {
    ...shared,
    ...(named ? { target: against, ...(config === undefined ? {} : { config }) } : { baseUrl: against }),
    ...(againstKeys === undefined ? {} : { keys: againstKeys }),
  };
}

async function askEach(
  asking: {
    readonly contract: Contract;
    readonly first: Observable;
    readonly second: Observable;
    readonly directory: string;
  },
  flags: DiffFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<Sides | number> {
  const { contract, first, second, directory } = asking;
  if (first.observation.profile !== second.observation.profile) {
    throw new UsageError(
      `The profile is ${first.observation.profile} for one side and ${second.observation.profile} for the other.`,
      'Name one for both by --profile.',
    );
  }
  if (flags.dryRun === true) {
    output.print(dryRunText(first) + dryRunText(second));
    return exitCodes.conformant;
  }
  await requireWritable(directory, 'The report directory');
  await requireOwnDiff(directory);
  const results = await interruptible(
    (signal) => observeAll([first, second], flags.yes === true, surroundings, output, signal),
    (text) => output.note(text),
  );
  tellEnd(results, output);
  const [a, b] = results;
  const code = endedEarly(results);
  if (code !== undefined || a === undefined || b === undefined) return code ?? exitCodes.suiteFault;
  return { contract, a, b, cases: first.planned.cases };
}

const files = { diff: 'diff.json', markdown: 'diff.md' } as const;

/** An earlier comparison is replaced, a file of somebody else's is not. */
async function requireOwnDiff(directory: string): Promise<void> {
  const text = await readFile(join(directory, files.diff), 'utf8').catch(() => '');
  const isOwn = ['"differences":', '"freedoms":', '"oneSided":'].every((member) => text.includes(member));
  if (!isOwn) await requireFree(directory, Object.values(files));
}

async function tellDiff({ contract, a, b, cases }: Sides, flags: DiffFlags, output: Output): Promise<number> {
  const [old, now] = [a, b].map((results) => readFingerprint({ contract, cases, results }, []));
  const { differences = [] } = old === undefined || now === undefined ? {} : compareFingerprints(old, now);
  const diff = diffResults(a, b, differences);
  const directory = flags.diffDir ?? defaultDirectory;
  await requireOwnDiff(directory);
  await write(join(directory, files.diff), sortedJson(diff));
  await write(join(directory, files.markdown), diffMarkdown(diff));
  output.print(flags.json === true ? sortedJson(diff) : diffText(diff, output.colors, output.width));
  output.note(`Side by side: ${join(directory, files.markdown)}`);
  return diffExitCode(diff);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text, ownerOnly);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
}
