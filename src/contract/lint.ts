import type { ValidateFunction } from 'ajv';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { createAjv } from './ajv.ts';
import { errorProblems } from './lint-errors.ts';
import { factErrorProblems, factProblems } from './lint-facts.ts';
import { headerProblems } from './lint-headers.ts';
import { mcpProblems } from './lint-mcp.ts';
import { nameProblems } from './lint-names.ts';
import { operationProblems } from './lint-operations.ts';
import { resourceProblems } from './lint-resources.ts';
import { roleProblems } from './lint-roles.ts';
import { schemaProblems } from './lint-schemas.ts';
import { shapeProblems } from './lint-shape.ts';
import { todoProblems, unsupportedProblems } from './lint-todo.ts';
import type { MatrixFile } from './matrix-file.ts';
import { MatrixNode } from './matrix-node.ts';
import { hasErrors } from './problem.ts';
import type { Problem } from './problem.ts';
import { isJsonObject } from './json-object.ts';
import type { Specs } from './read-specs.ts';
import type { SourceText } from './source-text.ts';

export type LintedMatrix =
  | { readonly kind: 'usable'; readonly matrix: MatrixFile; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

/**
 * Every problem of a matrix and its schemas at once. Only a syntax error in the matrix hides others: what the parser
 * made of the rest of the text would be guesswork.
 */
export async function lintContract(source: SourceText, specs: Specs): Promise<LintedMatrix> {
  if (source.problems.some(({ code }) => code === 'yaml-syntax')) {
    return { kind: 'broken', problems: [...source.problems, ...specs.problems] };
  }
  matrixValidator ??= compileMatrixSchema();
  const validate = await matrixValidator;
  const matrix = MatrixNode.root(source);
  const todos = todoProblems(matrix);
  const problems = [
    ...source.problems,
    ...specs.problems,
    ...shapeProblems(source, validate).filter((problem) => !isAt(todos, problem)),
    ...nameProblems(matrix, specs),
    ...headerProblems(matrix),
    ...roleProblems(matrix),
    ...operationProblems(matrix),
    ...mcpProblems(matrix),
    ...errorProblems(matrix),
    ...resourceProblems(matrix),
    ...factProblems(matrix),
    ...factErrorProblems(matrix),
    ...todos,
    ...unsupportedProblems(matrix),
    ...schemaProblems(matrix, specs),
  ];
  const data = source.data;
  return !hasErrors(problems) && validate(data)
    ? { kind: 'usable', matrix: data, problems }
    : { kind: 'broken', problems };
}

/** What is still to be decided is told as that, not as a wrong value. */
function isAt(todos: readonly Problem[], { line, column }: Problem): boolean {
  return todos.some((one) => one.line === line && one.column === column);
}

/** Compiled once: the schema of matrices is a file of this package. */
let matrixValidator: Promise<ValidateFunction<MatrixFile>> | undefined;

async function compileMatrixSchema(): Promise<ValidateFunction<MatrixFile>> {
  const schema: unknown = JSON.parse(
    await readFile(join(packageRoot, 'specs', 'matrix.schema.json'), 'utf8'),
  );
  if (!isJsonObject(schema))
    throw new Error('specs/matrix.schema.json of this package is broken: install it again.');
  return createAjv({}, { trusted: true }).compile<MatrixFile>(schema);
}
