import { describe, expect, it } from 'vitest';
import { createMasker, maskKey } from '../src/secrets.ts';

const secret = 'q7Zp_x-91LmNvTr40bKcWd_2';
const key = `amt_k3y1d_${secret}`;
const mask = createMasker([key, 'amt_other_0123456789abcdef0123']);

describe('maskKey', () => {
  it.each([
    [key, 'amt_k3y1d_***'],
    ['amt_id_with_underscore', 'amt_id_***'],
    ['no key at all', '***'],
    ['amt__empty', '***'],
    ['', '***'],
  ])('shows %s as %s', (given, shown) => {
    expect(maskKey(given)).toBe(shown);
  });
});

describe('createMasker', () => {
  const base64 = (before: string, after: string): string =>
    Buffer.from(before + key + after).toString('base64');

  it.each([
    ['plain', key, 'amt_k3y1d_***'],
    ['the secret alone', secret, '***'],
    ['in upper case', key.toUpperCase(), 'AMT_K3Y1D_***'],
    ['with a character added', `${key}x`, 'amt_k3y1d_***'],
    ['with its last character cut off', key.slice(0, -1), 'amt_k3y1d_***'],
    ['with the second half cut off', key.slice(0, -12), 'amt_k3y1d_***'],
    ['percent-encoded', key.replaceAll('_', '%5F'), 'amt%5Fk3y1d%5F***'],
  ])('masks a key %s', (_name, text, shown) => {
    expect(mask(`before ${text} after`)).toBe(`before ${shown} after`);
  });

  it.each([
    ['reversed', Array.from(secret).toReversed().join('')],
    ['with a character of its first half changed', key.replace('q7Zp', 'q8Zp')],
    ['in base64', base64('', '')],
    ['in base64, one byte on', base64('x', ':')],
    ['in base64, two bytes on', base64('xy', 'zz')],
    ['in base64url', Buffer.from(`??${key}`).toString('base64url')],
  ])('masks a key %s', (_name, text) => {
    const masked = mask(`before ${text} after`);
    expect(masked).toMatch(/^before .*\*\*\*.* after$/);
    expect(masked.length).toBeLessThan(`before ${text} after`.length - secret.length * 0.7);
  });

  it('masks every occurrence, and two keys side by side', () => {
    expect(mask(`${key},${key} ${secret}`)).toBe('amt_k3y1d_***,amt_k3y1d_*** ***');
  });

  it('masks a secret that holds slashes as JSON escapes them', () => {
    const slashed = createMasker(['amt_a_ab/cd/ef/gh/ij/kl/mn/op']);
    expect(slashed(String.raw`"ab\/cd\/ef\/gh\/ij\/kl\/mn\/op"`)).not.toContain('ab');
  });

  it('looks for a short secret only as the whole key', () => {
    const short = createMasker(['amt_a_key']);
    expect(short('the key is amt_a_key')).toBe('the key is amt_a_***');
  });

  it('gives back the same text where there is nothing to mask, and is idempotent', () => {
    const text = 'organization, amt_k3y1d_ and nothing else: '.repeat(1000);
    expect(mask(text)).toBe(text);
    expect(mask(mask(`a ${key} b`))).toBe(mask(`a ${key} b`));
    expect(createMasker([])(text)).toBe(text);
    expect(createMasker([''])(text)).toBe(text);
  });

  it('reads a large text in time that grows with its length alone', () => {
    const close = `${secret.slice(0, 11)}!`.repeat(200_000);
    const before = performance.now();
    expect(mask(close)).toBe(close);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
