import { join } from 'node:path';
import { createAjv } from '../../contract/ajv.ts';
import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { changeText, compareFingerprints } from '../../fingerprint/compare.ts';
import { fingerprintYaml, fromFile, type FingerprintFile } from '../../fingerprint/document.ts';
import type { Fingerprint } from '../../fingerprint/fingerprint.ts';
import { readFingerprint } from '../../fingerprint/read.ts';
import { isTelling } from '../../fingerprint/telling.ts';
import { everything } from '../../plan/select.ts';
import { printable } from '../../report/printable.ts';
import { counted } from '../../report/terminal/wrap.ts';
import { requireWritable } from '../../report-files/own-folder.ts';
import { exitCodes } from '../../results/verdict.ts';
import { fileErrorWord, writeWhole } from '../../write-whole.ts';
import { readChecked, type FileKind } from '../checked-file.ts';
import { interruptible } from '../interrupt.ts';
import { dryRunText, endedEarly, observeAll, openObservable, tellEnd } from '../observing.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output, Surroundings } from '../surroundings.ts';

type FingerprintFlags = FlagsOf<'fingerprint'>;

const fingerprintFile: FileKind<FingerprintFile> = {
  what: 'The fingerprint',
  schema: 'fingerprint.schema.json',
  compile: (document) => createAjv().compile<FingerprintFile>(document),
};

const defaultDirectory = join('reports', 'fingerprint');

/**
 * Takes the fingerprint of a deployment, and holds it against an older one where `--compare` names one; two files are
 * compared without a request. Gives exit code 1 where they differ. Throws UsageError, ContractError or
 * UnreachableError where there is nothing to tell.
 */
export async function fingerprintCommand(
  flags: FingerprintFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const [oldFile, newFile, ...more] = flags.compare ?? [];
  if (more.length > 0) {
    throw new UsageError(
      `--compare names ${more.length + 2} files.`,
      'One is held against a new fingerprint, two against each other.',
    );
  }
  const old = oldFile === undefined ? undefined : await fingerprintAt(oldFile);
  if (old !== undefined && newFile !== undefined) {
    return tellChanges(old, await fingerprintAt(newFile), flags, output);
  }
  const taken = await takeFingerprint(flags, surroundings, output);
  if (typeof taken === 'number') return taken;
  const text = fingerprintYaml(taken);
  if (flags.fingerprintOut !== undefined) await write(flags.fingerprintOut, text, output);
  else if (old === undefined) output.print(text);
  return old === undefined ? exitCodes.conformant : tellChanges(old, taken, flags, output);
}

/** The fingerprint, or the exit code of a run that did not come to its end. */
async function takeFingerprint(
  flags: FingerprintFlags,
  surroundings: Surroundings,
  output: Output,
): Promise<Fingerprint | number> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const directory = flags.fingerprintDir ?? defaultDirectory;
  const asked = { contract, selection: everything, directory, only: isTelling };
  const one = await openObservable(flags, asked, surroundings, output);
  try {
    if (flags.dryRun === true) {
      output.print(dryRunText(one));
      return exitCodes.conformant;
    }
    if (one.observation.profile === 'full') await requireWritable(directory, 'The report directory');
    const results = await interruptible(
      (signal) => observeAll([one], flags.yes === true, surroundings, output, signal),
      (text) => output.note(text),
    );
    tellEnd(results, output);
    const [first] = results;
    const code = endedEarly(results);
    if (code !== undefined || first === undefined) return code ?? exitCodes.suiteFault;
    const { cases } = one.planned;
    return readFingerprint({ contract, cases, results: first }, Object.keys(one.observation.keys));
  } finally {
    await one.close();
  }
}

async function fingerprintAt(file: string): Promise<Fingerprint> {
  return fromFile((await readChecked(file, fingerprintFile)).value);
}

async function write(file: string, text: string, output: Output): Promise<void> {
  try {
    await writeWhole(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${fileErrorWord(error)}.`, 'Choose another --out.');
  }
  output.note(`Fingerprint: ${file}`);
}

function tellChanges(old: Fingerprint, now: Fingerprint, flags: FingerprintFlags, output: Output): number {
  if (old.profile !== now.profile) {
    throw new UsageError(
      `The old fingerprint is of the profile ${old.profile}, the new one of ${now.profile}: they saw different requests.`,
      `Take both with the same --profile.`,
    );
  }
  const { differences, unseen } = compareFingerprints(old, now);
  if (flags.json === true) output.print(`${JSON.stringify({ differences, unseen }, null, 2)}\n`);
  else {
    for (const change of differences) {
      output.print(`${printable(changeText(change, { old: 'before', new: 'now' }))}\n`);
    }
    const word = differences.length === 0 ? 'The same' : counted(differences.length, 'difference');
    output.print(`${word}; ${unseen.length} that only one of them saw.\n`);
  }
  return differences.length > 0 ? exitCodes.violations : exitCodes.conformant;
}
