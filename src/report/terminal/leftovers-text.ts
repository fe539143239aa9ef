import type { Leftover, Results } from '../../results/types.ts';
import { cleanupCommandLine } from '../cleanup-line.ts';
import { groupBy } from '../group-by.ts';
import { printable } from '../printable.ts';
import { embeddedTarget } from '../../results/embedded-target.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** The things of one kind that are named. */
const named = 3;

/** Whether something is left that could be archived or given back later. */
export function hasRemovable({ leftovers }: Pick<Results, 'leftovers'>): boolean {
  return leftovers.some(({ removable }) => removable === true);
}

/**
 * What the run made and could not remove, and what it changed and could not give back, by kind, with the command that
 * tidies it up; the embedded mock is gone with all that it held.
 * @param directory the report directory, where the ledger is
 */
export function leftoversText(
  results: Results,
  style: Style,
  everything: boolean,
  directory?: string,
): readonly string[] {
  const { leftovers, target } = results;
  if (leftovers.length === 0 || target.name === embeddedTarget) return [];
  const kinds = groupBy(leftovers, ({ resource, reason }) => `${resource}: ${reason}`);
  return [
    style.strong(`Left on the target: ${counted(leftovers.length, 'thing')} that the run made or changed`),
    ...[...kinds].flatMap(([kind, things]) => [
      `  ${counted(things.length, 'time')} ${printable(kind)}`,
      ...namesOf(things, everything).map((name) => style.faint(`    ${printable(name)}`)),
    ]),
    ...(hasRemovable(results) ? [`  To tidy up: ${cleanupCommandLine(results, directory)}`] : []),
  ];
}

function namesOf(things: readonly Leftover[], everything: boolean): readonly string[] {
  const shown = everything ? things : things.slice(0, named);
  const left = things.length - shown.length;
  return [
    ...shown.map(({ id, name }) => (name === '' ? id : `${id} "${name}"`)),
    ...(left > 0 ? [`and ${left} more (all of them: --verbose, or results.json)`] : []),
  ];
}
