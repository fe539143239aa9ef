/**
 * Texts that stand in another text in the way that real software writes out characters: escaped (`\u0053`, `\x53`,
 * `\123`, `&#83;`, `%53`, `=53`, also twice), of two bytes each, as hexadecimal digits with or without something between
 * them, as lists of bytes. Pure.
 */

/** A part of a text that can be read as another text. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  /** What it may stand for. */
  readonly decoded: readonly string[];
}

/** Fewer characters than these are no secret. */
const least = 8;
/** So many are read at once, for the engine of the expressions takes room on its stack for each. */
const most = 1_000;

const escape =
  '%(?:25){0,4}[0-9a-f]{2}|\\\\{1,8}u(?:00[0-9a-f]{2}|\\{0{0,4}[0-9a-f]{2}\\})|\\\\{1,8}x[0-9a-f]{2}|\\\\{1,8}[0-7]{2,3}|=[0-9a-f]{2}|&(?:amp;)?#0*\\d{2,3};|&(?:amp;)?#x0*[0-9a-f]{2};';
/** A word with at least one escaped character in it. */
const escaped = new RegExp(`(?:[\\w.~+/=-]|\\u0000|${escape}){${least},${most}}`, 'gi');
const oneEscape = new RegExp(escape, 'gi');

/** Pairs of hexadecimal digits with nothing, or little, before and between them. */
const hexadecimal = new RegExp(
  `(?:\\\\{1,8}x|0x)?[0-9a-f]{2}(?:(?:(?:[\\s:,._-]|\\\\{1,8}[nrt]){0,3}(?:\\\\{1,8}x|0x|%)?)[0-9a-f]{2}){${least - 1},${most}}`,
  'gi',
);
/** Numbers of two or three digits with commas, blanks or line breaks between them. */
const decimal = new RegExp(
  `(?<!\\d)\\d{2,3}(?:(?:[\\s,;]|\\\\{1,8}[nrt]){1,40}\\d{2,3}){${least - 1},${most}}(?!\\d)`,
  'g',
);

/** The runs of a text that may stand for another one, each kind from left to right. */
export function* encodedRuns(text: string): Generator<EncodedRun> {
  if (/[%\\]|&(?:amp;)?#|=[0-9a-f]{2}|\0/i.test(text)) yield* runs(text, escaped, unescaped);
  yield* runs(text, hexadecimal, ofHexadecimal);
  yield* runs(text, decimal, ofDecimal);
}

function* runs(
  text: string,
  pattern: RegExp,
  decode: (run: string) => readonly string[],
): Generator<EncodedRun> {
  const finding = new RegExp(pattern);
  for (let match = finding.exec(text); match !== null; match = finding.exec(text)) {
    const [run] = match;
    const decoded = decode(run);
    if (decoded.length > 0) yield { start: match.index, end: match.index + run.length, decoded };
    // What is longer goes on in the middle of what was read: no key ends up in two halves.
    if (run.length >= most) finding.lastIndex = match.index + Math.ceil(run.length / 2);
  }
}

function unescaped(run: string): readonly string[] {
  if (!/[%\\&=\0]/.test(run)) return [];
  const text = run.replaceAll(oneEscape, (one) => String.fromCharCode(codeOf(one))).replaceAll('\0', '');
  return text === run ? [] : [text];
}

/** The number of the character that an escape stands for. */
function codeOf(one: string): number {
  const decimalCode = /#0*(\d{2,3});$/.exec(one)?.[1];
  if (decimalCode !== undefined) return Number(decimalCode);
  const octalCode = /^\\+([0-7]{2,3})$/.exec(one)?.[1];
  if (octalCode !== undefined) return Number.parseInt(octalCode, 8);
  return Number.parseInt(/([0-9a-f]{2})[};]?$/i.exec(one)?.[1] ?? '', 16);
}

function ofHexadecimal(run: string): readonly string[] {
  const digits = run.replaceAll(/\\+x|0x|[^0-9a-f]/gi, '');
  return [digits, digits.slice(1)].map((part) =>
    fromBytes(Buffer.from(part.slice(0, part.length - (part.length % 2)), 'hex')),
  );
}

function ofDecimal(run: string): readonly string[] {
  const numbers = (run.match(/\d+/g) ?? []).map(Number);
  return [fromBytes(Buffer.from(numbers.map((number) => (number < 256 ? number : 0))))];
}

/** Text of single bytes; of two bytes a character, where each second one is zero. */
function fromBytes(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\u0000', '');
}
