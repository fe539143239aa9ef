import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAjv } from '../../src/contract/ajv.ts';
import { loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/types.ts';
import { dialects, startMock, type Mock } from '../../mock/index.ts';
import { at, idOf, itemsOf, operationOf, send, type Reply, type Sending } from './client.ts';
import { walk } from './walk.ts';

const contract: Contract = await loadContract();
const ajv = createAjv(contract.schemas);

function problems(schemaFile: string, body: unknown): unknown {
  const validate = ajv.getSchema(schemaFile);
  if (validate === undefined) throw new Error(`no schema ${schemaFile}`);
  return validate(body) === true ? [] : validate.errors;
}

it('there are at least eight dialects, each with what it makes of the open points', () => {
  expect(dialects.length).toBeGreaterThanOrEqual(8);
  expect(new Set(dialects.map(({ id }) => id)).size).toBe(dialects.length);
  for (const { id, values } of dialects.slice(1))
    expect([id, Object.keys(values).length > 8]).toEqual([id, true]);
});

it('an unknown dialect is named with its nearest neighbour', async () => {
  await expect(startMock({ dialect: 'bare-array' })).rejects.toThrow("Did you mean 'bare-arrays'?");
});

/** Requests that are refused, and the lawful refusals: the code counts where the documentation pins it. */
const refusals: readonly (readonly [
  string,
  Sending,
  string,
  readonly (readonly [number, string | undefined])[],
])[] = [
  ['no key', { authorization: '' }, '/org', [[401, 'unauthenticated']]],
  ['a revoked key', { as: 'revoked' }, '/org', [[401, 'unauthenticated']]],
  [
    'a role too low',
    { as: 'viewer', method: 'POST', body: { name: 'x' } },
    '/mcp-servers',
    [[403, 'forbidden_role']],
  ],
  ['a feature disabled', { as: 'featureDisabled' }, '/insights/topics', [[403, 'feature_disabled']]],
  ['a body that is no object', { method: 'POST', body: [] }, '/mcp-servers', [[400, undefined]]],
  ['a member left out', { method: 'POST', body: {} }, '/mcp-servers', [[400, undefined]]],
  [
    'an unknown id',
    {},
    '/workflows/wf_nothing',
    [
      [400, undefined],
      [404, undefined],
    ],
  ],
];

function pinnedCode({ status, body }: Reply): unknown {
  return status === 401 || status === 403 ? at(body, 'error.code') : undefined;
}

describe.each(dialects.map(({ id }) => id))('dialect %s', (dialect) => {
  let mock: Mock;
  let replies: ReadonlyMap<string, Reply>;
  beforeAll(async () => {
    mock = await startMock({ dialect });
    replies = await walk(mock, contract);
  });
  afterAll(() => mock.close());

  it.each(contract.operations.map(({ id }) => id))('%s answers as documented', (id) => {
    const operation = operationOf(contract, id);
    const reply = replies.get(id);
    expect(reply).toMatchObject({ status: operation.success.status });
    // What an update of a topic answers is left open.
    const { schema } = operation.success;
    expect(schema === undefined ? [] : problems(schema, reply?.body)).toEqual([]);
  });

  it('rows keep their schemas', () => {
    for (const operation of contract.operations) {
      const { item } = operation.success;
      if (item === undefined) continue;
      const resource = Object.values(contract.resources).find(({ list }) => list === operation.id);
      const items = itemsOf(replies.get(operation.id)?.body, resource?.items ?? []);
      expect(items.length).toBeGreaterThan(0);
      for (const row of items) expect(problems(item, row)).toEqual([]);
    }
  });

  it.each(refusals)('%s is refused lawfully', async (_what, sending, path, refused) => {
    const reply = await send(mock, path, sending);
    expect(refused).toContainEqual([reply.status, pinnedCode(reply)]);
    expect(problems(contract.errorSchema, reply.body)).toEqual([]);
  });

  it('the trace of a session names it by the key of its row', async () => {
    const [row] = itemsOf((await send(mock, '/insights/sessions')).body, ['sessions']);
    const { body } = await send(mock, `/insights/sessions/${encodeURIComponent(idOf(row, []))}/trace`);
    expect(at(body, 'session.session_key')).toBe(at(row, 'session_key'));
    expect(at(row, 'session_key')).toEqual(expect.any(String));
  });

  it('another organization sees nothing of this one', async () => {
    const own = itemsOf((await send(mock, '/workflows')).body, ['rows', 'workflows']).map((row) =>
      idOf(row, []),
    );
    const theirs = (await send(mock, '/workflows', { as: 'otherOrg' })).text;
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((id) => theirs.includes(id))).toEqual([]);
  });
});
