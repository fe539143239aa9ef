import { closest, distance } from 'fastest-levenshtein';

/**
 * The valid word that the author most likely meant, or undefined where none is near: at most a third of the longer
 * word may differ, two letters in any case that is longer than three.
 */
export function nearMiss(word: string, valid: readonly string[]): string | undefined {
  if (valid.length === 0) return undefined;
  const sameLetters = valid.find((candidate) => bare(candidate) === bare(word));
  if (sameLetters !== undefined) return sameLetters;
  const nearest = closest(word, valid);
  const longer = Math.max(word.length, nearest.length);
  const allowed = longer <= 3 ? 1 : Math.max(2, Math.floor(longer / 3));
  return distance(word, nearest) <= allowed ? nearest : undefined;
}

/** A word without the ways of writing it: `List-Runs`, `list_runs` and `listRuns` are one. */
function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ .]/g, '');
}

/** The `expected` of a problem: the valid words, not more than a reader takes in. */
export function oneOf(valid: readonly string[]): string {
  const shown = valid.slice(0, 12).join(', ');
  const left = valid.length - 12;
  return `one of ${shown}${left > 0 ? ` and ${left} more` : ''}`;
}

/** The member `suggestion` where there is one: problems have no undefined members. */
export function suggest(word: string, valid: readonly string[]): { readonly suggestion?: string } {
  const suggestion = nearMiss(word, valid);
  return suggestion === undefined ? {} : { suggestion };
}
