import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Answer } from '../deployment/outcome.ts';
import type { TransportStyle } from '../dialects/dialect.ts';

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

/** Writes an answer as bytes, in the way of the dialect. */
export function toPacket(
  answer: Answer,
  style: TransportStyle,
  acceptEncoding: string,
  delayMs: number,
): Packet {
  const plain = answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body));
  const headers: Record<string, string> = { ...style.headers, ...answer.headers };
  if (answer.body !== undefined) headers['content-type'] ??= style.contentType;
  if (!style.keepAlive) headers['connection'] = 'close';
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
