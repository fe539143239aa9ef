import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { withBlocks } from '../../src/docs/readme-blocks.ts';

const readme = await readFile('README.md', 'utf8');

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
