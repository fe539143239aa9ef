import { expect, test } from 'vitest';
import { unknownIdLike } from '../../src/execute/unknown-id.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test.each([
  ['a prefix', 'wf_i2S4lTUAGYC5iTns', /^wf_[A-Za-z0-9]{16}$/],
  ['a UUID', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', uuid],
  ['base64url', 'Zm9vYmFyLWJh_i-xdXV4cQ', /^[\w-]{21}Q$/],
  ['long digits', '1000004711', /^\d{10}$/],
  ['short digits', '42', /^42\d+$/],
  ['a short tail', 'wf_7', /^wf_7\d+$/],
])('an unknown id keeps the form of %s', (_, known, form) => {
  const id = unknownIdLike([known], 'salt');
  expect(id).toMatch(form);
  expect(id).not.toBe(known);
});

test('with nothing known it is a UUID', () => {
  expect(unknownIdLike([], 'salt')).toMatch(uuid);
});

test('it is none of the known ones', () => {
  const first = unknownIdLike(['wf_aaaaaaaa'], 'salt');
  expect(unknownIdLike(['wf_aaaaaaaa', first], 'salt')).not.toBe(first);
});

test('the same salt gives the same id', () => {
  expect(unknownIdLike(['wf_aaaaaaaa'], 'one')).toBe(unknownIdLike(['wf_aaaaaaaa'], 'one'));
  expect(unknownIdLike(['wf_aaaaaaaa'], 'one')).not.toBe(unknownIdLike(['wf_aaaaaaaa'], 'two'));
});
