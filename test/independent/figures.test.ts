import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { defects as alpha } from './alpha/index.ts';
import { defects as beta } from './beta/index.ts';
import { knownMisses } from './known-misses.ts';

it('the page on the verdict says how many breaks of the independent deployments are known to be missed', async () => {
  const all = alpha.length + beta.length;
  const missed = Object.values(knownMisses).flatMap((misses) => Object.keys(misses)).length;
  const page = (await readFile('docs/verdict.md', 'utf8')).replaceAll(/\s+/g, ' ');
  expect(page).toContain(`Of their ${all} seeded breaks a full run is known to miss ${missed}`);
});
