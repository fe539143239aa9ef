import { beforeAll, expect, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/types.ts';
import { renderRoleTable, roleTable } from '../../src/report/role-table.ts';

let contract: Contract;

beforeAll(async () => {
  contract = await loadContract();
});

test('the text has aligned columns, below the name of each surface', () => {
  const lines = renderRoleTable(contract, 'table').split('\n');
  expect(lines[0]?.trim().split(/ {2,}/)).toEqual([
    'operation',
    'method',
    'path',
    'effect',
    ...contract.roles,
  ]);
  const write = lines.find((line) => line.includes('createWorkflow '));
  expect(write?.trim().split(/ {2,}/)).toEqual([
    'createWorkflow',
    'POST',
    '/workflows',
    'create',
    '–',
    '✓',
    '✓',
    '✓',
  ]);
  expect(lines.filter((line) => /^\S/.test(line))).toEqual([
    ...new Set(contract.operations.map(({ surface }) => surface)),
  ]);
  const column = lines[0]?.indexOf('viewer') ?? -1;
  const marks = lines
    .slice(1)
    .filter((line) => line.startsWith('  '))
    .map((line) => line.charAt(column));
  expect(new Set(marks)).toEqual(new Set(['✓', '–']));
});

test('the Markdown is one table with a row for each operation', () => {
  const lines = renderRoleTable(contract, 'markdown').trimEnd().split('\n');
  expect(lines).toHaveLength(contract.operations.length + 2);
  expect(lines[2]).toBe('| org | `getOrg` | `GET /org` | read | ✓ | ✓ | ✓ | ✓ |');
  expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([10]));
});

test('the JSON holds the rows', () => {
  expect(JSON.parse(renderRoleTable(contract, 'json'))).toEqual(roleTable(contract));
  expect(roleTable(contract).find(({ operation }) => operation === 'updateTopic')).toEqual({
    surface: 'insights',
    operation: 'updateTopic',
    method: 'PATCH',
    path: '/insights/topics/{topicId}',
    effect: 'update',
    roles: { viewer: false, editor: true, admin: true, owner: true },
    keyless: false,
  });
});
