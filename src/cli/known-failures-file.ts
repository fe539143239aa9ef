/** known-failures.yaml: read with every mistake at its place, written without losing what people wrote into it. */
import { readFile, writeFile } from 'node:fs/promises';
import { isSeq, parseDocument, YAMLSeq, type Document } from 'yaml';
import { isJsonObject } from '../contract/json-object.ts';
import { ContractError, type Problem } from '../contract/problem.ts';
import { readSourceText, type SourceText } from '../contract/source-text.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Case } from '../plan/types.ts';
import { speaksOf, type KnownFailure } from '../results/known-failures.ts';
import type { Results } from '../results/types.ts';
import { breaks } from '../results/verdict.ts';

const members = ['case', 'code', 'reason', 'link', 'expires'] as const;
const required = ['case', 'code', 'reason'] as const;

/**
 * The entries of a file. Throws UsageError where it cannot be read, ContractError with each mistake at its place.
 * @param orEmpty whether a file that is not there holds no entries
 */
export async function readKnownFailures(file: string, orEmpty: boolean): Promise<readonly KnownFailure[]> {
  const text = await textOf(file, orEmpty);
  if (text === undefined) return [];
  const source = readSourceText(text, file);
  const problems = [...source.problems];
  const entries = problems.length > 0 ? [] : entriesOf(source, problems);
  if (problems.length > 0) throw new ContractError(problems);
  return entries;
}

/** Refuses entries that speak of no case of the plan. Throws ContractError with their lines and the nearest ids. */
export function requireKnownCases(
  entries: readonly KnownFailure[],
  cases: readonly Pick<Case, 'id'>[],
): void {
  const problems = entries.flatMap((entry): Problem[] => {
    const matches = speaksOf(entry);
    if (cases.some(({ id }) => matches(id))) return [];
    const hint = didYouMean(
      entry.case,
      cases.map(({ id }) => id),
      1,
    );
    return [
      {
        severity: 'error',
        code: 'known-failure-unmatched',
        message: `"${entry.case}" matches no case: delete the entry. ${hint}`.trim(),
        ...entry.position,
      },
    ];
  });
  if (problems.length > 0) throw new ContractError(problems);
}

function entriesOf(source: SourceText, problems: Problem[]): readonly KnownFailure[] {
  const { data } = source;
  if (data === null || data === undefined) return [];
  if (!Array.isArray(data)) {
    problems.push(problem(source, [], 'known-failure-form', 'a list of entries is expected'));
    return [];
  }
  return data.flatMap((item: unknown, index) => entryOf(source, item, index, problems) ?? []);
}

function entryOf(
  source: SourceText,
  item: unknown,
  index: number,
  problems: Problem[],
): KnownFailure | undefined {
  const before = problems.length;
  const fail = (message: string, name?: string): void => {
    problems.push(
      problem(source, name === undefined ? [index] : [index, name], 'known-failure-form', message),
    );
  };
  if (!isJsonObject(item)) {
    fail(`an entry with ${required.join(', ')} is expected`);
    return undefined;
  }
  for (const name of Object.keys(item)) {
    if (members.some((known) => known === name)) continue;
    fail(`there is no member "${name}". ${didYouMean(name, members, 1)} Known: ${members.join(', ')}.`, name);
  }
  for (const name of required) if (item[name] === undefined) fail(`the member "${name}" is missing`);
  const texts: Record<string, string> = {};
  for (const name of members) {
    const value = item[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.trim() === '') fail(`"${name}" is no text`, name);
    else texts[name] = value;
  }
  const { expires } = texts;
  if (expires !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(expires) && !Number.isNaN(Date.parse(expires)))) {
    fail('"expires" is no day such as 2027-01-31', 'expires');
  }
  if (problems.length > before) return undefined;
  const { case: pattern = '', code = '', reason = '', ...rest } = texts;
  return { case: pattern, code, reason, ...rest, position: source.place([index]) };
}

function problem(
  source: SourceText,
  path: readonly (string | number)[],
  code: string,
  message: string,
): Problem {
  return { severity: 'error', code, message, ...source.place(path) };
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
  const document = parseDocument((await textOf(file, true)) ?? '');
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
  const list = new YAMLSeq<unknown>();
  list.items.push(...kept);
  for (const item of fresh) list.items.push(document.createNode(item));
  document.contents = list;
  return document.toString({ lineWidth: 0 });
}

async function textOf(file: string, orEmpty: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (orEmpty && reason === 'ENOENT') return undefined;
    throw new UsageError(`The known failures ${file} cannot be read: ${reason}.`);
  }
}
