import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lintTexts } from '../../src/contract/lint-texts.ts';
import { readSpecs } from '../../src/contract/read-specs.ts';
import type { Specs } from '../../src/contract/read-specs.ts';
import { packageRoot } from '../../src/package-root.ts';

/** A generator of numbers below `limit`, the same for the same seed (a linear congruence, Numerical Recipes). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

const changes: Record<string, (line: string, next: (limit: number) => number) => string[]> = {
  'a line is left out': () => [],
  'a line is there twice': (line) => [line, line],
  'a line is indented more': (line, next) => [' '.repeat(1 + next(4)) + line],
  'a line is indented less': (line, next) => [line.replace(new RegExp(`^ {1,${1 + next(4)}}`), '')],
  'a line is cut': (line, next) => [line.slice(0, next(line.length + 1))],
  'a letter is another': (line, next) => {
    const at = next(line.length + 1);
    return [line.slice(0, at) + '{}[]:,&*!|>%@`\'"#-? \tx'.charAt(next(23)) + line.slice(at + 1)];
  },
};

describe('lint of a matrix with one changed line', () => {
  let lines: string[];
  let specs: Specs;

  beforeAll(async () => {
    lines = (await readFile(join(packageRoot, 'matrix.yaml'), 'utf8')).split('\n');
    specs = await readSpecs(join(packageRoot, 'specs'));
  });

  test.for(Object.entries(changes))('throws nothing and places every problem: %s', async ([, change]) => {
    const next = numbers(20);
    for (let round = 0; round < 8; round += 1) {
      const at = next(lines.length);
      const text = lines.flatMap((line, index) => (index === at ? change(line, next) : [line])).join('\n');
      const linted = await lintTexts({ file: 'm.yaml', shownFile: 'm.yaml', text }, specs);
      const explained = linted.kind === 'usable' || linted.problems.length > 0;
      const count = text.split('\n').length;
      const misplaced = linted.problems.filter(({ line, column }) => line < 1 || line > count || column < 1);
      expect({ explained, misplaced }).toEqual({ explained: true, misplaced: [] });
    }
  });

  test.for([
    '',
    '\n',
    '# nothing',
    '[]',
    'text',
    '42',
    'null',
    '- a\n- b',
    '{',
    'a: &a [*a]',
    'a: *b',
    '? [a]\n: b',
    'operations: {__proto__: {path: 3}}',
    'roles: {}\noperations: []\nerrors: 3\nresources: null\nfacts: text\nfeatures: [x]',
    '--- a\n--- b',
    '\u0000',
    '%YAML 9.9\n---\na: b',
  ])('throws nothing for %j', async (text) => {
    const linted = await lintTexts({ file: 'm.yaml', shownFile: 'm.yaml', text }, specs);
    expect(linted.kind).toBe('broken');
    expect(linted.problems.length).toBeGreaterThan(0);
  });
});
