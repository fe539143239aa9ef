import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file that is whole or not there: it is written under another name beside its place and then renamed, which
 * a reader or an interrupted run never sees half done. Makes its folder where that is missing. Throws what the file
 * system says.
 * @param text the whole, or its pieces in order
 */
export async function writeWhole(path: string, text: string | Iterable<string>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, typeof text === 'string' ? text : '');
    // A whole iterable at once is what the file system of Yarn's Plug'n'Play does not take.
    if (typeof text !== 'string') for (const block of inBlocks(text)) await appendFile(draft, block);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Small pieces put together: each block is a write of its own. */
function* inBlocks(pieces: Iterable<string>): Generator<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < blockCharacters) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

const blockCharacters = 1_000_000;

/** The word of a file system error (`ENOENT`), or its message. */
export function fileErrorWord(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
