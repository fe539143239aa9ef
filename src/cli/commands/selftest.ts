import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { packageRoot } from '../../package-root.ts';
import { planCases } from '../../plan/plan.ts';
import { factProofs } from '../../selftest/fact-proofs.ts';
import { serializeRecord, withOutcomes, type FamiliesRecord } from '../../selftest/families-record.ts';
import { sampleDefects } from '../../selftest/focus.ts';
import type { WorkerReply } from '../../selftest/pool.ts';
import { writeScore } from '../../report-files/suite-score.ts';
import { reportFiles } from '../../selftest/report-files.ts';
import { dialectLine, selftestText, survivorLine } from '../../selftest/report-text.ts';
import { exitCodeOf, suiteScoreOf } from '../../selftest/score.ts';
import { defaultSampleSize, runSelftest, type SelftestResult } from '../../selftest/selftest.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed } from '../selection-flags.ts';
import type { MockModule, Output, Surroundings } from '../surroundings.ts';

type SelftestFlags = FlagsOf<'selftest'>;

const defaultReportDir = join('reports', 'selftest');
/** Part of the checkout, not of the package: an installed suite holds nothing against it. */
const recordFile = join(packageRoot, 'test', 'selftest', 'families.json');

/**
 * Proves the suite on the embedded mock: no dialect is accused and every defect is found. Writes its report and
 * gives 0 only where both hold; throws UsageError for a glob that matches nothing and for a directory that cannot be
 * written.
 */
export async function selftestCommand(
  flags: SelftestFlags,
  { loadMock }: Surroundings,
  output: Output,
): Promise<number> {
  const mock = await loadMock();
  const { dialects, defects } = chosen(flags, mock);
  const known = await readRecord();
  const compares = flags.record !== true && flags.thorough !== true;
  const result = await runSelftest({
    dialects,
    defects,
    mockUrl: mock.url,
    sampleSize: flags.thorough === true ? undefined : defaultSampleSize,
    record: compares ? known : undefined,
    onReply: (reply, done, total) => tellReply(reply, done, total, output),
  });
  if (flags.record === true) {
    const ids = mock.defects.map(({ id }) => id);
    await writeFile(recordFile, serializeRecord(withOutcomes(known ?? {}, result.defects, ids)));
    output.note(`Recorded: ${recordFile}`);
    // A part of the trials is no score of the suite.
    if (dialects.length === mock.dialects.length && defects.length === mock.defects.length) {
      await writeScore(suiteScoreOf(result.score));
    }
  }
  const directory = flags.selftestDir ?? defaultReportDir;
  await writeReport(directory, result, mock);
  output.print(selftestText(result));
  output.note(`Report: ${directory}`);
  return exitCodeOf(result.score);
}

/** Where one kind is asked for by name, the other is left out. */
function chosen(
  { dialects, defects, sample }: SelftestFlags,
  mock: MockModule,
): { readonly dialects: readonly string[]; readonly defects: MockModule['defects'] } {
  const all = dialects === undefined && defects === undefined;
  const matching = all || defects !== undefined ? matched('defect', defects, mock.defects) : [];
  return {
    dialects:
      all || dialects !== undefined ? matched('dialect', dialects, mock.dialects).map(({ id }) => id) : [],
    defects: sample === undefined ? matching : sampleDefects(matching, sample),
  };
}

function matched<T extends { readonly id: string }>(
  option: string,
  globs: readonly string[] | undefined,
  all: readonly T[],
): readonly T[] {
  if (globs === undefined) return all;
  const matchers = globs.map((glob) => ({ glob, matches: picomatch(glob) }));
  const ids = all.map(({ id }) => id);
  for (const { glob, matches } of matchers) {
    if (ids.some((id) => matches(id))) continue;
    throw new UsageError(`--${option} ${glob} matches no ${option} of the mock.`, didYouMean(glob, ids));
  }
  return all.filter(({ id }) => matchers.some(({ matches }) => matches(id)));
}

async function readRecord(): Promise<FamiliesRecord | undefined> {
  try {
    const record: FamiliesRecord = JSON.parse(await readFile(recordFile, 'utf8'));
    return record;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`The record ${recordFile} cannot be read.`, 'selftest --record writes it anew.');
  }
}

const linesEvery = 25;

function tellReply(reply: WorkerReply, done: number, total: number, output: Output): void {
  if (reply.kind === 'dialect') output.note(dialectLine(reply.outcome));
  else if (reply.outcome.fate === 'survived') output.note(survivorLine(reply.outcome));
  if (done % linesEvery === 0 || done === total) output.note(`${done} of ${total} trials`);
}

async function writeReport(directory: string, result: SelftestResult, mock: MockModule): Promise<void> {
  const contract = await loadContract();
  const cases = planCases(contract, { seed: defaultSeed });
  const files = reportFiles(result, factProofs(contract, cases, mock.defects, result.defects));
  try {
    await mkdir(directory, { recursive: true });
    for (const [name, text] of files) await writeFile(join(directory, name), text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `The report directory ${directory} cannot be written: ${reason}.`,
      'Choose another --report-dir.',
    );
  }
}
