/** What a terminal shows of the bytes that were written to it: as much of one as this program makes use of. */
import { StringDecoder } from 'node:string_decoder';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const escape = '\u001B';
/** A sequence that moves the cursor or changes a mode, with its parameters and its code, or one character. */
const parts = new RegExp(`${escape}(?:\\[([?\\d;]*)([A-Za-z])|([78]))|.`, 'gsu');

/** The lines that a terminal of a size shows at the end, those that have scrolled away before them. */
export function linesShown(bytes: Buffer, { columns, rows }: ScreenSize): readonly string[] {
  const text = new StringDecoder('utf8').write(bytes);
  const lines: string[][] = [[]];
  // The row is counted within the screen, as a saved one is: what scrolls meanwhile is not where it was.
  const cursor = { row: 0, column: 0 };
  let saved = { ...cursor };
  let wraps = true;
  const top = (): number => Math.max(lines.length - rows, 0);
  const line = (): string[] => {
    while (lines.length <= top() + cursor.row) lines.push([]);
    return lines[top() + cursor.row] ?? [];
  };
  const down = (): void => {
    if (cursor.row + 1 < rows) cursor.row += 1;
    else lines.push([]);
    line();
  };
  const put = (character: string): void => {
    if (cursor.column >= columns) {
      if (wraps) {
        cursor.column = 0;
        down();
      } else cursor.column = columns - 1;
    }
    const row = line();
    while (row.length < cursor.column) row.push(' ');
    row[cursor.column] = character;
    cursor.column += 1;
  };
  const carryOut = (code: string, parameters: string): void => {
    if (code === '7') saved = { ...cursor };
    else if (code === '8') Object.assign(cursor, saved);
    else if (code === 'G') cursor.column = Number(parameters || '1') - 1;
    else if (code === 'K') line().splice(parameters === '2' ? 0 : cursor.column);
    else if (parameters === '?7') wraps = code === 'h';
  };
  for (const [whole, parameters = '', code = ''] of text.matchAll(parts)) {
    if (whole.startsWith(escape)) carryOut(code === '' ? whole.slice(1) : code, parameters);
    else if (whole === '\r') cursor.column = 0;
    else if (whole === '\n') down();
    else put(whole);
  }
  return lines.map((row) => row.join('').trimEnd());
}
