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

  const codes = [...Buffer.from(secret)].map((byte) => byte.toString(16).padStart(2, '0'));
  const each = (show: (code: string, byte: number) => string, between = ''): string =>
    [...Buffer.from(secret)].map((byte, index) => show(codes[index] ?? '', byte)).join(between);
  it.each([
    ['in hex', codes.join('')],
    ['in hex, upper case', codes.join('').toUpperCase()],
    ['in hex behind other digits', `abc${codes.join('')}`],
    ['in hex with colons', codes.join(':')],
    ['in hex with blanks', codes.join(' ')],
    ['in hex with hyphens', codes.join('-').toUpperCase()],
    ['in hex, as a dump of 16 bytes a line', each((code) => code, ' ').replaceAll(/(.{47}) /g, '$1\n')],
    ['in hex of two bytes a character', each((code) => `${code}00`)],
    ['as 0x53, 0x71', each((code) => `0x${code}`, ', ')],
    ['as \\x53\\x71', each((code) => `\\x${code}`)],
    ['as \\u0053\\u0071', each((code) => `\\u00${code}`)],
    ['as \\u0053, escaped once more', each((code) => `\\\\u00${code.toUpperCase()}`)],
    ['as \\u{53}', each((code) => `\\u{${code}}`)],
    ['with some characters escaped', secret.replaceAll('_', '\\u005f').replaceAll('7', '\\u0037')],
    ['as &#83;', each((_code, byte) => `&#${byte};`)],
    ['as &#x53;', each((code) => `&#x${code};`)],
    ['as &amp;#083;', each((_code, byte) => `&amp;#0${byte};`)],
    ['as \\123\\161', each((_code, byte) => `\\${byte.toString(8)}`)],
    ['as =53=71', each((code) => `=${code.toUpperCase()}`)],
    ['of two bytes a character', each((_code, byte) => `${String.fromCharCode(byte)}\u0000`)],
    ['as %53%71', each((code) => `%${code}`)],
    ['as %2553%2571', each((code) => `%25${code}`)],
    ['with some characters percent-encoded', secret.replaceAll('_', '%255F').replaceAll('7', '%37')],
    ['as [83,113]', JSON.stringify([...Buffer.from(secret)])],
    ['as a list of bytes, a line each', JSON.stringify([...Buffer.from(secret)], null, 2)],
    ['in base64 of UTF-16', Buffer.from(secret, 'utf16le').toString('base64')],
    ['in base64 of UTF-16, the other way round', Buffer.from(secret, 'utf16le').swap16().toString('base64')],
    ['in the middle of much else in hex', `${'ab'.repeat(3_000)}${codes.join('')}${'cd'.repeat(3_000)}`],
  ])('masks a key %s', (_name, form) => {
    for (const text of [form, JSON.stringify({ debug: form }), `before ${form} after`]) {
      const masked = mask(text);
      expect(masked).toContain('***');
      expect(masked.toLowerCase()).not.toContain(form.slice(4, -4).toLowerCase());
    }
  });

  it('leaves numbers, digests and escapes alone that are none of it', () => {
    const text = JSON.stringify({
      digest: '5371537153715371537153715371537153715371',
      counts: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
      words: 'Caf\\u00e9 %20 &#38; 100%',
    });
    expect(mask(text)).toBe(text);
  });

  it('reads what is long without end', () => {
    for (const text of ['53'.repeat(1e6), '12, '.repeat(5e5), '\\'.repeat(1e6), '%25'.repeat(5e5)]) {
      expect(mask(text)).toBe(text);
    }
  }, 30_000);

  it('masks every key of the form, known or not, and leaves what is masked already', () => {
    const ofForm = createMasker([], ['amt']);
    expect(ofForm('a amt_0bad0bad_SecretOfSomebodyElse112233 b')).toBe('a amt_0bad0bad_*** b');
    expect(ofForm('amt_k1_***, amt_<key-id>_<secret>')).toBe('amt_k1_***, amt_<key-id>_<secret>');
    expect(ofForm(Buffer.from('amt_0bad_SecretOfSomebody').toString('hex'))).toBe('***');
  });

  it.each(['true', 'id', 'failed', 'must', 'violation', '12345'])(
    'masks %s, which could be any word, only where it stands alone',
    (word) => {
      const words = createMasker([word, key]);
      expect(words(word)).toBe('***');
      expect(words(`{"a":"${word}","b":"${word}s"} ${word}`)).toBe(`{"a":"***","b":"${word}s"} ${word}`);
      expect(words(`${word} ${key}`)).toBe(`${word} amt_k3y1d_***`);
    },
  );

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
