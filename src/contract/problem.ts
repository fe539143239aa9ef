import { isAbsolute, relative } from 'node:path';

/**
 * One thing that is wrong with what the user wrote. Lines and columns count from 1; both are 0 where `file` names
 * something without lines (an environment variable).
 */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** A stable word for the kind of mistake. */
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  /** The valid word that the author most likely meant. */
  readonly suggestion?: string;
}

/** The contract, or the keys, cannot be used: `problems` says why, all of it. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(renderProblems(problems, process.cwd()));
    this.problems = problems;
  }
}

/** True where at least one problem is an error; warnings alone leave a contract usable. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** Problems in the order of the files' names, then of their lines and columns. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The problems as text, one a line: `file:line:column  error  code  message (expected …; did you mean …?)`.
 *
 * @param cwd files below this folder are shown relative to it.
 */
export function renderProblems(problems: readonly Problem[], cwd: string): string {
  return problems.map((problem) => renderProblem(problem, cwd)).join('\n');
}

function renderProblem(problem: Problem, cwd: string): string {
  const hints = [
    ...(problem.expected === undefined ? [] : [`expected ${problem.expected}`]),
    ...(problem.suggestion === undefined ? [] : [`did you mean "${problem.suggestion}"?`]),
  ];
  const file = shownFile(problem.file, cwd);
  const place = problem.line === 0 ? file : `${file}:${problem.line}:${problem.column}`;
  const message = hints.length === 0 ? problem.message : `${problem.message} (${hints.join('; ')})`;
  return [place, problem.severity, problem.code, message].join('  ');
}

function shownFile(file: string, cwd: string): string {
  if (!isAbsolute(file)) return file;
  const below = relative(cwd, file);
  return below === '' || below.startsWith('..') ? file : below;
}
