/** From flags to what a run is told, for every way of starting one. */
import { join } from 'node:path';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import { readResults } from '../results/read.ts';
import { resultsFile } from '../results/write.ts';
import type { RunOptions } from '../run/run-options.ts';
import { readKnownFailures } from './known-failures-file.ts';
import type { FlagsOf } from './option-table.ts';
import { defaultReportDir } from './report-dir.ts';
import { contractWithValues } from './request-values.ts';
import { defaultSeed, selectionOf } from './selection-flags.ts';
import { defaultConcurrency, defaultTimeoutMs } from './settle.ts';
import type { Target } from './target.ts';

type RunFlags = FlagsOf<'run'>;

export const defaultKnownFailures = 'known-failures.yaml';

/**
 * The options of a run on a target. Throws UsageError and ContractError for what is wrong with the files that the
 * flags name.
 */
export async function runOptionsOf(
  contract: Contract,
  target: Pick<Target, 'baseUrl' | 'name' | 'keys' | 'defaultProfile'>,
  flags: RunFlags,
): Promise<RunOptions> {
  const known =
    flags.knownFailures ?? (flags.updateKnownFailures === true ? defaultKnownFailures : undefined);
  const knownFailures =
    known === undefined ? undefined : await readKnownFailures(known, flags.updateKnownFailures === true);
  const ids = flags.lastFailed === true ? await lastFailed(reportDirOf(flags)) : undefined;
  return {
    contract: contractWithValues(contract, flags.requestValue),
    baseUrl: target.baseUrl,
    ...(target.name === undefined ? {} : { targetName: target.name }),
    keys: target.keys,
    profile: flags.profile ?? target.defaultProfile,
    seed: flags.seed ?? defaultSeed,
    timeoutMs: flags.timeout ?? defaultTimeoutMs,
    concurrency: flags.concurrency ?? defaultConcurrency,
    selection: {
      ...selectionOf(flags),
      ...(ids === undefined ? {} : { ids }),
      ...(flags.without === undefined ? {} : { without: flags.without }),
      ...(flags.with === undefined ? {} : { with: flags.with }),
      ...(flags.mcp === 'none' ? { withoutMcp: true as const } : {}),
    },
    ...(flags.repeatFailed === undefined ? {} : { repeatFailed: flags.repeatFailed }),
    ...(knownFailures === undefined ? {} : { knownFailures }),
    ...(flags.har === 'all' ? { evidence: 'all' as const } : {}),
    strict: flags.strict === true,
    allowInconclusive: flags.allowInconclusive === true,
  };
}

/** The ids of the cases that failed in the last results. Throws UsageError where there are none. */
async function lastFailed(directory: string): Promise<readonly string[]> {
  const file = join(directory, resultsFile);
  const { cases } = await readResults(file);
  const failed = cases.filter(({ status }) => status === 'failed').map(({ id }) => id);
  if (failed.length > 0) return failed;
  throw new UsageError(`In ${file} no case failed.`, 'Leave out --last-failed.');
}

/** Where the reports of a run are written. */
export function reportDirOf({ reportDir }: RunFlags): string {
  return reportDir ?? defaultReportDir;
}

/** The paths of another contract, where the flags name one. */
export function contractFiles({ matrix, specs }: RunFlags): {
  readonly matrix?: string;
  readonly specs?: string;
} {
  return { ...(matrix === undefined ? {} : { matrix }), ...(specs === undefined ? {} : { specs }) };
}
