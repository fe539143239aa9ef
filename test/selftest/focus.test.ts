import { describe, expect, it } from 'vitest';
import { defects } from '../../mock/index.ts';
import type { Case } from '../../src/plan/types.ts';
import { focusedPlan, sampleDefects, type FocusOptions } from '../../src/selftest/focus.ts';
import { spread } from '../../src/selftest/spread.ts';
import type { Defect } from '../../src/selftest/types.ts';
import { cases } from './trials.ts';

const defect: Defect = { id: 'd', fact: 'auth-whole-key', where: 'getRun', description: '', level: 'must' };

const of = (sampleSize: number): FocusOptions => ({ sampleSize, families: ['access'] });

describe('focusedPlan', () => {
  const focused = focusedPlan(cases, defect, of(50));
  const has = new Set(focused);

  it('holds every case of the fact on the operation that shows the defect', () => {
    const own = cases.filter((one) => one.operation === 'getRun' && one.facts.includes(defect.fact));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((one) => !has.has(one))).toEqual([]);
  });

  it('holds each kind of case of the fact on some operation', () => {
    expect(kinds(focused)).toEqual(kinds(cases));
  });

  it('holds every access case, and is in the order of the plan', () => {
    expect(focused.filter(({ family }) => family === 'access')).toEqual(
      cases.filter(({ family }) => family === 'access'),
    );
    expect(focused).toEqual(cases.filter((one) => has.has(one)));
  });

  it('is the same for the same defect, and another for another', () => {
    expect(focusedPlan(cases, defect, of(50))).toEqual(focused);
    expect(focusedPlan(cases, { ...defect, id: 'e' }, of(50))).not.toEqual(focused);
  });

  it('holds every case of a fact that few test', () => {
    const few = focusedPlan(cases, { ...defect, fact: 'getOrg/success', where: '*' }, of(0));
    expect(cases.filter((one) => one.facts.includes('getOrg/success') && !few.includes(one))).toEqual([]);
  });
});

describe('sampleDefects', () => {
  it('takes one of each fact before it takes a second', () => {
    const facts = new Set(defects.map(({ fact }) => fact));
    expect(new Set(sampleDefects(defects, facts.size).map(({ fact }) => fact))).toEqual(facts);
  });
});

describe('spread', () => {
  const byLetter = { idOf: (text: string) => text, groupOf: (text: string) => text.slice(0, 1) };

  it('takes all where there are no more', () => {
    expect(spread(['a1', 'b1'], 2, 's', byLetter)).toEqual(['a1', 'b1']);
  });

  it('gives every group its share', () => {
    const taken = spread(['a1', 'a2', 'a3', 'a4', 'b1', 'c1'], 4, 's', byLetter);
    expect(taken.map((text) => text.slice(0, 1)).toSorted()).toEqual(['a', 'a', 'b', 'c']);
  });

  it('draws another lot for another seed', () => {
    const all = Array.from({ length: 50 }, (_, index) => `a${index}`);
    expect(spread(all, 10, 's', byLetter)).toEqual(spread(all, 10, 's', byLetter));
    expect(spread(all, 10, 's', byLetter)).not.toEqual(spread(all, 10, 't', byLetter));
  });
});

/** What the cases of the fact are about, whatever operation they are sent to. */
function kinds(some: readonly Case[]): ReadonlySet<string> {
  const ofFact = some.filter(({ facts }) => facts.includes(defect.fact));
  return new Set(ofFact.map(({ id }) => id.split('/').slice(2).join('/')));
}
