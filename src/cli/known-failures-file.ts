/** known-failures.yaml: read with every mistake at its place, written without losing what people wrote into it. */
import { readFile, writeFile } from 'node:fs/promises';
import { isSeq, parseDocument, YAMLSeq, type Document } from 'yaml';
import { createAjv } from '../contract/ajv.ts';
import { UsageError } from '../errors.ts';
import { cellName, cellsOf } from '../results/cells.ts';
import { staleness } from '../results/known-cells.ts';
import { isKnownCell, speaksOf, type KnownFailure } from '../results/known-failures.ts';
import type { KnownCell, KnownFinding, Results } from '../results/types.ts';
import { breaks } from '../results/verdict.ts';
import { readChecked, reasonOf, type FileKind } from './checked-file.ts';

type Entry = Omit<KnownFinding, 'position'> | Omit<KnownCell, 'position'>;

const knownFailuresFile: FileKind<readonly Entry[]> = {
  what: 'The file of known failures',
  schema: 'known-failures.schema.json',
  compile: (document) => createAjv().compile<readonly Entry[]>(document),
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
 * Writes the file anew from results, findings and cells that are not proven: what is still there keeps its entry, what is gone loses it, what is new gets
 * one. Comments stay. Gives how many entries were added and deleted.
 */
export async function updateKnownFailures(
  file: string,
  entries: readonly KnownFailure[],
  results: Results,
): Promise<{ readonly added: number; readonly deleted: number }> {
  const document = parseDocument((await textOf(file)) ?? '');
  const list = isSeq(document.contents) ? document.contents : undefined;
  const findings = updatedFindings(entries, results);
  const cells = updatedCells(entries, results);
  const kept = new Set<KnownFailure>([...findings.kept, ...cells.kept]);
  const fresh = [...findings.fresh, ...cells.fresh];
  const items = [...(list?.items ?? [])].filter((_, index) => {
    const entry = entries[index];
    return entry !== undefined && kept.has(entry);
  });
  await writeFile(file, textWith(document, items, fresh));
  return { added: fresh.length, deleted: entries.length - kept.size };
}

interface Updated {
  readonly kept: readonly KnownFailure[];
  readonly fresh: readonly Entry[];
}

function updatedFindings(entries: readonly KnownFailure[], results: Results): Updated {
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
  const kept = entries.flatMap((entry) => {
    if (isKnownCell(entry)) return [];
    const matches = speaksOf(entry);
    const seen = judged.some(({ id }) => matches(id));
    return !seen || broken.some(({ id, code }) => code === entry.code && matches(id)) ? [entry] : [];
  });
  const added = broken.filter(
    ({ id, code }) => !kept.some((entry) => entry.code === code && speaksOf(entry)(id)),
  );
  return {
    kept,
    fresh: added.map(({ id, code }) => ({ case: id, code, reason: `seen in run ${results.runId}` })),
  };
}

/** A cell whose cases could not be judged is told by these, and no entry mends that. */
function updatedCells(entries: readonly KnownFailure[], results: Results): Updated {
  const cells = cellsOf(results);
  const kept = entries.filter(isKnownCell).filter((entry) => staleness(entry, cells, results) === undefined);
  const matchers = kept.map(speaksOf);
  const added = cells.filter(
    (cell) =>
      cell.standing === 'not-proven' && cell.judged && !matchers.some((matches) => matches(cellName(cell))),
  );
  return {
    kept,
    fresh: added.map((cell) => ({
      cell: cellName(cell),
      reason: `not proven in run ${results.runId}: ${cell.because.join('; ')}`,
    })),
  };
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
