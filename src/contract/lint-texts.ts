import { buildContract } from './build.ts';
import { digestsOf } from './digests.ts';
import { lintContract } from './lint.ts';
import { hasErrors, sortProblems } from './problem.ts';
import type { Problem } from './problem.ts';
import type { Specs } from './read-specs.ts';
import { readSourceText } from './source-text.ts';
import type { Contract } from './types.ts';

export interface MatrixText {
  /** Where it was read, for problems. */
  readonly file: string;
  /** The name in the positions of operations, which reports show. */
  readonly shownFile: string;
  readonly text: string;
}

export type LintedContract =
  | { readonly kind: 'usable'; readonly contract: Contract; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

/** Lints the texts of a contract; where no problem is an error, also gives the contract. */
export async function lintTexts(matrix: MatrixText, specs: Specs): Promise<LintedContract> {
  const source = readSourceText(matrix.text, matrix.file);
  const linted = await lintContract(source, specs);
  const problems = sortProblems(linted.problems);
  if (linted.kind === 'broken' || hasErrors(problems)) return { kind: 'broken', problems };
  const contract = buildContract(
    linted.matrix,
    specs.schemas,
    digestsOf(matrix.text, specs.texts),
    (operation, member) => ({
      ...source.place([...(member === undefined ? [] : [member]), 'operations', operation], 'key'),
      file: matrix.shownFile,
    }),
  );
  return { kind: 'usable', contract, problems };
}
