/** The tests of a deployment that was written from the description of the API alone. */
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/selftest/trial.ts';
import { spread } from '../../src/selftest/spread.ts';
import { describeDialects } from '../selftest/describe-dialects.ts';
import { findDefect } from '../selftest/trials.ts';

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

/** How many of the defects are tried: none where it is not asked for, since each takes seconds. */
const defectCount = Number(process.env['INDEPENDENT_DEFECTS'] ?? 0);

/** Every dialect is accused of nothing; as many defects as asked for, spread over the facts, are found. */
export function describeDeployment({ name, dialects, defects, startDeployment, slow }: Independent): void {
  describeDialects({ name, dialects, start: startDeployment, slow });

  const byFact = { idOf: ({ id }: Seeded) => id, groupOf: ({ fact }: Seeded) => fact };
  describe.skipIf(defectCount === 0)(`a defect of ${name} is found`, () => {
    it.each(spread(defects, defectCount, name, byFact).map((defect) => [defect.id, defect] as const))(
      '%s',
      async (id) => {
        // Its facts are sentences of its own, which no case names: any case may find it.
        const { failed, faults } = await findDefect(() => startDeployment({ defect: id }));
        expect({ found: failed.length > 0, faults }).toEqual({ found: true, faults: [] });
      },
      60_000,
    );
  });
}
