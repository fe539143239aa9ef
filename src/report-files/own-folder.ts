/** A folder that this tool writes into: what others have put there is neither removed nor replaced. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { fileErrorWord } from '../write-whole.ts';

/**
 * Makes a folder and sees that files can be written to it: one is, and is removed again. Throws UsageError where not.
 * @param what the folder is, to begin a sentence with
 */
export async function requireWritable(directory: string, what: string): Promise<void> {
  const probe = join(directory, `.writable-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(probe, 'x', { flag: 'wx' });
    await rm(probe);
  } catch (error) {
    throw new UsageError(
      `${what} ${directory} cannot be used: ${fileErrorWord(error)}.`,
      'Choose another --report-dir.',
    );
  }
}

/** Throws UsageError where one of the files is there: this tool did not write it, and would replace it. */
export async function requireFree(directory: string, names: readonly string[]): Promise<void> {
  const found = await Promise.all(
    names.map(async (name) => ((await isThere(join(directory, name))) ? [name] : [])),
  );
  const inTheWay = found.flat();
  if (inTheWay.length === 0) return;
  throw new UsageError(
    `${directory} holds ${inTheWay.join(', ')}, which this tool did not write there and would replace.`,
    'Choose another --report-dir, or move what is in the way.',
  );
}

/** The last bytes of a file as text; empty where it cannot be read. */
export async function tailOf(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, Math.max(0, size - bytes));
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    return '';
  } finally {
    await file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
