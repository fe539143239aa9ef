import type { Call } from '../call.ts';
import { has, scope } from '../call.ts';
import type { Org } from '../model.ts';

type Shelf = 'sources' | 'workflows' | 'runs' | 'topics' | 'searches' | 'sessions';

/** The thing that a call's id names among what the caller sees, and the organization that owns it. */
export function locate<S extends Shelf>(
  call: Call,
  shelf: S,
): { item: Org[S][number]; org: Org } | undefined {
  for (const org of scope(call)) {
    const items: readonly Org[S][number][] = org[shelf];
    const item = items.find(
      ({ id }) => id === call.id || (has(call, 'missing-id-prefix') && beginsWith(id, call.id)),
    );
    if (item) return { item, org };
  }
  return undefined;
}

function beginsWith(id: string, start: string): boolean {
  return start.length >= 6 && id.startsWith(start);
}

/** Everything of one sort that the caller sees. */
export function visible<S extends Shelf>(call: Call, shelf: S): Org[S][number][] {
  return scope(call).flatMap((org): Org[S][number][] => org[shelf]);
}
