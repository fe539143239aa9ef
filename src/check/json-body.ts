/** Reading a body strictly: valid UTF-8, no prefix, JSON as RFC 8259 has it, no deeper than can be worked with. */
import { isUtf8 } from 'node:buffer';

export type JsonBody =
  | {
      readonly kind: 'json';
      /** The value; a whole number that a double cannot hold is the text of its digits, so that ids stay what they are. */
      readonly value: unknown;
      /** The value with such numbers rounded, as a schema is held against it; absent where there are none. */
      readonly rounded?: unknown;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly problem: string };

const byteOrderMark = '\uFEFF';

/**
 * How deep a body may be nested (RFC 8259, section 9, lets a reader set a limit): what works with bodies goes a level
 * down with each call, and the stack holds somewhat more. It is more than what the suite itself sends.
 */
export const mostLevels = 1500;

/** The bytes of a body as UTF-8, with U+FFFD for what is none. */
export function bodyText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

/**
 * Parses the bytes of a body as JSON (RFC 8259: UTF-8 without a byte order mark, no NaN, no comments).
 * Gives the value, `empty` for no bytes at all, or in words what is broken. Never throws.
 * @param text what `bodyText` gives for the bytes
 */
export function parseJsonBody(bytes: Uint8Array, text = bodyText(bytes)): JsonBody {
  if (bytes.byteLength === 0) return { kind: 'empty' };
  if (!isUtf8(bytes)) return { kind: 'broken', problem: 'the body is not valid UTF-8' };
  if (text.startsWith(byteOrderMark)) {
    return { kind: 'broken', problem: 'the body starts with a byte order mark' };
  }
  if (isDeeperThan(text, mostLevels)) {
    return { kind: 'broken', problem: `the body is nested deeper than ${mostLevels} levels` };
  }
  try {
    const rounded: unknown = JSON.parse(text);
    const exact = withWholeNumbers(text);
    return exact === text
      ? { kind: 'json', value: rounded }
      : { kind: 'json', value: JSON.parse(exact), rounded };
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 120) : 'not JSON';
    return { kind: 'broken', problem: `the body is not JSON (${detail})` };
  }
}

/** The value of a JSON body as a schema is held against it. */
export function schemaValue(body: Extract<JsonBody, { kind: 'json' }>): unknown {
  return 'rounded' in body ? body.rounded : body.value;
}

/** Whether brackets are nested deeper anywhere in a text; those in its strings do not count. */
function isDeeperThan(text: string, most: number): boolean {
  if (text.length < most) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === backslash) at += 1;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return false;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];

/** A string, or a whole number of sixteen digits and more; none of what stands in a fraction or has an exponent. */
const stringOrLongNumber = /"(?:[^"\\]+|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** JSON in which each whole number that a double cannot hold is a string. */
function withWholeNumbers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replaceAll(stringOrLongNumber, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}
