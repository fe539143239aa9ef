import { afterEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { Profile } from '../../src/plan/types.ts';
import { smallRun } from './small-run.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
});

describe('the promise of a whole run', () => {
  it.each<Profile>(['guarded', 'full'])(
    'with the profile %s is kept and is not far off',
    async (profile) => {
      const mock = await startMock({});
      close = () => mock.close();
      const config = { timeoutMs: 30_000, concurrency: 16 };
      const results = await smallRun({ ...mock, filters: [], profile, config });
      expect(results.ended).toBeUndefined();
      expect(results.exitCode).toBe(0);
      for (const { of, kind, promised, actual, excused } of results.footprint ?? []) {
        expect(actual, of).toBeLessThanOrEqual(promised);
        expect(excused, of).toBe(0);
        // What is promised for a target that misbehaves is not much more than a sound one needs, but for a quarter
        // that is for repeats.
        const first = promised / 1.25;
        const wasteful = kind === 'requests' && promised > 20 && actual < first * 0.5;
        expect(wasteful, of).toBe(false);
      }
    },
    120_000,
  );
});
