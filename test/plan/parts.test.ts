import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { inParts } from '../../src/plan/parts.ts';
import { inPhases, type PhaseCases } from '../../src/plan/phases.ts';
import { planCases } from '../../src/plan/plan.ts';

const cases = planCases(await loadContract(), { seed: 1, profile: 'full' });

/** A phase with so many cases; which ones they are makes no difference here. */
function phase(name: PhaseCases['phase'], count: number): PhaseCases {
  return {
    phase: name,
    cases: Array.from({ length: count }, (_, index) => cases.at(index % cases.length) ?? fail()),
  };
}

function fail(): never {
  throw new Error('the plan holds no case');
}

describe('the parts of a run', () => {
  it('are one for the plan of the package: no case waits for another part', () => {
    const phases = inPhases(cases);
    expect(inParts(phases)).toEqual([phases]);
  });

  it('hold at most 6,000 cases each, in the order of the phases, none twice and none left out', () => {
    const phases = [phase('read', 6_500), phase('write', 5_600), phase('after', 2)];
    const parts = inParts(phases);
    expect(parts.map((part) => part.map(({ phase: name, cases: own }) => [name, own.length]))).toEqual([
      [['read', 6_000]],
      [
        ['read', 500],
        ['write', 5_500],
      ],
      [
        ['write', 100],
        ['after', 2],
      ],
    ]);
    expect(parts.flatMap((part) => part.flatMap((one) => one.cases))).toEqual(
      phases.flatMap((one) => one.cases),
    );
  });

  it('are one where nothing is to be sent, so that the run comes to its end', () => {
    expect(inParts([])).toEqual([[]]);
  });
});
