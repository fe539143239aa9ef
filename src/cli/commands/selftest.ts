import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { planCases } from '../../plan/plan.ts';
import { writeScore } from '../../report-files/suite-score.ts';
import { factProofs } from '../../selftest/fact-proofs.ts';
import { serializeRecord, withOutcomes, type FamiliesRecord } from '../../selftest/families-record.ts';
import { planTrials } from '../../selftest/plan-trials.ts';
import type { WorkerReply } from '../../selftest/pool.ts';
import { reportFiles } from '../../selftest/report-files.ts';
import { dialectLine, selftestText, survivorLine } from '../../selftest/report-text.ts';
import { exitCodeOf, suiteScoreOf, survives } from '../../selftest/score.ts';
import { defaultSampleSize, isRecorded, runSelftest, type SelftestResult } from '../../selftest/selftest.ts';
import { unseenByProfile } from '../../selftest/unseen.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed } from '../selection-flags.ts';
import { isWhole, selftestChoice } from '../selftest-choice.ts';
import type { MockModule, Output, Surroundings } from '../surroundings.ts';

const defaultReportDir = join('reports', 'selftest');
/** Part of the checkout, not of the package: an installed suite holds nothing against it. */
const recordFile = join(packageRoot, 'test', 'selftest', 'families.json');

/**
 * Proves the suite on the embedded mock: no lawful deployment is accused and every defect is found, in each profile as
 * far as it goes. Writes its report and gives 0 only where that holds; throws UsageError for what is not there, for a
 * record that cannot be kept and for a directory that cannot be written.
 */
export async function selftestCommand(
  flags: FlagsOf<'selftest'>,
  { loadMock }: Surroundings,
  output: Output,
): Promise<number> {
  if (flags.record === true) await requireCheckout();
  const mock = await loadMock();
  const choice = selftestChoice(flags, mock);
  const known = await readRecord();
  const compares = flags.record !== true && flags.thorough !== true;
  const result = await runSelftest({
    ...planTrials(choice),
    pointOf: choice.pointOf,
    mockUrl: mock.url,
    sampleSize: flags.thorough === true ? undefined : defaultSampleSize,
    record: compares ? known : undefined,
    onReply: (reply, done, total) => tellReply(reply, done, total, output),
  });
  if (flags.record === true) {
    await keepRecord(known ?? {}, result, mock);
    output.note(`Recorded: ${recordFile}`);
    // A part of the trials is no score of the suite.
    const score = isWhole(flags) ? suiteScoreOf(result.score) : undefined;
    if (score !== undefined) await writeScore({ profiles: score, unseen: unseenByProfile(result.defects) });
  }
  const directory = flags.selftestDir ?? defaultReportDir;
  await writeReport(directory, result, mock);
  output.print(selftestText(result));
  output.note(`Report: ${directory}`);
  return exitCodeOf(result.score);
}

/** Throws UsageError in an installed package, before anything is tried. */
async function requireCheckout(): Promise<void> {
  try {
    await access(dirname(recordFile));
  } catch {
    throw new UsageError(
      '--record keeps what was found in test/selftest, which is part of the checkout of this project, not of the installed package.',
      'Leave it out, or run it in a checkout.',
    );
  }
}

async function keepRecord(known: FamiliesRecord, result: SelftestResult, mock: MockModule): Promise<void> {
  const ids = mock.defects.map(({ id }) => id);
  await writeFile(recordFile, serializeRecord(withOutcomes(known, result.defects.filter(isRecorded), ids)));
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
  else if (reply.kind === 'defect')
    for (const outcome of reply.outcomes.filter(survives)) output.note(survivorLine(outcome));
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
