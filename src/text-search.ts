/**
 * Finds any of many fixed texts in one pass that skips most of the characters (the method of Wu and Manber).
 * A plain alternation in a regular expression would try every text at every position.
 */

export interface Match<P extends { readonly text: string }> {
  readonly start: number;
  readonly end: number;
  readonly pattern: P;
}

/**
 * Six bits of each of two neighbouring characters, the same for both cases of a letter; others collide, which costs
 * a comparison and no miss.
 */
const blocks = 1 << 12;
const blockAt = (text: string, end: number): number =>
  ((foldedBits(text, end - 1) & 63) << 6) | (foldedBits(text, end) & 63);

function foldedBits(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
}

/**
 * Gives a function that yields each match, leftmost first and never overlapping, the longest pattern first where
 * several begin at one place. Upper and lower case count as one. Patterns are at least two characters long; shorter
 * ones are ignored.
 */
export function createSearch<P extends { readonly text: string }>(
  patterns: readonly P[],
): (text: string) => Generator<Match<P>> {
  const usable = patterns
    .filter(({ text }) => text.length >= 2)
    .toSorted((a, b) => b.text.length - a.text.length);
  const window = usable.at(-1)?.text.length ?? 0;
  const shifts = new Uint16Array(blocks).fill(Math.min(Math.max(window - 1, 1), 0xffff));
  const endings = new Map<number, P[]>();
  for (const pattern of usable) {
    for (let end = 1; end < window; end += 1) {
      const block = blockAt(pattern.text, end);
      shifts[block] = Math.min(shifts[block] ?? 0, window - 1 - end);
    }
    const block = blockAt(pattern.text, window - 1);
    endings.set(block, [...(endings.get(block) ?? []), pattern]);
  }
  return function* search(text) {
    if (window === 0) return;
    let end = window - 1;
    while (end < text.length) {
      const block = blockAt(text, end);
      const shift = shifts[block] ?? 1;
      if (shift > 0) {
        end += shift;
        continue;
      }
      const start = end - window + 1;
      const pattern = endings.get(block)?.find((candidate) => sameAt(text, start, candidate.text));
      if (pattern === undefined) {
        end += 1;
        continue;
      }
      const stop = start + pattern.text.length;
      yield { start, end: stop, pattern };
      end = stop + window - 1;
    }
  };
}

function sameAt(text: string, start: number, pattern: string): boolean {
  return text.slice(start, start + pattern.length).toLowerCase() === pattern.toLowerCase();
}
