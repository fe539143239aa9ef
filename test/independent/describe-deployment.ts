/** The tests of a deployment that was written from the description of the API alone. */
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/results/verdict.ts';
import type { Deployment } from '../../src/selftest/trial.ts';
import { describeDialects } from '../selftest/describe-dialects.ts';
import { endWith } from '../selftest/trials.ts';
import { knownMisses } from './known-misses.ts';

interface Seeded {
  readonly id: string;
  /** A sentence of the description. */
  readonly fact: string;
}

export interface Independent {
  readonly name: string;
  readonly dialects: readonly { readonly id: string }[];
  readonly defects: readonly Seeded[];
  readonly startDeployment: (options: { dialect?: string; defect?: string }) => Promise<Deployment>;
  /** Dialects that take their time for each answer. */
  readonly slow: ReadonlySet<string>;
}

/**
 * Which of the defects are tried, each of which takes seconds: `2/40` for the second of forty parts, `1/1` for all, as
 * `npm run test:independent` asks for; none where it is not said.
 */
const asked = /^(\d+)\/(\d+)$/.exec(process.env['INDEPENDENT_DEFECTS'] ?? '')?.map(Number);

/** Every dialect is accused of nothing; the defects that are asked for are found, but for those that are known not to be. */
export function describeDeployment({ name, dialects, defects, startDeployment, slow }: Independent): void {
  describeDialects({ name, dialects, start: startDeployment, slow });

  const [, part = 0, parts = 0] = asked ?? [];
  // Neighbours of the catalogue are alike, so that every n-th has its share of all subjects.
  const tried = defects.filter((_, index) => parts > 0 && index % parts === part - 1);
  const known = knownMisses[name] ?? {};

  describe.skipIf(tried.length === 0)(`a defect of ${name} is found, or known not to be`, () => {
    it.each(tried.map(({ id }) => id))(
      '%s',
      async (id) => {
        // Its facts are sentences of its own, which no case names: any case may find it.
        const { exitCode, faults } = await endWith('full', () => startDeployment({ defect: id }));
        const found = exitCode === exitCodes.violations;
        expect({ found, faults }).toEqual({ found: known[id] === undefined, faults: [] });
      },
      660_000,
    );
  });

  describe(`what is known not to be found of ${name}`, () => {
    it('is of the catalogue, and has a reason', () => {
      const ids = new Set(defects.map(({ id }) => id));
      expect(Object.keys(known).filter((id) => !ids.has(id))).toEqual([]);
      expect(Object.values(known).filter((reason) => reason.trim() === '')).toEqual([]);
    });
  });
}
