import { expect, test } from 'vitest';
import { checkHygiene } from '../../src/check/hygiene.ts';
import { validateFor } from '../../src/check/schema.ts';
import { loadContract } from '../../src/contract/load.ts';
import { answered } from './answers.ts';

const contract = await loadContract();
const operation = contract.operations.find(({ id }) => id === 'listRuns');
const context = {
  contract,
  validate: validateFor(contract),
  findSecret: (text: string) => (text.includes('the-secret') ? 'viewer' : undefined),
  holdsKey: (text: string) => text.includes('somebodys-key'),
};
const codes = (...args: Parameters<typeof answered>): readonly string[] =>
  checkHygiene(context, operation, answered(...args)).map(
    ({ level, code, fact }) => `${level} ${code} ${fact ?? ''}`,
  );

const refusal = { error: { code: 'x', message: 'y' } };

test('a sound answer has no finding', () => {
  expect(codes(200, { rows: [] })).toEqual([]);
  expect(codes(401, refusal, { 'www-authenticate': 'Bearer' })).toEqual([]);
});

const broken: [what: string, args: Parameters<typeof answered>, finding: string][] = [
  ['a 5xx', [503, refusal], 'must server-error no-server-error'],
  ['an error without the error schema', [404, { message: 'gone' }], 'must schema error-shape'],
  ['an error whose code is a number', [400, { error: { code: 1, message: 'm' } }], 'must schema error-shape'],
  ['an error without a body', [404, ''], 'must schema error-shape'],
  ['a body that is no JSON', [200, '{"a":NaN}'], 'must not-json json-body'],
  ['a secret in the body', [200, { rows: ['the-secret'] }], 'must secret-echo no-secret-echo'],
  ['a secret in a header', [200, {}, { 'x-key': 'the-secret' }], 'must secret-echo no-secret-echo'],
  [
    'a secret that JSON spells otherwise',
    [200, String.raw`{ "rows": ["the\u002dsecret"] }`],
    'must secret-echo no-secret-echo',
  ],
  ['a key of somebody else', [200, { rows: ['somebodys-key'] }], 'should secret-echo no-secret-echo'],
  [
    'another content type',
    [200, {}, { 'content-type': 'text/html' }],
    'should content-type json-content-type',
  ],
  ['a 401 without a challenge', [401, refusal], 'should header auth-challenge'],
  ['a 405 without Allow', [405, refusal], 'should header method-allow'],
  ['a public answer', [200, {}, { 'cache-control': 'public, max-age=60' }], 'should header private-cache'],
];

test.each(broken)('%s is found', (_, args, finding) => {
  expect(codes(...args)).toEqual([finding]);
});

test('what comes from in front of the API is not held against the error schema', () => {
  expect(codes(413, '<html>too large</html>', { 'content-type': 'text/html' })).toEqual([]);
  expect(codes(429, '', {})).toEqual([]);
});

test('what has the form of a key is repeated by a refusal, and shown by the document', () => {
  expect(codes(400, { error: { code: 'x', message: 'somebodys-key' } })).toEqual([]);
  const document = contract.operations.find(({ keyless }) => keyless);
  const shown = checkHygiene(context, document, answered(200, { example: 'somebodys-key' }));
  expect(shown).toEqual([]);
});

test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json'])(
  '%s says that it is JSON',
  (type) => {
    expect(codes(200, {}, { 'content-type': type })).toEqual([]);
  },
);

test('no answer is a violation', () => {
  const found = checkHygiene(context, operation, {
    kind: 'unanswered',
    fault: 'timeout',
    message: 'late',
    durationMs: 9,
  });
  expect(found).toMatchObject([{ level: 'must', code: 'unanswered', fact: 'answered', actual: 'timeout' }]);
});

test('slowness is an advisory', () => {
  const found = checkHygiene(context, operation, { ...answered(200, {}), durationMs: 1500 });
  expect(found).toMatchObject([{ level: 'should', code: 'slow' }]);
});
