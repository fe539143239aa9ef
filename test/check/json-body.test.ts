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
