import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { readmeBlocks, withBlocks } from '../../src/docs/readme-blocks.ts';

const readme = await readFile('README.md', 'utf8');

describe('README.md', () => {
  it('is current: npm run docs would change nothing', async () => {
    const text = withBlocks(readme, readmeBlocks(await loadContract()));
    expect(await format(text, { ...(await resolveConfig('README.md')), parser: 'markdown' })).toBe(readme);
  });

  it('names no file that is not there', async () => {
    for (const [, path = ''] of readme.matchAll(/\]\(([^)#:]+)\)/g)) {
      await expect(
        readFile(path).catch((error: NodeJS.ErrnoException) => error.code),
        path,
      ).resolves.not.toBe('ENOENT');
    }
  });

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
