/** A YAML file of the user, checked against a schema of this package. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { shapeProblems } from '../contract/lint-shape.ts';
import { ContractError } from '../contract/problem.ts';
import { readSourceText, type SourceText } from '../contract/source-text.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** A kind of file that users write. */
export interface FileKind<T> {
  /** What it is, for messages. */
  readonly what: string;
  /** The name of its schema in specs/. */
  readonly schema: string;
  readonly compile: (document: object) => ValidateFunction<T>;
}

/**
 * Reads a file and checks it. Throws UsageError where it cannot be read, and
 * ContractError with every mistake at its place.
 */
export async function readChecked<T>(
  file: string,
  { what, schema, compile }: FileKind<T>,
): Promise<{ readonly source: SourceText; readonly value: T }> {
  const source = readSourceText(await textOf(file, what), file);
  if (source.problems.length > 0) throw new ContractError(source.problems);
  const document: unknown = JSON.parse(await readFile(join(packageRoot, 'specs', schema), 'utf8'));
  if (typeof document !== 'object' || document === null) throw new Error(`${schema} is no schema`);
  const valid = compile(document);
  const { data } = source;
  if (valid(data)) return { source, value: data };
  throw new ContractError(shapeProblems(source, valid));
}

async function textOf(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${what} ${file} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Why a file could not be read or written, in a word. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
