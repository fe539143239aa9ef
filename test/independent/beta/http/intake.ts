import type { IncomingMessage } from 'node:http';

/** Reads a request's body; undefined where it is longer than allowed (the rest is read and dropped). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    length += bytes.length;
    if (length <= limit) parts.push(bytes);
  }
  return length <= limit ? Buffer.concat(parts) : undefined;
}
