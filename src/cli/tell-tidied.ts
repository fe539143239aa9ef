import { printable } from '../report/printable.ts';
import type { Told, Tidied } from '../run/tidy-target.ts';
import type { Output } from './surroundings.ts';

/** Says what became of the remains of a run, or what would. */
export function tellTidied(
  runId: string,
  baseUrl: string,
  { found, archived, changed, restored, gone, unread, left }: Tidied,
  dryRun: boolean,
  output: Output,
): void {
  const head = `Run ${runId} on ${baseUrl}:`;
  const lines = dryRun
    ? [
        ...found.map((one) => `would archive ${named(one)}`),
        ...changed.map((one) => `would give back ${named(one)}: ${one.reason}`),
        ...(gone > 0 ? [`${gone} gone already`] : []),
      ]
    : [
        [
          `${archived} archived`,
          ...(restored > 0 ? [`${restored} given back as they were`] : []),
          ...(gone > 0 ? [`${gone} gone already`] : []),
        ].join(', '),
      ];
  for (const line of lines) output.print(printable(`${head} ${line}.`) + '\n');
  for (const line of unread) output.print(printable(`${head} a list could not be read: ${line}.`) + '\n');
  for (const one of left) output.print(printable(`${head} ${named(one)} is left: ${one.reason}.`) + '\n');
}

function named({ resource, id, name }: Omit<Told, 'reason'>): string {
  return `the ${resource} ${id}${name === '' ? '' : ` "${name}"`}`;
}
