import { createHash } from 'node:crypto';
import type { Results } from './types.ts';
import { serializeResults } from './serialize.ts';

/** SHA-256 of the results, hex: of their members in a fixed order, whatever the file they came from looked like. */
export function resultsDigest(results: Results): string {
  return createHash('sha256').update(serializeResults(results)).digest('hex');
}
