/** known-failures.yaml: read with every mistake at its place, written without losing what people wrote into it. */
import { readFile, writeFile } from 'node:fs/promises';
import { isSeq, parseDocument, YAMLSeq, type Document } from 'yaml';
import { createAjv } from '../contract/ajv.ts';
import { UsageError } from '../errors.ts';
import { speaksOf, type KnownFailure } from '../results/known-failures.ts';
import type { Results } from '../results/types.ts';
import { breaks } from '../results/verdict.ts';
import { readChecked, reasonOf, type FileKind } from './checked-file.ts';

const knownFailuresFile: FileKind<readonly Omit<KnownFailure, 'position'>[]> = {
  what: 'The file of known failures',
  schema: 'known-failures.schema.json',
  compile: (document) => createAjv().compile<readonly Omit<KnownFailure, 'position'>[]>(document),
};

/**
 * The entries of a file. Throws UsageError where it cannot be read, ContractError with each mistake at its place.
 * @param orEmpty whether a file that is not there holds no entries
 */
export async function readKnownFailures(file: string, orEmpty: boolean): Promise<readonly KnownFailure[]> {
  if (orEmpty && ((await textOf(file)) ?? '').trim() === '') return [];
  const { source, value: entries } = await readChecked(file, knownFailuresFile);
  return entries.map((entry, index) => ({ ...entry, position: source.place([index]) }));
}

/**
 * Writes the file anew from results: what is still there keeps its entry, what is gone loses it, what is new gets
 * one. Comments stay. Gives how many entries were added and deleted.
 */
export async function updateKnownFailures(
  file: string,
  entries: readonly KnownFailure[],
  results: Results,
): Promise<{ readonly added: number; readonly deleted: number }> {
  const document = parseDocument((await textOf(file)) ?? '');
  const list = isSeq(document.contents) ? document.contents : undefined;
  const judged = results.cases.filter(({ status }) => status === 'passed' || status === 'failed');
  const broken = judged.flatMap(({ id, findings }) =>
    [
      ...new Set(
        findings
          .filter(({ known: _known, ...finding }) => breaks(finding, results.strict))
          .map(({ code }) => code),
      ),
    ].map((code) => ({ id, code })),
  );
  const kept = entries.filter((entry) => {
    const matches = speaksOf(entry);
    const seen = judged.some(({ id }) => matches(id));
    return !seen || broken.some(({ id, code }) => code === entry.code && matches(id));
  });
  const added = broken.filter(
    ({ id, code }) => !kept.some((entry) => entry.code === code && speaksOf(entry)(id)),
  );
  const fresh = added.map(({ id, code }) => ({ case: id, code, reason: `seen in run ${results.runId}` }));
  const items = [...(list?.items ?? [])].filter((_, index) => {
    const entry = entries[index];
    return entry !== undefined && kept.includes(entry);
  });
  await writeFile(file, textWith(document, items, fresh));
  return { added: fresh.length, deleted: entries.length - kept.length };
}

function textWith(document: Document, kept: readonly unknown[], fresh: readonly object[]): string {
  const list = new YAMLSeq();
  list.items.push(...kept);
  for (const item of fresh) list.items.push(document.createNode(item));
  document.contents = list;
  return document.toString({ lineWidth: 0 });
}

/** The text of a file; undefined where it is not there. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'ENOENT') return undefined;
    throw new UsageError(`The file of known failures ${file} cannot be read: ${reason}.`);
  }
}
