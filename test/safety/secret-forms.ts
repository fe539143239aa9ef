/** The forms in which software writes out a secret: what the fuzz of masking puts into answers. */

type Form = readonly [name: string, write: (key: string, secret: string) => string];

const codesOf = (text: string): readonly string[] =>
  [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0'));
const each = (text: string, show: (code: string, byte: number) => string, between = ''): string =>
  [...Buffer.from(text)].map((byte) => show(byte.toString(16).padStart(2, '0'), byte)).join(between);
const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** Each by its name. */
export const forms: readonly Form[] = [
  ['whole', (key) => key],
  ['the secret alone', (_key, secret) => secret],
  ['in upper case', (key) => key.toUpperCase()],
  ['in lower case', (key) => key.toLowerCase()],
  ['reversed', (_key, secret) => Array.from(secret).toReversed().join('')],
  ['with a character added', (key) => `${key}x`],
  ['without its last character', (key) => key.slice(0, -1)],
  ['its first half', (_key, secret) => secret.slice(0, secret.length / 2)],
  ['its second half', (_key, secret) => secret.slice(secret.length / 2)],
  ['behind a scheme', (key) => `Bearer ${key}`],
  ['in a URL', (key) => `https://a.example/x?key=${encodeURIComponent(key)}&y=1`],
  ['base64', (key) => base64(Buffer.from(key))],
  ['base64, one byte on', (key) => base64(Buffer.from(`:${key}`))],
  ['base64, two bytes on', (key) => base64(Buffer.from(`u:${key}`))],
  ['base64url', (key) => Buffer.from(`??${key}`).toString('base64url')],
  ['base64 of UTF-16', (key) => base64(Buffer.from(key, 'utf16le'))],
  ['base64 of UTF-16, big end first', (key) => base64(Buffer.from(key, 'utf16le').swap16())],
  ['hex', (key) => codesOf(key).join('')],
  ['hex in upper case', (key) => codesOf(key).join('').toUpperCase()],
  ['hex with colons', (_key, secret) => codesOf(secret).join(':')],
  ['hex with blanks', (_key, secret) => codesOf(secret).join(' ')],
  ['hex with hyphens', (_key, secret) => codesOf(secret).join('-')],
  ['hex with commas', (_key, secret) => codesOf(secret).join(', ')],
  ['hex of UTF-16', (_key, secret) => each(secret, (code) => `${code}00`)],
  [
    'a dump, 16 bytes a line',
    (_key, secret) =>
      codesOf(secret)
        .join(' ')
        .replaceAll(/(.{47}) /g, '$1\n'),
  ],
  ['0x53, 0x71', (_key, secret) => each(secret, (code) => `0x${code}`, ', ')],
  ['\\x53', (_key, secret) => each(secret, (code) => `\\x${code}`)],
  ['\\u0053', (_key, secret) => each(secret, (code) => `\\u00${code}`)],
  ['\\\\u0053', (_key, secret) => each(secret, (code) => `\\\\u00${code.toUpperCase()}`)],
  ['\\u{53}', (_key, secret) => each(secret, (code) => `\\u{${code}}`)],
  ['&#83;', (_key, secret) => each(secret, (_code, byte) => `&#${byte};`)],
  ['&#x53;', (_key, secret) => each(secret, (code) => `&#x${code};`)],
  ['&amp;#83;', (_key, secret) => each(secret, (_code, byte) => `&amp;#${byte};`)],
  ['%53', (_key, secret) => each(secret, (code) => `%${code}`)],
  ['%2553', (_key, secret) => each(secret, (code) => `%25${code}`)],
  ['some of it percent-encoded', (key) => key.replaceAll('_', '%5F').replaceAll('a', '%61')],
  ['[83,113]', (_key, secret) => JSON.stringify([...Buffer.from(secret)])],
  ['[83, 113], a line each', (_key, secret) => JSON.stringify([...Buffer.from(secret)], null, 2)],
  ['\\123', (_key, secret) => each(secret, (_code, byte) => `\\${byte.toString(8)}`)],
  ['=53', (_key, secret) => each(secret, (code) => `=${code.toUpperCase()}`)],
  [
    'UTF-16 read byte by byte',
    (_key, secret) => each(secret, (_code, byte) => `${String.fromCharCode(byte)}\u0000`),
  ],
];
