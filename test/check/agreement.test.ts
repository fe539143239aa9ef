import { describe, expect, it } from 'vitest';
import { agreedLeaves, differingPlaces, flickering, lackingBetween } from '../../src/check/agreement.ts';

const ids = (text: string): ReadonlySet<string> => new Set(text);

describe('lackingBetween', () => {
  it.each([
    ['what both looks around show, and the one between lacks', 'abc', 'ac', 'abc', ['b']],
    ['nothing of what was archived meanwhile', 'abc', 'ac', 'ac', []],
    ['nothing of what was made meanwhile', 'ac', 'ac', 'abc', []],
    ['nothing where all is shown', 'abc', 'abcd', 'abc', []],
  ])('gives %s', (_what, before, between, after, lacking) => {
    expect(lackingBetween(ids(before), ids(between), ids(after))).toEqual(lacking);
  });
});

describe('flickering', () => {
  it.each([
    ['what is gone and back', ['abc', 'ac', 'abc'], ['b']],
    ['what is gone for two looks and back', ['ab', 'a', 'a', 'ab'], ['b']],
    ['what comes turn by turn', ['a', 'b', 'a', 'b'], ['b']],
    ['nothing of what was archived', ['abc', 'ac', 'ac'], []],
    ['nothing of what was made and archived', ['a', 'ab', 'a'], []],
    ['nothing of what something new pushed out of a list that is cut', ['ab', 'ca', 'ab'], []],
    ['nothing of one look', ['ab'], []],
  ])('gives %s', (_what, looks, found) => {
    expect(flickering(looks.map(ids))).toEqual(found);
  });
});

it('agreedLeaves keeps what is the same in both, at its place', () => {
  const one = { range: '7d', kpis: { runs: 4, cost: 1.5 }, days: [1, 2], none: [] };
  const other = { range: '7d', kpis: { runs: 5, cost: 1.5 }, days: [1, 3], none: [] };
  expect([...agreedLeaves(one, other)]).toEqual([
    ['/range', '"7d"'],
    ['/kpis/cost', '1.5'],
    ['/days/0', '1'],
    ['/none', '[]'],
  ]);
});

it('differingPlaces tells where both show something, and not the same', () => {
  const one = agreedLeaves({ a: 1, b: 2, c: 3 }, { a: 1, b: 2, c: 3 });
  const other = agreedLeaves({ a: 1, b: 4 }, { a: 1, b: 4 });
  expect(differingPlaces(one, other)).toEqual(['/b']);
});
