/** The tests of the dialects of a deployment: each keeps the contract. */
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/selftest/trial.ts';
import { tryDialect } from './trials.ts';

export interface Dialects<Id extends string = string> {
  readonly name: string;
  readonly dialects: readonly { readonly id: Id }[];
  readonly start: (options: { readonly dialect: Id }) => Promise<Deployment>;
  /** Dialects that take their time for each answer. */
  readonly slow: ReadonlySet<string>;
}

/** Every dialect is accused of nothing, and the suite itself does not fail on it. */
export function describeDialects<Id extends string>({ name, dialects, start, slow }: Dialects<Id>): void {
  describe(`a conformant ${name} is accused of nothing`, () => {
    it.each(dialects.map(({ id }) => id))(
      '%s',
      async (dialect) => {
        const { falseAlarms, faults } = await tryDialect(
          dialect,
          () => start({ dialect }),
          slow.has(dialect),
        );
        expect({ falseAlarms, faults }).toEqual({ falseAlarms: [], faults: [] });
      },
      120_000,
    );
  });
}
