import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const page = await readFile('docs/threat-model.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:rule|---)/.test(line))
  .map((line) => {
    const [, rule = '', held = ''] = line.split(/\s*\|\s*/);
    return { rule, tests: [...held.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)] };
  });

describe('the threat model', () => {
  it('has rules for each border', () => {
    const borders = [...page.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(borders).toEqual(['The target', 'Files', 'The environment', 'The terminal', 'CI', 'Outside']);
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)('names tests that hold "$rule"', async ({ tests }) => {
    expect(tests).not.toEqual([]);
    for (const [, path = '', name = ''] of tests) expect(await readFile(path, 'utf8'), path).toContain(name);
  });
});
