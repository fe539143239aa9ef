/** Small runs against a server that stands before the mock and plays its tricks. */
import { afterEach } from 'vitest';
import type { Results } from '../../src/results/types.ts';
import { startFront, type Front, type Mischief } from './mischief.ts';
import { smallRun, type SmallRun } from './small-run.ts';

/** The case that is run where no others are asked for. */
export const getOrg = 'org/getOrg/access/viewer';

export interface FrontRuns {
  /** The server of the current test, once its run has begun. */
  readonly front: () => Front | undefined;
  readonly runAgainst: (mischief: Mischief, options?: Partial<SmallRun>) => Promise<Results>;
}

/** Runs for the tests of one file, each against a server of its own that is closed before the next and after the test. */
export function frontRuns(): FrontRuns {
  let front: Front | undefined;
  afterEach(async () => {
    await front?.close();
    front = undefined;
  });
  return {
    front: () => front,
    runAgainst: async (mischief, options = {}) => {
      await front?.close();
      front = undefined;
      front = await startFront(mischief);
      return smallRun({ ...front, filters: [getOrg], ...options });
    },
  };
}
