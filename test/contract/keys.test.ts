import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { keysFromEnv, parseKeys } from '../../src/contract/keys.ts';
import { loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/types.ts';
import { packageRoot } from '../../src/package-root.ts';

let contract: Contract;

beforeAll(async () => {
  contract = await loadContract();
});

describe('a keys file', () => {
  test('is YAML or JSON, with references to the environment', () => {
    const env = { VIEWER: 'amt_v_s3cret', SECRET: 's3cret' };
    const wanted = { viewer: 'amt_v_s3cret', editor: 'amt_e_s3cret' };
    const yaml = 'viewer: ${VIEWER}\neditor: amt_e_${SECRET}\n';
    expect(parseKeys(yaml, 'keys.yaml', contract, env)).toEqual({ keys: wanted, problems: [] });
    expect(parseKeys(JSON.stringify(wanted), 'keys.json', contract, {})).toEqual({
      keys: wanted,
      problems: [],
    });
  });

  test('may be empty', () => {
    expect(parseKeys('# none yet\n', 'keys.yaml', contract, {})).toEqual({ keys: {}, problems: [] });
  });

  test.for([
    ['viwer: amt_v_s3cret', 'unknown-member', 1, 1, 'viewer'],
    ['admin: amt_a_x\nviewer: ${VIEWRE}', 'unset-variable', 2, 9, 'VIEWER'],
    ['viewer: 42', 'wrong-type', 1, 9, undefined],
    ['viewer: [amt_v_s3cret]', 'wrong-type', 1, 9, undefined],
    ['viewer:', 'empty-key', 1, 8, undefined],
    ['viewer: amt_v s3cret', 'key-white-space', 1, 9, undefined],
    ['viewer: "amt_v_s3cret\\n"', 'key-white-space', 1, 9, undefined],
    ['viewer: amt_v_s3crét', 'key-characters', 1, 9, undefined],
    ['viewer: s3cret', 'key-form', 1, 9, undefined],
    ['viewer: amt_v_s3cret\neditor: amt_v_s3cret', 'same-key', 2, 9, undefined],
    ['viewer: amt_v_s3cret\nviewer: amt_w_s3cret', 'duplicate-key', 2, 1, undefined],
    ['amt_v_s3cret', 'wrong-type', 1, 1, undefined],
    ['amt_v_s3cret: viewer', 'unknown-member', 1, 1, undefined],
    ['viewer: "amt_v_s3cret', 'yaml-syntax', 1, 22, undefined],
    ['viewer: *amt_v_s3cret', 'yaml-syntax', 1, 9, undefined],
  ] as const)('%j: %s', ([text, code, line, column, suggestion]) => {
    const { problems } = parseKeys(text, 'keys.yaml', contract, { VIEWER: 'amt_v_s3cret' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, line, column, file: 'keys.yaml' });
    expect(problems[0]?.suggestion).toBe(suggestion);
    expect(JSON.stringify(problems)).not.toContain('s3cr');
  });

  test('finds all problems at once, in order', () => {
    const text = 'viewer: ${NONE}\nowenr: amt_o_x\nadmin: amt a\n';
    const { problems } = parseKeys(text, 'keys.yaml', contract, {});
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, 'unset-variable'],
      [2, 'unknown-member'],
      [3, 'key-white-space'],
    ]);
  });

  test('may give one key to the organization without the feature and to the other organization', () => {
    const text = 'featureDisabled: amt_o_x\notherOrg: amt_o_x\n';
    expect(parseKeys(text, 'keys.yaml', contract, {}).problems).toEqual([]);
  });

  test('has the members that its schema names', async () => {
    const schema: unknown = JSON.parse(
      await readFile(join(packageRoot, 'specs', 'keys.schema.json'), 'utf8'),
    );
    const members = Object.values(contract.credentials).map(({ key }) => [key, expect.anything()]);
    expect(schema).toHaveProperty('properties', Object.fromEntries(members));
  });
});

describe('keys in the environment', () => {
  test('are found under the names of the matrix; an empty one is none', () => {
    const env = { ARMATURE_KEY_VIEWER: 'amt_v_x', ARMATURE_KEY_EDITOR: '', HOME: '/' };
    expect(keysFromEnv(contract, env)).toEqual({ keys: { viewer: 'amt_v_x' }, problems: [] });
  });

  test('are missed where a name is nearly right', () => {
    const { problems } = keysFromEnv(contract, { ARMATURE_KEY_VIEWR: 'amt_v_s3cret' });
    expect(problems).toMatchObject([
      { code: 'unknown-variable', suggestion: 'ARMATURE_KEY_VIEWER', severity: 'error' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });

  test('have the same form as in a file', () => {
    const { problems } = keysFromEnv(contract, { ARMATURE_KEY_VIEWER: 'amt_v_s3cret\n' });
    expect(problems).toMatchObject([
      { code: 'key-white-space', file: 'environment variable ARMATURE_KEY_VIEWER' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});
