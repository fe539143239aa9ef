import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { digestsOf } from './digests.ts';
import type { LintedContract, MatrixText } from './lint-texts.ts';
import { readLintedCopy } from './linted-copy.ts';
import { ContractError } from './problem.ts';
import type { Problem } from './problem.ts';
import { readSpecs } from './read-specs.ts';
import type { Specs } from './read-specs.ts';
import type { Contract } from './types.ts';

export interface ContractFiles {
  /** Path of the matrix; default: the one of this package. */
  readonly matrix?: string | undefined;
  /** Path of the folder of schemas; default: the one of this package. */
  readonly specs?: string | undefined;
}

/**
 * The contract that matrix and schemas state.
 *
 * @throws ContractError with every problem that lint finds, where one of them is an error.
 */
export async function loadContract(files: ContractFiles = {}): Promise<Contract> {
  const texts = await readTexts(files);
  if (texts.kind === 'broken') throw new ContractError(texts.problems);
  const copy = await readLintedCopy(digestsOf(texts.matrix.text, texts.specs.texts).digest);
  // The positions in the copy name the matrix of this package.
  if (copy !== undefined && files.matrix === undefined) return copy;
  const linted = await lintTexts(texts);
  if (linted.kind === 'broken') throw new ContractError(linted.problems);
  return linted.contract;
}

/**
 * The contract with its problems, warnings included: what the command `lint` shows. Throws nothing for what the
 * files hold, nor for a file that is not there.
 */
export async function readContract(files: ContractFiles = {}): Promise<LintedContract> {
  const texts = await readTexts(files);
  return texts.kind === 'broken' ? texts : lintTexts(texts);
}

type Texts =
  | { readonly kind: 'texts'; readonly matrix: MatrixText; readonly specs: Specs }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

async function readTexts(files: ContractFiles): Promise<Texts> {
  const file = files.matrix ?? join(packageRoot, 'matrix.yaml');
  const folder = files.specs ?? join(packageRoot, 'specs');
  const [matrix, specs] = await Promise.all([
    orProblem(() => readFile(file, 'utf8'), file, 'matrix'),
    orProblem(() => readSpecs(folder), folder, 'folder of schemas'),
  ]);
  if (matrix.kind === 'value' && specs.kind === 'value') {
    const shownFile = files.matrix ?? 'matrix.yaml';
    return { kind: 'texts', matrix: { file, shownFile, text: matrix.value }, specs: specs.value };
  }
  const problems = [matrix, specs].flatMap((read) => (read.kind === 'problem' ? read.problem : []));
  return { kind: 'broken', problems };
}

/** The parsers and validators of lint are loaded only where they are needed. */
async function lintTexts({ matrix, specs }: Extract<Texts, { kind: 'texts' }>): Promise<LintedContract> {
  const lint = await import('./lint-texts.ts');
  return lint.lintTexts(matrix, specs);
}

type Read<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'problem'; readonly problem: Problem };

async function orProblem<T>(read: () => Promise<T>, file: string, what: string): Promise<Read<T>> {
  try {
    return { kind: 'value', value: await read() };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const message = `the ${what} cannot be read: ${reason}`;
    return {
      kind: 'problem',
      problem: { severity: 'error', file, line: 0, column: 0, code: 'unreadable', message },
    };
  }
}
