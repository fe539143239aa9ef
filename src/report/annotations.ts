import type { Results } from '../results/types.ts';
import { causesOfRun } from './causes/causes-of-run.ts';
import { unprovenSentence } from './cell-words.ts';
import { failureContext } from './failure.ts';
import { plainFailure } from './plain-failure.ts';
import { printable } from './printable.ts';
import { rootCauseSentence } from './causes/words.ts';
import type { RootCause } from './causes/root-causes.ts';

/** GitHub shows at most ten errors and ten warnings of a step. */
const most = 10;

/** The workflow commands of GitHub Actions that annotate a run: an error a root cause, a warning a kind of advisory. */
export function annotations(results: Results): readonly string[] {
  const context = failureContext(results);
  const { violations, advisories } = causesOfRun(results);
  const commandOf =
    (level: 'error' | 'warning') =>
    (cause: RootCause): string => {
      const [example] = cause.cases;
      const text = example === undefined ? '' : plainFailure(example, context).join('\n');
      return command(level, rootCauseSentence(cause), text);
    };
  const unproven = unprovenSentence(results);
  return [
    ...results.suiteFaults
      .slice(0, most)
      .map(({ message }) => command('error', 'The suite itself failed', message)),
    ...violations.slice(0, most).map(commandOf('error')),
    ...(unproven === undefined ? [] : [command('warning', 'Cells tried and not proven', unproven)]),
    ...advisories.slice(0, most).map(commandOf('warning')),
  ];
}

/** One command; what would end it, or begin another, is percent-encoded as GitHub wants it. */
function command(level: 'error' | 'warning', title: string, text: string): string {
  return `::${level} title=${property(printable(title))}::${data(printable(text, 'lines'))}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
