/** Which cases show a level of conformance. Pure. */
import type { ConformanceLevel, Contract } from '../contract/types.ts';
import type { CaseOutline } from './outline.ts';
import { profiles } from './types.ts';

/**
 * Gives a function from a case to the levels of conformance that it counts for, as ids in the order of the matrix.
 */
export function levelsOf({
  levels,
  operations,
  mcp,
}: Pick<Contract, 'levels' | 'operations' | 'mcp'>): (planned: CaseOutline) => readonly string[] {
  const effects = new Map([...operations, ...(mcp?.operations ?? [])].map(({ id, effect }) => [id, effect]));
  const countsFor = (planned: CaseOutline, level: ConformanceLevel): boolean => {
    const effect = effects.get(planned.operation);
    return (
      level.surfaces.includes(planned.surface) &&
      (level.effects === undefined || (effect !== undefined && level.effects.includes(effect))) &&
      profiles.indexOf(planned.profile) <= profiles.indexOf(level.profile) &&
      planned.keys.every((id) => level.credentials?.includes(id) ?? true)
    );
  };
  return (planned) => levels.filter((level) => countsFor(planned, level)).map(({ id }) => id);
}
