import { expect, test } from 'vitest';
import { parseJsonBody } from '../../src/check/json-body.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

test('JSON in UTF-8 is read', () => {
  expect(parseJsonBody(bytes('{"name":"Grüße 🦊"}'))).toEqual({ kind: 'json', value: { name: 'Grüße 🦊' } });
});

test('no bytes are an empty body', () => {
  expect(parseJsonBody(new Uint8Array())).toEqual({ kind: 'empty' });
});

test.each([
  ['a byte order mark', bytes('\uFEFF{}'), /byte order mark/],
  ['NaN', bytes('{"a":NaN}'), /not JSON/],
  ['a truncated body', bytes('{"a":'), /not JSON/],
  ['a trailing comma', bytes('{"a":1,}'), /not JSON/],
  ['a prefix', bytes(")]}',\n{}"), /not JSON/],
  ['invalid UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /UTF-8/],
  ['a surrogate in UTF-8', Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]), /UTF-8/],
])('%s is broken', (_, body, problem) => {
  expect(parseJsonBody(body)).toEqual({ kind: 'broken', problem: expect.stringMatching(problem) });
});

test('a body may be nested, but not without end; brackets in texts do not count', () => {
  const nested = (levels: number): Uint8Array => bytes('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
  expect(parseJsonBody(nested(1200))).toMatchObject({ kind: 'json' });
  expect(parseJsonBody(nested(200_000))).toEqual({
    kind: 'broken',
    problem: expect.stringMatching(/nested deeper than 1500 levels/),
  });
  expect(parseJsonBody(bytes(JSON.stringify({ a: '["\\"{'.repeat(5000) })))).toMatchObject({ kind: 'json' });
});

test('a whole number that a double cannot hold keeps its digits, and is rounded for a schema alone', () => {
  const body = parseJsonBody(
    bytes('{"id":9007199254740993,"near":9007199254740991,"text":"12345678901234567890"}'),
  );
  expect(body).toEqual({
    kind: 'json',
    value: { id: '9007199254740993', near: 9007199254740991, text: '12345678901234567890' },
    rounded: { id: 9007199254740992, near: 9007199254740991, text: '12345678901234567890' },
  });
  expect(parseJsonBody(bytes('[0.12345678901234567890, 1e-1234567890123456]'))).toEqual({
    kind: 'json',
    value: [0.12345678901234568, 0],
  });
});
