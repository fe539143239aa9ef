import { describe, expect, it, test } from 'vitest';
import { canonicalJson, itemLists, itemsOf, memberAt, sameJson, valuesOf } from '../../src/check/members.ts';

describe('items of a list whose envelope is open', () => {
  const rows = [{ id: 'a' }, { id: 'b' }];
  test.each([
    ['a bare array', rows],
    ['the named member', { rows, meta: [1, 2, 3] }],
    ['another member', { data: rows, total: 2 }],
    ['a member of an object inside', { data: { runs: rows }, total: 2 }],
    ['the array whose items have ids', { tags: ['x'], things: rows }],
  ])('%s', (_, body) => {
    expect(itemsOf(body, ['rows'])).toEqual(rows);
  });

  test('a named member wins over a likelier looking one', () => {
    expect(itemsOf({ groups: rows, topics: [] }, ['topics'])).toEqual([]);
  });

  test('no array, no items', () => {
    expect(itemsOf({ total: 0 }, ['rows'])).toBeUndefined();
    expect(itemLists('text', [])).toEqual([]);
  });
});

describe('values of a member', () => {
  test('in any spelling, in the record or in what wraps it, the shallowest first', () => {
    expect(valuesOf({ record: { tester_prompt: 'deep' }, testerPrompt: 'here' }, 'testerPrompt')).toEqual([
      'here',
      'deep',
    ]);
  });
  test('lists are not entered', () => {
    expect(valuesOf({ versions: [{ name: 'old' }] }, 'name')).toEqual([]);
  });
  test('null is a value', () => {
    expect(valuesOf({ schedule: null }, 'schedule')).toEqual([null]);
  });
});

test('a dotted path leads into objects and nowhere else', () => {
  expect(memberAt({ a: { b: 1 } }, 'a.b')).toBe(1);
  expect(memberAt({ a: [{ b: 1 }] }, 'a.b')).toBeUndefined();
  expect(memberAt(null, 'a')).toBeUndefined();
});

test('JSON values are the same whatever the order of their members', () => {
  expect(sameJson({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] })).toBe(true);
  expect(sameJson({ a: undefined }, {})).toBe(false);
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson({}, [])).toBe(false);
});

describe('the order of members', () => {
  const one = { name: 'a', inner: { version: 2, deep: { name: 'b' } }, version: { number: 1, at: 'x' } };
  const other = { version: { at: 'x', number: 1 }, inner: { deep: { name: 'b' }, version: 2 }, name: 'a' };

  it('tells nothing', () => {
    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson(undefined)).toBe('undefined');
  });

  it('decides of no member which is found first', () => {
    const twice = { b: { name: 'of b' }, a: { name: 'of a' } };
    const again = { a: { name: 'of a' }, b: { name: 'of b' } };
    expect(valuesOf(twice, 'name')).toEqual(valuesOf(again, 'name'));
  });
});
