import { expect, test } from 'vitest';
import { badForm, badForms } from '../../src/plan/credential-forms.ts';
import { bearerHeader, type Shown } from '../../src/plan/credential-parts.ts';

const keys = [
  { key: 'amt_k1_AbCdEf0123456789', other: 'amt_k2_ZyXwVu9876543210' },
  // The id, the secret, or both may have underscores of their own.
  { key: 'amt_k_one_Ab_Cd-Ef0123456789', other: 'amt_k_two_Zy_Xw-Vu9876543210' },
  { key: 'amt_0123_0123456789012345', other: 'amt_4567_9876543210987654' },
  { key: 'amt_a_x', other: 'amt_b_y' },
];
const random = (length: number): string => 'r'.repeat(length);
const material = { documented: bearerHeader, random };

function authorization(shown: Shown | undefined): string | undefined {
  return shown?.headers['authorization'];
}

test.each(keys)('no bad form of $key is a valid credential after all', ({ key, other }) => {
  for (const form of badForms) {
    const shown = form.show({ ...material, key, other });
    expect([`Bearer ${key}`, `Bearer ${other}`], form.id).not.toContain(authorization(shown));
  }
});

test.each(keys)('every header of a form of $key can go over the wire', ({ key, other }) => {
  for (const form of badForms) {
    for (const value of Object.values(form.show({ ...material, key, other })?.headers ?? {})) {
      expect(value, form.id).toMatch(/^[\x20-\x7e]*$/);
      expect(value, form.id).toBe(value.trim());
    }
  }
});

test('a form that a key does not allow is not shown', () => {
  const digits = { key: 'amt_0123_0123456789012345', other: 'amt_4567_9876543210987654', ...material };
  expect(badForm('case-swapped')?.show(digits)).toBeUndefined();
});

test('keys that have the same id part are mixed elsewhere', () => {
  const shown = badForm('secret-of-another-key')?.show({
    key: 'amt_k_one_aaaa',
    other: 'amt_k_two_bbbb',
    ...material,
  });
  expect(authorization(shown)).toBe('Bearer amt_k_one_bbbb');
});

test('the ids of the forms are distinct, and every form tells what it is', () => {
  expect(new Set(badForms.map(({ id }) => id)).size).toBe(badForms.length);
  expect(badForms.filter(({ title }) => title === '')).toEqual([]);
});
