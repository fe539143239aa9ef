/** What a ledger says that is left on a target, and the command that tidies it up. */
import type { Contract } from '../contract/types.ts';
import type { LeftLedger } from '../execute/ledger-read.ts';
import { cleanupCommandLine } from '../report/cleanup-line.ts';
import { counted } from '../report/terminal/wrap.ts';
import { printable } from '../report/printable.ts';
import { shownUrl } from './ledger-choice.ts';

/**
 * Lines about one run: how much it left that can be archived, what it changed, with the old values, and how to tidy
 * up; none where nothing is left.
 */
export function leftBehind(
  { runId, head, made, names, changed }: LeftLedger,
  { resources }: Pick<Contract, 'resources'>,
  directory: string,
): readonly string[] {
  const url = shownUrl(head?.baseUrl ?? '');
  const archivable = made.filter(({ resource }) => resources[resource]?.cleanup === 'archive');
  const things = archivable.length + names.length;
  if (things + changed.length === 0) return [];
  const command = cleanupCommandLine({ target: { baseUrl: url }, runId }, directory);
  return [
    `The run ${runId} left ${counted(things, 'thing')} on ${url}${changed.length === 0 ? '' : ', and changed what it did not make'}:`,
    ...changed.map(({ resource, id, values }) =>
      printable(`  the ${resource} ${id} was ${JSON.stringify(values)}`),
    ),
    `  ${command}`,
  ];
}
