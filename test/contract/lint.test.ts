import { describe, expect, test } from 'vitest';
import { readContract } from '../../src/contract/load.ts';
import { placeOf, problemsWith } from './planted-contract.ts';
import { mismatches } from './planted-mismatches.ts';
import { mistakesByThemselves } from './planted-mistakes.ts';

const matrix = 'matrix.yaml';
const mistakes = [...mistakesByThemselves, ...mismatches];

describe('lint', () => {
  test('finds nothing in the contract of this package', async () => {
    const linted = await readContract();
    expect(linted).toMatchObject({ kind: 'usable', problems: [] });
  });

  test.for(mistakes)('$code: $file with $at', async (mistake) => {
    const problems = await problemsWith([mistake]);
    const place = await placeOf(mistake, mistake.at);
    const { code, file, severity = 'error' } = mistake;
    const hint = mistake.suggestion === undefined ? {} : { suggestion: mistake.suggestion };
    expect(problems).toContainEqual(expect.objectContaining({ code, file, severity, ...place, ...hint }));
  });

  test('finds several mistakes at once, in the order of their places', async () => {
    const codes = ['unknown-member', 'wrong-type', 'unknown-error', 'unresolvable-ref', 'unknown-format'];
    const planted = codes.flatMap((code) => mistakes.find((mistake) => mistake.code === code) ?? []);
    const problems = await problemsWith(planted);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(codes));
    const lines = problems.filter(({ file }) => file === matrix).map(({ line }) => line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  test('says once that a member is mistyped, not also that it is missing', async () => {
    const problems = await problemsWith([{ file: matrix, from: '    method: GET', to: '    metod: GET' }]);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-member']);
  });

  test('warns of a schema that nothing refers to', async () => {
    const problems = await problemsWith([
      { file: matrix, from: ', item: run.row.schema.json', to: '' },
      { file: matrix, from: 'schema: run.trace.response', to: 'schema: record.response' },
    ]);
    expect(problems.map(({ severity, code, file }) => [severity, code, file])).toEqual([
      ['warning', 'unused-schema', 'run.row.schema.json'],
      ['warning', 'unused-schema', 'run.trace.response.schema.json'],
    ]);
  });
});
