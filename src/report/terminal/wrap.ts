/**
 * Text in lines of at most `width` columns, broken at spaces and continued under `indent`. A word that is longer than
 * a line stays whole: it may be a path or a command to copy.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = lines.length === 0 && line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A text cut to a number of columns, with an ellipsis where something is cut. */
export function cutTo(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`;
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
