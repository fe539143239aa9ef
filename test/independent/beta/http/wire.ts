import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Reply } from '../call.ts';
import type { Settings } from '../settings.ts';

function wantsGzip(request: IncomingMessage, settings: Settings): boolean {
  const asked = request.headers['accept-encoding'];
  const accepted = typeof asked === 'string' ? asked : undefined;
  if (settings.gzip === 'never') return false;
  if (settings.gzip === 'asked')
    return accepted !== undefined && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)/.test(accepted);
  return accepted === undefined || /\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)|\*/.test(accepted);
}

function writeChunks(response: ServerResponse, bytes: Buffer): void {
  const third = Math.max(1, Math.ceil(bytes.length / 3) - 1);
  for (let at = 0; at < bytes.length; at += third) response.write(bytes.subarray(at, at + third));
  response.end();
}

/** The JSON bytes of a reply. */
export function bytesOf(reply: Reply): Buffer {
  return reply.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.body), 'utf8');
}

/** Sends a reply. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
  reply: Reply,
  bytes: Buffer,
): void {
  const headers: Record<string, string> = { ...settings.headers };
  if (settings.contentType !== '') headers['Content-Type'] = settings.contentType;
  if (settings.etag) headers['ETag'] = `W/"${createHash('sha1').update(bytes).digest('base64url')}"`;
  Object.assign(headers, reply.headers);
  const compressed = bytes.length > 0 && wantsGzip(request, settings);
  const sent = compressed ? gzipSync(bytes, { level: 1 }) : bytes;
  if (compressed) Object.assign(headers, { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
  if (request.method === 'HEAD' || sent.length === 0 || !settings.chunked)
    headers['Content-Length'] = String(sent.length);
  response.writeHead(reply.status, headers);
  if (request.method === 'HEAD' || sent.length === 0) response.end();
  else if (settings.chunked) writeChunks(response, sent);
  else response.end(sent);
}
