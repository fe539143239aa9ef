import type { IncomingMessage } from 'node:http';
import type { RequestBody } from '../deployment/call.ts';

/** Reads the body of a request: a JSON value, or why there is none. Never throws for what was sent. */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      // What is beyond the limit is read and dropped: a client that still writes would not see an early answer.
      if (size <= limit) chunks.push(chunk);
    }
  } catch {
    return { kind: 'unreadable', why: 'the body broke off' };
  }
  if (size > limit) return { kind: 'too-large', limit };
  return size === 0 ? { kind: 'none' } : parseBody(Buffer.concat(chunks));
}

/** Whether a request announces a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function parseBody(bytes: Buffer): RequestBody {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: 'unreadable', why: 'the body is not valid UTF-8' };
  }
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'unreadable', why: 'the body is not valid JSON' };
  }
}
