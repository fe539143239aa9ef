import { describe, expect, it, test } from 'vitest';
import { unknownIdLike } from '../../src/execute/unknown-id.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an unknown id keeps the form of', () => {
  it.each([
    ['a prefix', ['wf_i2S4lTUAGYC5iTns'], /^wf_[A-Za-z0-9]{16}$/],
    ['several words in front', ['wf_prod_i2S4lTUA', 'wf_prod_9bXf0aRt'], /^wf_prod_[A-Za-z0-9]{8}$/],
    ['a UUID', ['3f2504e0-4f89-41d3-9a0c-0305e82c3301'], uuid],
    [
      'a UUID in capitals',
      ['3F2504E0-4F89-41D3-9A0C-0305E82C3301'],
      /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-9[0-9A-F]{3}-[0-9A-F]{12}$/,
    ],
    ['hex digits with a letter in front', ['r3f2504e04f8941d3'], /^r[0-9a-f]{16}$/],
    [
      'an alphabet without I, L, O and U',
      ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01BX5ZZKBKACTAV9WEVGEMMVRZ'],
      /^01[0-9A-HJKMNP-TV-Z]{24}$/,
    ],
    ['an alphabet without 0, 1, 8 and 9', ['mfrggzdfmztwq2lk', 'nbswy3dpeb3w64tm'], /^[a-z2-7]{16}$/],
    ['base64url', ['Zm9vYmFyLWJh_i-xdXV4cQ'], /^[\w-]{21}Q$/],
    ['long digits', ['1000004711'], /^\d{10}$/],
    ['short digits', ['42'], /^42\d+$/],
    ['a short tail', ['wf_7'], /^wf_7\d+$/],
    ['short letters', ['abc'], /^abc[a-f]+$/],
  ])('%s', (_, known, form) => {
    const id = unknownIdLike(known, 'salt');
    expect(id).toMatch(form);
    expect(known).not.toContain(id);
  });

  it('ids that all begin alike: what they have in common stays', () => {
    const known = ['acme7w-a1b2c3d4e5f6', 'acme7w-f6e5d4c3b2a1'];
    expect(unknownIdLike(known, 'salt')).toMatch(/^acme7w-[a-f1-7]{12}$/);
  });
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
