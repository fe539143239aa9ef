/** Reading a body strictly: valid UTF-8, no prefix, JSON as RFC 8259 has it. */
import { isUtf8 } from 'node:buffer';

export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly problem: string };

const byteOrderMark = '\uFEFF';

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
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 120) : 'not JSON';
    return { kind: 'broken', problem: `the body is not JSON (${detail})` };
  }
}
