/** The tests of the dialects of a deployment: each keeps the contract. */
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/plan/types.ts';
import type { Deployment } from '../../src/selftest/trial.ts';
import { tryDialect, wholePlans } from './trials.ts';

export interface Dialects<Id extends string = string> {
  readonly name: string;
  readonly dialects: readonly { readonly id: Id }[];
  readonly start: (options: { readonly dialect: Id }) => Promise<Deployment>;
  /** Dialects that take their time for each answer. */
  readonly slow: ReadonlySet<string>;
}

/** A part of what `full` sends holds most of what the others do. */
const profiles: readonly Profile[] = wholePlans ? ['smoke', 'read', 'guarded', 'full'] : ['full'];

/** Every dialect is accused of nothing, and the suite itself does not fail on it. */
export function describeDialects<Id extends string>({ name, dialects, start, slow }: Dialects<Id>): void {
  describe.each(profiles)(`a conformant ${name} is accused of nothing in %s`, (profile) => {
    it.each(dialects.map(({ id }) => id))(
      '%s',
      async (dialect) => {
        const { falseAlarms, faults } = await tryDialect(
          { dialect, profile },
          () => start({ dialect }),
          slow.has(dialect),
        );
        expect({ falseAlarms, faults }).toEqual({ falseAlarms: [], faults: [] });
      },
      240_000,
    );
  });
}
