import { failureLines, type FailureContext } from './failure.ts';
import { failureText } from './terminal/failure-text.ts';
import { createStyle } from './terminal/style.ts';
import type { CaseResult } from '../results/types.ts';

const plain = createStyle(false);

/** A failure as plain text, a string a line: what the terminal shows, for JUnit, CTRF and Markdown. */
export function plainFailure(result: CaseResult, context: FailureContext): readonly string[] {
  return failureText(failureLines(result, context), plain);
}
