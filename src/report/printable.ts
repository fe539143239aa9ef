/**
 * Text of a server as a terminal may show it: control characters, and those that turn the direction of writing, are
 * shown as escapes, so that no answer can move the cursor, colour the screen or disguise what it says.
 * Line breaks and tabs stay where `lines` says so.
 */
export function printable(text: string, keep: 'lines' | 'no lines' = 'no lines'): string {
  return text.replaceAll(unprintable, (character) =>
    keep === 'lines' && (character === '\n' || character === '\t') ? character : escapeOf(character),
  );
}

const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

function escapeOf(character: string): string {
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
