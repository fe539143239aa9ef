import { closest } from 'fastest-levenshtein';

/** How many ids a message lists before it only counts them. */
const longestList = 20;

/** Says that there is no such thing, which one is nearest, and which ones there are. */
export function didYouMean(what: string, id: string, known: readonly string[]): string {
  const listed = known.length <= longestList ? `known: ${known.join(', ')}` : `${known.length} are known`;
  return `There is no ${what} '${id}'. Did you mean '${closest(id, known)}'? (${listed})`;
}
