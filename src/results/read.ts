import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { createAjv } from '../contract/ajv.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { printable } from '../report/printable.ts';
import type { Results } from './types.ts';

/**
 * Reads results back. Throws UsageError that names the file and the first thing wrong with it where it is missing,
 * cut short, not JSON, or not valid by specs/results.schema.json.
 */
export async function readResults(path: string): Promise<Results> {
  const value = parse(await textOf(path), path);
  const valid = await resultsValidator();
  if (valid(value)) {
    requirePlainNames(value, path);
    return value;
  }
  throw new UsageError(`${path} holds no results of this version: ${firstProblem(valid.errors)}.`, again);
}

const again = 'Run armature-conformance run again to write it anew.';

/** Names are what reports put beside their own words: none that was given by this tool has a line break or an escape. */
function requirePlainNames(results: Results, path: string): void {
  const { contract, target, tool, runId, credentials, levels, operations, cases } = results;
  const names = [
    contract.title,
    contract.version,
    target.name ?? '',
    tool.name,
    tool.version,
    runId,
    ...credentials.flatMap(({ id, about, env }) => [id, about, env]),
    ...levels.flatMap(({ level, about }) => [level, about]),
    ...operations.flatMap(({ operation, surface, method, path: template }) => [
      operation,
      surface,
      method,
      template,
    ]),
    ...cases.flatMap(({ id, title, family, surface, operation, credential }) => [
      id,
      title,
      family,
      surface,
      operation,
      credential,
    ]),
  ];
  if (names.every((name) => printable(name) === name)) return;
  throw new UsageError(
    `${path} has a name with a line break or an escape in it, which no run writes.`,
    again,
  );
}

/** The check of specs/results.schema.json, compiled. */
export async function resultsValidator(): Promise<ValidateFunction<Results>> {
  const text = await readFile(join(packageRoot, 'specs', 'results.schema.json'), 'utf8');
  return createAjv().compile<Results>(JSON.parse(text));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${path} cannot be read: ${reason}.`, again);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is inside is indented: only the end of the whole stands at the margin.
    const whole = /(?:^|\n)\}$|^[^\n]*\}$/.test(text.trimEnd());
    throw new UsageError(`${path} is damaged: ${whole ? 'it is not JSON' : 'it ends too early'}.`, again);
  }
}

function firstProblem(errors: readonly ErrorObject[] | null | undefined): string {
  const first = errors?.[0];
  if (first === undefined) return 'it has another form';
  return `${first.instancePath === '' ? 'the whole' : first.instancePath} ${first.message ?? first.keyword}`;
}
