import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { mergeShards } from '../../results/merge.ts';
import type { ShardFile } from '../../results/merge-checks.ts';
import { readResults } from '../../results/read.ts';
import { resultsFile } from '../../results/write.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultReportDir, publish, resultsFileAt, signingWith } from '../report-dir.ts';
import { emptyReportDir } from '../../report-files/report-dir.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { volumeOf } from '../volume.ts';

/**
 * Makes one results.json and its reports from the shards of a run. Gives the exit code of the verdict on all of them;
 * throws UsageError with every reason where they are not all the shards of one run, each once and whole.
 * @param paths report directories of shards, or their results.json
 */
export async function mergeCommand(
  paths: readonly string[],
  flags: FlagsOf<'merge'>,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const volume = volumeOf(flags);
  const signing = await signingWith(flags);
  const directory = flags.reportDir ?? defaultReportDir;
  const files = await Promise.all(paths.map(resultsFileAt));
  await requireOther(directory, files);
  await emptyReportDir(directory);
  const merged = mergeShards(await readAll(files));
  if (merged.kind === 'refused') {
    throw new UsageError(
      `These are not the shards of one run:\n${indented(merged.problems)}`,
      'Give every shard of one run, each once.',
    );
  }
  const { results } = merged;
  const telling = { volume, har: flags.har ?? 'failed', ...signing };
  return publish(directory, results, telling, surroundings, output);
}

/** Every file is read before the first complaint, so that all that is wrong is told at once. */
async function readAll(files: readonly string[]): Promise<readonly ShardFile[]> {
  const read = await Promise.all(
    files.map(async (file): Promise<ShardFile | UsageError> => {
      try {
        return { file, results: await readResults(file) };
      } catch (error) {
        if (error instanceof UsageError) return error;
        throw error;
      }
    }),
  );
  const broken = read.flatMap((one) => (one instanceof UsageError ? [one.message] : []));
  if (broken.length > 0) {
    throw new UsageError(
      `Not every shard can be read:\n${indented(broken)}`,
      'Run the shards that are missing or damaged again.',
    );
  }
  return read.flatMap((one) => (one instanceof UsageError ? [] : [one]));
}

/** Throws UsageError where the merged results would replace those of a shard. */
async function requireOther(directory: string, files: readonly string[]): Promise<void> {
  const target = await realpath(join(directory, resultsFile)).catch(() => undefined);
  for (const file of files) {
    if (target === undefined || (await realpath(file).catch(() => file)) !== target) continue;
    throw new UsageError(
      `${file} is a shard, and the merged results would replace it.`,
      'Choose another --report-dir.',
    );
  }
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}
