import type { Selection } from '../plan/select.ts';
import type { Flags } from './option-table.ts';

/** The selection that the flags `--filter`, `--surface`, `--role`, `--family`, `--level` and `--shard` ask for. */
export function selectionOf(
  flags: Flags<'filter' | 'surface' | 'role' | 'family' | 'level' | 'shard'>,
): Selection {
  return {
    filters: flags.filter ?? [],
    surfaces: flags.surface ?? [],
    roles: flags.role ?? [],
    families: flags.family ?? [],
    ...(flags.level === undefined ? {} : { levels: flags.level }),
    ...(flags.shard === undefined ? {} : { shard: flags.shard }),
  };
}

/** The seed where none is given: the same each night, so that two nights differ only in the target. */
export const defaultSeed = 1;
