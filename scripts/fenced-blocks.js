/** The fenced blocks of a Markdown text. */

/**
 * Gives each block with its language, the words after it (`file=mock.mjs`, `exit=1`), and its text.
 * @param {string} markdown
 * @returns {readonly { language: string, words: Readonly<Record<string, string>>, text: string, line: number }[]}
 */
export function fencedBlocks(markdown) {
  return [...markdown.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, language, rest, text] = match;
    const words = Object.fromEntries(
      rest
        .trim()
        .split(/\s+/)
        .filter((word) => word.includes('='))
        .map((word) => word.split('=')),
    );
    return { language, words, text, line: markdown.slice(0, match.index).split('\n').length };
  });
}
