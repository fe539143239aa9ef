/** What a run exercised and what it left out, by operation, kind of credential and family. */
import { badKeyColumn, credentialColumns } from './credential-columns.ts';
import type { CaseResult, Coverage, CoverageCell, ObservedOperation, UnseenAnswer } from './types.ts';

/** The coverage of a run: pure, from its cases and from what the operations answered. */
export function coverageOf(cases: readonly CaseResult[], operations: readonly ObservedOperation[]): Coverage {
  return { cells: coverageCells(cases), unseen: operations.flatMap(unseenAnswers) };
}

function coverageCells(cases: readonly CaseResult[]): readonly CoverageCell[] {
  const columns = credentialColumns(cases);
  const cells = new Map<string, { -readonly [K in keyof CoverageCell]: CoverageCell[K] }>();
  for (const { operation, credential, family, status, reason } of cases) {
    const column = columns.get(credential) ?? badKeyColumn;
    const key = JSON.stringify([operation, column, family]);
    const cell = cells.get(key) ?? {
      operation,
      credential: column,
      family,
      judged: 0,
      skipped: 0,
      inconclusive: 0,
      reasons: [],
    };
    cells.set(key, cell);
    if (status === 'skipped') cell.skipped += 1;
    else if (status === 'inconclusive') cell.inconclusive += 1;
    else cell.judged += 1;
    if (reason !== undefined && !cell.reasons.includes(reason)) cell.reasons = [...cell.reasons, reason];
  }
  return [...cells.values()];
}

/** The documented answers of an operation that no request of the run got. */
function unseenAnswers({ operation, documented, answers }: ObservedOperation): readonly UnseenAnswer[] {
  return documented
    .filter(
      ({ status, code }) =>
        !answers.some((one) => one.status === status && (code === undefined || one.code === code)),
    )
    .map((answer) => ({ operation, ...answer }));
}
