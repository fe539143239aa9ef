import { describe, expect, it } from 'vitest';
import { defects, startMock } from '../../mock/index.ts';
import { sampleDefects } from '../../src/selftest/focus.ts';
import { tryPlainDefect } from './trials.ts';

/** Enough that a defect which turns all red does so here; `armature-conformance selftest` tries all with more. */
const sampleSize = 60;
const count = 24;

describe('a seeded defect is found', () => {
  it.each(sampleDefects(defects, count).map((defect) => [defect.id, defect] as const))(
    '%s',
    async (id, defect) => {
      const outcomes = await tryPlainDefect(defect, ['full'], () => startMock({ defect: id }), sampleSize);
      expect(outcomes.map(({ fate, faults }) => ({ fate, faults }))).toEqual([
        { fate: 'caught', faults: [] },
      ]);
    },
    60_000,
  );
});
