import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { pageBlocks } from '../../src/docs/pages.ts';
import { readMeasured } from '../../src/report-files/suite-score.ts';
import { withBlocks } from '../../src/docs/readme-blocks.ts';
import { families } from '../../src/plan/types.ts';

const schema = JSON.parse(await readFile('specs/matrix.schema.json', 'utf8')) as Record<string, unknown>;
const generated = pageBlocks(await loadContract(), schema, await readMeasured());
const pages = [
  'README.md',
  ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];

describe('the pages of docs/', () => {
  it.each(Object.keys(generated))('%s is current: npm run docs would change nothing', async (page) => {
    const text = await readFile(page, 'utf8');
    const after = withBlocks(text, generated[page] ?? {});
    expect(await format(after, { ...(await resolveConfig(page)), parser: 'markdown' })).toBe(text);
  });

  it.each(pages)('%s names no file and no section that is not there', async (page) => {
    const text = await readFile(page, 'utf8');
    for (const [, path = '', anchor] of text.matchAll(/\]\(([^)#:]*)(?:#([\w-]+))?\)/g)) {
      const target = path === '' ? page : join(dirname(page), path);
      const there = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => error.code ?? '');
      expect(there, `${page}: ${path}`).not.toBe('ENOENT');
      const heading = anchor === undefined ? '' : `^#+ ${anchor.replaceAll('-', '[ -]')}$`;
      expect(there.toLowerCase(), `${page}: ${path}#${anchor ?? ''}`).toMatch(new RegExp(heading, 'm'));
    }
  });

  it.each(pages)('%s names no path of this tree that is not there', async (page) => {
    const text = await readFile(page, 'utf8');
    for (const [, path = ''] of text.matchAll(/`((?:src|mock|test|suites|specs|scripts)\/[\w./-]+)`/g)) {
      const known = await readFile(path).catch((error: NodeJS.ErrnoException) => error.code);
      expect(known, `${page}: ${path}`).not.toBe('ENOENT');
    }
  });

  it('are all in the index', async () => {
    const index = await readFile('docs/README.md', 'utf8');
    const named = pages.filter((page) => !page.endsWith('README.md'));
    expect(named.filter((page) => !index.includes(`(${page.replace('docs/', '')})`))).toEqual([]);
  });

  it('tell of every family and every member of the matrix', async () => {
    const [kinds, matrix] = [
      await readFile('docs/families.md', 'utf8'),
      await readFile('docs/matrix.md', 'utf8'),
    ];
    for (const family of families) expect(kinds).toContain(`### ${family}\n`);
    const names = [...JSON.stringify(schema).matchAll(/"properties":\{"(\w+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(matrix).toContain(`\`${name}\``);
  });
});
