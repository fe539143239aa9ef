import { describe, expect, it } from 'vitest';
import { conclude, judgedStatus, type CaseOutcome, type Outcomes } from '../../src/results/verdict.ts';

const passed: CaseOutcome = { status: 'passed', findings: [] };
const advised: CaseOutcome = { status: 'passed', findings: [{ level: 'should' }] };
const failed: CaseOutcome = { status: 'failed', findings: [{ level: 'must' }] };
const skipped: CaseOutcome = { status: 'skipped', findings: [] };
const unjudged: CaseOutcome = { status: 'inconclusive', findings: [] };
const fault = { message: 'a bug' };

function outcomes(cases: readonly CaseOutcome[], more: Partial<Outcomes> = {}): Outcomes {
  return { cases, suiteFaults: [], interrupted: false, strict: false, allowInconclusive: false, ...more };
}

describe('conclude', () => {
  it.each<[string, Outcomes, string, number]>([
    ['all passed', outcomes([passed, passed]), 'conformant', 0],
    ['advisories', outcomes([passed, advised]), 'conformant', 0],
    ['advisories in a strict run', outcomes([passed, advised], { strict: true }), 'violations', 1],
    ['skipped beside passed', outcomes([passed, skipped]), 'conformant', 0],
    ['a violation', outcomes([passed, failed]), 'violations', 1],
    ['a violation beside what could not be judged', outcomes([unjudged, failed]), 'violations', 1],
    ['something not judged', outcomes([passed, unjudged]), 'inconclusive', 4],
    [
      'something not judged, allowed',
      outcomes([passed, unjudged], { allowInconclusive: true }),
      'inconclusive',
      0,
    ],
    [
      'a violation is never allowed',
      outcomes([failed, unjudged], { allowInconclusive: true }),
      'violations',
      1,
    ],
    ['no case', outcomes([]), 'inconclusive', 4],
    ['no case, inconclusive allowed', outcomes([], { allowInconclusive: true }), 'inconclusive', 4],
    ['all skipped', outcomes([skipped, skipped]), 'inconclusive', 4],
    [
      'nothing judged, inconclusive allowed',
      outcomes([unjudged, skipped], { allowInconclusive: true }),
      'inconclusive',
      4,
    ],
    ['a fault of the suite', outcomes([passed], { suiteFaults: [fault] }), 'inconclusive', 5],
    [
      'a fault is not allowed away',
      outcomes([passed], { suiteFaults: [fault], allowInconclusive: true }),
      'inconclusive',
      5,
    ],
    ['a fault wins over a violation', outcomes([failed], { suiteFaults: [fault] }), 'violations', 5],
    ['interrupted', outcomes([passed], { interrupted: true }), 'interrupted', 130],
    [
      'interrupted wins over all',
      outcomes([failed], { interrupted: true, suiteFaults: [fault] }),
      'interrupted',
      130,
    ],
    [
      'a breaking finding counts whatever the status says',
      outcomes([{ ...failed, status: 'passed' }]),
      'violations',
      1,
    ],
    ['a failed status without findings stays red', outcomes([{ ...failed, findings: [] }]), 'violations', 1],
  ])('%s', (_name, given, verdict, exitCode) => {
    expect(conclude(given)).toMatchObject({ verdict, exitCode });
  });

  it('counts each case once, and advisories by the finding', () => {
    const { summary } = conclude(outcomes([passed, advised, advised, failed, skipped, unjudged]));
    expect(summary).toEqual({ total: 6, passed: 3, failed: 1, skipped: 1, inconclusive: 1, advisories: 2 });
  });
});

describe('judgedStatus', () => {
  it('passes a case with advisories, unless the run is strict', () => {
    expect(judgedStatus([{ level: 'should' }], false)).toBe('passed');
    expect(judgedStatus([{ level: 'should' }], true)).toBe('failed');
    expect(judgedStatus([{ level: 'should' }, { level: 'must' }], false)).toBe('failed');
  });
});
