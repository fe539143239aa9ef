import { describe, expect, it } from 'vitest';
import { planTrials, pointDialects, type TrialChoice } from '../../src/selftest/plan-trials.ts';
import { sampleDefect } from './outcomes.ts';

const choice: TrialChoice = {
  dialects: ['plain', 'bare-arrays', 'trusting'],
  defects: ['a', 'b', 'c'].map((id) => ({ ...sampleDefect, id })),
  profiles: ['full', 'read'],
  on: 'plain',
  pointOf: () => [],
  colleague: undefined,
  seed: 1,
  shard: undefined,
};

/** What the defects are tried on where each has a dialect of its own. */
function drawn(seed: number): readonly string[] {
  return planTrials({ ...choice, on: undefined, seed }).defects.map(({ on }) => on.dialect);
}

describe('the trials', () => {
  it('are every dialect in every profile, and every defect where it is asked for', () => {
    const { dialects, defects } = planTrials({ ...choice, colleague: 5 });
    expect(dialects.map(({ dialect, profile }) => `${profile} ${dialect}`)).toEqual([
      'read plain',
      'read bare-arrays',
      'read trusting',
      'full plain',
      'full bare-arrays',
      'full trusting',
    ]);
    expect(defects.map(({ on, profiles }) => ({ on, profiles }))).toEqual(
      Array.from({ length: 3 }, () => ({
        on: { dialect: 'plain', colleague: 5 },
        profiles: ['read', 'full'],
      })),
    );
  });

  it('are, in all parts together, each of them once', () => {
    const parts = [1, 2].map((index) => planTrials({ ...choice, shard: { index, of: 2 } }));
    const whole = planTrials(choice);
    expect(new Set(parts.flatMap(({ dialects }) => dialects))).toEqual(new Set(whole.dialects));
    expect(parts.flatMap(({ defects }) => defects).length).toBe(whole.defects.length);
  });

  it('put each defect on a random dialect of its own, another for another seed', () => {
    expect(new Set(drawn(1)).size).toBe(3);
    for (const dialect of drawn(1)) expect(dialect).toMatch(/^seed:\d{1,9}$/);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
  });
});

describe('the random dialect of a defect', () => {
  it('is one on which the defect can be seen', () => {
    const [defect = sampleDefect] = choice.defects;
    const hides = [{ axis: 'order', value: 'oldest' }];
    const plan = (pointOf: TrialChoice['pointOf']): string | undefined =>
      planTrials({
        ...choice,
        defects: [{ ...defect, unseenWhere: [{ order: 'oldest' }] }],
        on: undefined,
        pointOf,
      }).defects[0]?.on.dialect;
    const first = plan(() => []);
    expect(plan((dialect) => (dialect === first ? hides : []))).not.toBe(first);
    expect(plan(() => hides)).toMatch(/^seed:/);
  });
});

describe('pointDialects', () => {
  it('are a covering set and so many random points', () => {
    const axes = [
      { id: 'a', open: '', values: ['1', '2'] },
      { id: 'b', open: '', values: ['x', 'y'] },
    ];
    const dialects = pointDialects(axes, 3, 1);
    expect(dialects.filter((dialect) => dialect.startsWith('seed:'))).toHaveLength(3);
    expect(new Set(dialects.slice(0, 4))).toEqual(new Set(['plain', 'a=2', 'b=y', 'a=2,b=y']));
  });
});
