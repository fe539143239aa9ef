import { describe, expect, it } from 'vitest';
import { unseenBecause, unseenByProfile } from '../../src/selftest/unseen.ts';
import type { DefectOutcome, RedCase } from '../../src/selftest/types.ts';
import { sampleDefect, sampleOutcome } from './outcomes.ts';
import { planOf } from './trials.ts';

const all = planOf('full');

/** A defect that the case alone finds, in a profile that does not. @param fact by default the first of the case */
function unseen(
  id: string,
  profile: 'smoke' | 'read' | 'guarded',
  fact?: string,
): ReturnType<typeof unseenBecause> {
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no case ${id}.`);
  const red: RedCase = { ...found, codes: ['status'], proves: true };
  const defect = { ...sampleDefect, fact: fact ?? found.facts[0] ?? '' };
  const green: DefectOutcome = sampleOutcome({ defect, profile, fate: 'green', exitCode: 0, red: [] });
  return unseenBecause(green, sampleOutcome({ defect, red: [red] }), planOf(profile), all);
}

describe('why a defect is not seen', () => {
  it.each([
    ['org/getOrg/authentication/revoked', 'smoke', /from read on: more reads/],
    ['workflows/updateWorkflow/denied/viewer', 'read', /from guarded on: requests that must be refused/],
    [
      'workflows/archiveWorkflow/lifecycle/archived/editor',
      'guarded',
      /from full on: requests that create, update, archive/,
    ],
  ] as const)('%s in %s', (id, profile, why) => {
    expect(unseen(id, profile)).toEqual({ why: expect.stringMatching(why), tried: false });
  });

  it('is an open cell where guarded sends what finds it', () => {
    const id = 'workflows/updateWorkflow/denied/viewer';
    expect(unseen(id, 'guarded')).toMatchObject({ sent: id, tried: true });
  });

  it('is no open cell where guarded aims at nothing, so that nothing could be done', () => {
    const outcome = unseen('workflows/updateWorkflow/denied/viewer', 'guarded', 'refused-without-effect');
    expect(outcome).toEqual({ why: expect.stringMatching(/at what nothing has/), tried: false });
  });

  it('is said of many defects at once', () => {
    const why = 'it is not sent';
    const outcome = (id: string): DefectOutcome =>
      sampleOutcome({
        defect: { ...sampleDefect, id },
        profile: 'read',
        fate: 'green',
        unseen: { why, tried: false },
      });
    expect(unseenByProfile([outcome('a'), sampleOutcome(), outcome('b')]).read).toEqual([
      { fate: 'green', why, defects: ['a', 'b'] },
    ]);
  });
});
