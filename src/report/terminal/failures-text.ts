import type { CaseResult, Results } from '../../results/types.ts';
import { causesOfRun } from '../causes/causes-of-run.ts';
import { failureLines, type FailureContext } from '../failure.ts';
import { printable } from '../printable.ts';
import { rootCauseSentence } from '../causes/words.ts';
import type { RootCause } from '../causes/root-causes.ts';
import { failureText } from './failure-text.ts';
import type { Style } from './style.ts';
import { counted, wrap } from './wrap.ts';

export interface FailuresView {
  readonly context: FailureContext;
  readonly style: Style;
  readonly width: number;
  /** Whether every root cause has its worked example, and every case is named. */
  readonly everything: boolean;
}

/** The root causes that are shown with a worked example, and the cases that each of them names. */
const worked = 10;
const named = 5;

/** The violations grouped by root cause, each with one worked example; empty where there is none. */
export function violationsText(results: Results, view: FailuresView): readonly string[] {
  const causes = causesOfRun(results).violations;
  if (causes.length === 0) return [];
  const { style } = view;
  const failed = counted(results.summary.failed, 'case');
  return [
    style.strong(`Violations: ${failed} failed, ${counted(causes.length, 'root cause')}`),
    ...causes.flatMap((cause, index) => ['', ...causeText(cause, index, view)]),
  ];
}

/** The advisories grouped by root cause, a line each; empty where there is none. */
export function advisoriesText(results: Results, view: FailuresView): readonly string[] {
  const causes = causesOfRun(results).advisories;
  if (causes.length === 0) return [];
  const lines = causes.map((cause) => {
    const [example] = cause.cases;
    const id = example === undefined ? '' : ` (such as ${example.id})`;
    return wrap(`! ${printable(rootCauseSentence(cause))}${id}`, view.width, '  ');
  });
  return [
    view.style.strong(`Advisories: ${results.summary.advisories}, which fail a run only with --strict`),
    ...lines.map((line) => view.style.warning(line)),
  ];
}

function causeText(cause: RootCause, index: number, view: FailuresView): readonly string[] {
  const { style, width, everything, context } = view;
  const sentence = wrap(`${index + 1}. ${printable(rootCauseSentence(cause))}`, width, '   ');
  const [example, ...others] = cause.cases;
  if (example === undefined) return [style.bad(sentence)];
  if (index >= worked && !everything) return [style.bad(sentence), `   such as ${example.id}`];
  return [
    style.bad(sentence),
    '',
    ...failureText(failureLines(example, context), style).map((line) => `   ${line}`.trimEnd()),
    ...namedText('also', others, view),
    ...namedText('follows from it', cause.follows, view),
  ];
}

function namedText(
  label: string,
  cases: readonly CaseResult[],
  { style, everything }: FailuresView,
): readonly string[] {
  if (cases.length === 0) return [];
  const shown = everything ? cases : cases.slice(0, named);
  const left = cases.length - shown.length;
  return [
    style.faint(`   ${label}`),
    ...shown.map(({ id }) => `     ${id}`),
    ...(left > 0 ? [style.faint(`     and ${left} more (all of them: --verbose, or results.json)`)] : []),
  ];
}
