import { expect, test } from 'vitest';
import { checkExpectation } from '../../src/check/expectation.ts';
import { validateFor } from '../../src/check/schema.ts';
import { loadContract } from '../../src/contract/load.ts';
import type { LawfulAnswer } from '../../src/oracle/answer.ts';
import { answered } from './answers.ts';

const contract = await loadContract();
const validate = validateFor(contract);
const check = (
  outcome: ReturnType<typeof answered>,
  ...lawful: readonly Omit<LawfulAnswer, 'because'>[]
): readonly unknown[] =>
  checkExpectation(contract, validate, outcome, {
    answers: lawful.map((answer) => ({ ...answer, because: ['role'] as const })),
    fact: 'role-enforced',
    says: 'refused',
  });

const forbidden: Omit<LawfulAnswer, 'because'> = {
  status: 403,
  code: 'forbidden_role',
  schema: 'error.schema.json',
};
const missing: Omit<LawfulAnswer, 'because'> = { status: 404, schema: 'error.schema.json' };
const error = (code: string): unknown => ({ error: { code, message: 'no' } });

test('any one of the lawful answers will do', () => {
  expect(check(answered(403, error('forbidden_role')), forbidden, missing)).toEqual([]);
  expect(check(answered(404, error('whatever')), forbidden, missing)).toEqual([]);
});

test('another status is told with all that would have been lawful', () => {
  expect(check(answered(200, {}), forbidden, missing)).toMatchObject([
    { code: 'status', expected: '403 forbidden_role or 404', actual: '200', fact: 'role-enforced' },
  ]);
});

test('a wrong code of the right status is a finding of its own', () => {
  expect(check(answered(403, error('feature_disabled')), forbidden)).toMatchObject([
    { code: 'error-code', expected: 'forbidden_role', actual: '"feature_disabled"', pointer: '/error/code' },
  ]);
});

test('a class of statuses takes each of its statuses', () => {
  expect(check(answered(418, {}), { status: '4xx' })).toEqual([]);
  expect(check(answered(204, ''), { status: '4xx' })).toHaveLength(1);
});

test('a body that breaks its schema is told with pointer, rule and value', () => {
  const rows = [{ id: 'a', name: 1, transport_type: 'sse', base_url: 'https://x.example', categories: [] }];
  expect(
    check(answered(200, { rows }), { status: 200, schema: 'mcp-servers.list.response.schema.json' }),
  ).toMatchObject([
    {
      code: 'schema',
      pointer: '/rows/0/name',
      expected: 'string',
      actual: '1',
      schema: expect.stringContaining('mcp-servers'),
    },
  ]);
});

test('every item of a list is held against the schema of its items', () => {
  const sound = { id: 'r1', status: 'pass', workflowId: 'w' };
  const found = check(answered(200, { runs: [sound, { id: 'r2', status: 'pass' }] }), {
    status: 200,
    schema: 'list.response.schema.json',
    item: 'run.row.schema.json',
  });
  expect(found).toMatchObject([{ code: 'schema', pointer: '/runs/1' }]);
});
