import type { Leftover, Results } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';
import { printable } from '../printable.ts';
import { embeddedTarget } from '../../results/embedded-target.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** The things of one kind that are named. */
const named = 3;

/** What the run made and could not remove, by kind; the embedded mock is gone with all that it held. */
export function leftoversText(
  { leftovers, target }: Results,
  style: Style,
  everything: boolean,
): readonly string[] {
  if (leftovers.length === 0 || target.name === embeddedTarget) return [];
  const kinds = groupBy(leftovers, ({ resource, reason }) => `${resource}: ${reason}`);
  return [
    style.strong(`Left on the target: ${counted(leftovers.length, 'thing')} that the run made`),
    ...[...kinds].flatMap(([kind, things]) => [
      `  ${counted(things.length, 'time')} ${printable(kind)}`,
      ...namesOf(things, everything).map((name) => style.faint(`    ${printable(name)}`)),
    ]),
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
