import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The mode of files that may hold what a target answered: for their owner alone. */
export const ownerOnly = 0o600;

/**
 * Writes a file that is whole or not there: it is written under another name beside its place and then renamed, which
 * a reader or an interrupted run never sees half done. The other name cannot be foretold and the draft is made anew,
 * so that nothing that is there already, such as a link, is written through. Makes its folder where that is missing.
 * Throws what the file system says.
 * @param text the whole, or its pieces in order
 * @param mode of the file, less what the process masks
 */
export async function writeWhole(path: string, text: string | Iterable<string>, mode = 0o666): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, typeof text === 'string' ? text : '', { flag: 'wx', mode });
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

/** Nothing is drafted for longer, in ms: an older draft is nobody's any more. */
const longestDraftMs = 600_000;

/**
 * Takes away the drafts of files of these names that a process left which ended before they were whole. Never throws.
 */
export async function removeDeadDrafts(directory: string, names: readonly string[]): Promise<void> {
  for (const found of await readdir(directory).catch(() => [])) {
    const [, name = ''] = /^\.(.+)\.\d+-[0-9a-f]{16}$/.exec(found) ?? [];
    if (!names.includes(name)) continue;
    const path = join(directory, found);
    const changed = await stat(path).catch(() => undefined);
    if (changed === undefined || Date.now() - changed.mtimeMs < longestDraftMs) continue;
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** The word of a file system error (`ENOENT`), or its message. */
export function fileErrorWord(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
