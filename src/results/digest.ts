import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Results } from './types.ts';
import { piecesOf } from './serialize.ts';

/** SHA-256 of the results, hex: of their members in a fixed order, whatever the file they came from looked like. */
export function resultsDigest(results: Results): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(results)) hash.update(piece);
  return hash.digest('hex');
}

/** SHA-256 of a file, byte by byte, hex. Throws what the file system says. */
export async function fileDigest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
