import { describe, expect, test } from 'vitest';
import { parseJsonBody } from '../../src/check/json-body.ts';
import { isObject } from '../../src/check/members.ts';
import { validateFor } from '../../src/check/schema.ts';
import { loadContract } from '../../src/contract/load.ts';
import { invalidBodies } from '../../src/plan/invalid-body.ts';
import { operationOf } from '../../src/plan/request.ts';
import { fullBody, leastBody, validBody } from '../../src/plan/valid-body.ts';

const contract = await loadContract();
const validate = validateFor(contract);
const writes = contract.operations.filter(({ request }) => request !== undefined);

describe.each(writes.map(({ id }) => id))('%s', (id) => {
  const operation = operationOf(contract, id);
  const schema = operation.request ?? '';
  const valid = validBody(contract, operation, 1, 'test');
  const invalid = invalidBodies(contract, operation, valid);

  test('the bodies that count as valid keep the schema', () => {
    for (const body of [
      valid,
      fullBody(contract, operation, 1, 'test'),
      leastBody(contract, operation, 1, 'test'),
    ]) {
      expect(validate(schema, body)).toEqual([]);
    }
  });

  test('every body that counts as invalid breaks the schema, or is no JSON object', () => {
    const valuesAsJson = invalid.flatMap(({ id: name, body }) =>
      body.kind === 'json' ? [{ name, value: body.value }] : [],
    );
    const kept = valuesAsJson.filter(({ value }) => isObject(value) && validate(schema, value).length === 0);
    expect(kept).toEqual([]);
  });

  test('every text that counts as no JSON is none', () => {
    const texts = invalid.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));
    expect(texts.filter((text) => parseJsonBody(Buffer.from(text)).kind === 'json')).toEqual([]);
  });

  test('the ids are distinct', () => {
    expect(new Set(invalid.map(({ id: name }) => name)).size).toBe(invalid.length);
  });
});

test('every documented way to break a body is there', () => {
  const operation = operationOf(contract, 'createWorkflow');
  const ids = invalidBodies(contract, operation, validBody(contract, operation, 1, 'test')).map(
    ({ id }) => id,
  );
  expect(ids).toEqual(
    expect.arrayContaining([
      'name/missing',
      'mcpServerId/null',
      'testerPrompt/number',
      'schedule/boolean-false',
      'testerModelIds/0/number',
      'testerModelIds/1/object',
      'criteria/0/string',
      'body/array',
      'body/null',
      'body/not-json-truncated',
    ]),
  );
});

test('what is left open is not among them', () => {
  const operation = operationOf(contract, 'createWorkflow');
  const ids = invalidBodies(contract, operation, validBody(contract, operation, 1, 'test')).map(
    ({ id }) => id,
  );
  expect(
    ids.filter((id) => /^(description|metadata)\/null$/.test(id) || id.startsWith('criteria/0/isRequired')),
  ).toEqual([]);
});

test('the same seed gives the same body, another one another', () => {
  const operation = operationOf(contract, 'createWorkflow');
  expect(validBody(contract, operation, 1, 'x')).toEqual(validBody(contract, operation, 1, 'x'));
  expect(validBody(contract, operation, 1, 'x')).not.toEqual(validBody(contract, operation, 2, 'x'));
});
