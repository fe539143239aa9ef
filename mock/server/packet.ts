import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isObject } from '../data/json.ts';
import type { Answer } from '../deployment/outcome.ts';
import type { Dialect } from '../dialects/dialect.ts';

type TransportStyle = Dialect['transport'];

/** An answer as it goes over the wire. */
export interface Packet {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly framing: 'length' | 'chunked';
  readonly delayMs: number;
  /** What happens to the bytes: all are sent; a part of what was announced; the connection breaks; none ever comes. */
  readonly delivery: 'whole' | 'truncated' | 'reset' | 'never' | 'raw';
}

/** Below this a compressed body is larger than a plain one. */
const smallestCompressed = 20;

/** The members of an object in no order that means anything. */
function backwards(_name: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value;
}

/** The text of a JSON value, which may be spelled in more than one way. */
function spelled(body: unknown, form: TransportStyle['json']): string {
  if (form === 'indented') return `${JSON.stringify(body, null, 2)}\n`;
  if (form === 'any-order') return JSON.stringify(body, Math.random() < 0.5 ? backwards : undefined);
  const text = JSON.stringify(body);
  if (form === 'compact') return text;
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes an answer as bytes, in the way of the dialect. */
export function toPacket(
  answer: Answer,
  style: TransportStyle,
  acceptEncoding: string,
  delayMs: number,
): Packet {
  const plain = answer.body === undefined ? Buffer.alloc(0) : Buffer.from(spelled(answer.body, style.json));
  const headers: Record<string, string> = {
    ...(style.caching === undefined ? {} : { 'cache-control': style.caching }),
    ...style.headers,
    ...answer.headers,
  };
  if (answer.body !== undefined && style.contentType !== '') headers['content-type'] ??= style.contentType;
  if (style.connection === 'one-request') headers['connection'] = 'close';
  if (style.etag && answer.status === 200) {
    headers['etag'] = `"${createHash('sha1').update(plain).digest('base64url')}"`;
  }
  const compress =
    plain.length >= smallestCompressed &&
    (style.compression === 'always' ||
      (style.compression === 'when-asked' && /\bgzip\b/.test(acceptEncoding)));
  if (compress) headers['content-encoding'] = 'gzip';
  return {
    status: answer.status,
    headers,
    bytes: compress ? gzipSync(plain) : plain,
    framing: style.framing,
    delayMs,
    delivery: 'whole',
  };
}
