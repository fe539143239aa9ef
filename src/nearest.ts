import { nearMiss } from './contract/near-miss.ts';

/**
 * The words most like one that is not known, nearest first, then those that hold it as a part: what a message
 * offers as "did you mean". Takes the unknown word and the valid ones; gives at most `limit` words, or none.
 */
export function nearest(word: string, valid: Iterable<string>, limit = 3): readonly string[] {
  const left = new Set(valid);
  const found: string[] = [];
  while (found.length < limit) {
    const hit = nearMiss(word, [...left]);
    if (hit === undefined) break;
    found.push(hit);
    left.delete(hit);
  }
  const part = word.toLowerCase();
  for (const candidate of part.length < 3 ? [] : left) {
    if (found.length >= limit) break;
    if (candidate.toLowerCase().includes(part)) found.push(candidate);
  }
  return found;
}

/** The sentence of a message that offers near words, ready to be appended; empty where there is none. */
export function didYouMean(word: string, valid: Iterable<string>, limit = 3): string {
  const words = nearest(word, valid, limit);
  return words.length === 0 ? '' : `Did you mean ${words.join(' or ')}?`;
}
