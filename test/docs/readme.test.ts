import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { generatedPages, withBlocks } from '../../src/docs/readme-blocks.ts';

const readme = await readFile('README.md', 'utf8');

const pages = Object.entries(generatedPages(await loadContract()));

describe.each(pages)('%s', (page, blocks) => {
  it('is current: npm run docs would change nothing', async () => {
    const text = await readFile(page, 'utf8');
    const current = withBlocks(text, blocks);
    expect(await format(current, { ...(await resolveConfig(page)), parser: 'markdown' })).toBe(text);
  });

  it('names no file that is not there', async () => {
    const text = await readFile(page, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => join(dirname(page), path));
    expect(links).not.toEqual([]);
    for (const path of links) {
      const read = readFile(path).catch((error: NodeJS.ErrnoException) => error.code);
      await expect(read, path).resolves.not.toBe('ENOENT');
    }
  });
});

describe('README.md', () => {
  it('names no script that is not there', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, name = ''] of readme.matchAll(/npm (?:run )?([a-z:]+)/g)) {
      expect([...Object.keys(scripts), 'ci'], name).toContain(name);
    }
  });
});

describe('withBlocks', () => {
  it('refuses a text without the markers', () => {
    expect(() => withBlocks('nothing', { options: 'x' })).toThrow(/no block <!-- options -->/);
  });
});
