import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Exchange, Reply } from './exchange.ts';

function acceptsGzip(x: Exchange): boolean {
  const header = x.headers['accept-encoding'];
  const { gzip } = x.site.dialect;
  if (gzip === 'never') return false;
  if (typeof header !== 'string') return gzip === 'unless-refused';
  const offers = header
    .toLowerCase()
    .split(',')
    .map((offer) => offer.replaceAll(' ', ''));
  return offers.some((offer) => /^(gzip|\*)(;q=(1|0?\.[0-9]*[1-9][0-9]*|1\.0*))?$/.test(offer));
}

function encode(x: Exchange, reply: Reply): Buffer {
  if (reply.bytes !== undefined) return reply.bytes;
  if (reply.body === undefined) return Buffer.alloc(0);
  const bytes = Buffer.from(JSON.stringify(reply.body) ?? '');
  return x.site.hooks.bytes === undefined ? bytes : x.site.hooks.bytes(x, bytes, reply);
}

/** Writes a reply in the dialect's manner. */
export function send(x: Exchange, reply: Reply, response: ServerResponse): void {
  if (reply.silence === 'hang') return;
  if (reply.silence === 'cut') {
    response.destroy();
    return;
  }
  const { dialect } = x.site;
  const plain = encode(x, reply);
  for (const [name, value] of Object.entries({ ...dialect.headers, ...reply.headers }))
    response.setHeader(name, value);
  response.statusCode = reply.status;
  if (plain.length === 0) {
    response.end();
    return;
  }
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', dialect.contentType);
  if (dialect.etag && reply.status === 200) {
    response.setHeader('ETag', `"${createHash('sha1').update(plain).digest('base64url')}"`);
  }
  const zipped = acceptsGzip(x);
  const bytes = zipped ? gzipSync(plain, { level: 1 }) : plain;
  if (zipped) response.setHeader('Content-Encoding', 'gzip');
  if (!dialect.chunked) {
    response.setHeader('Content-Length', String(bytes.length));
    response.end(bytes);
    return;
  }
  const half = Math.ceil(bytes.length / 2);
  response.write(bytes.subarray(0, half));
  response.end(bytes.subarray(half));
}
