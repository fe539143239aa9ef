import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { mostBodyBytes } from './body-limit.ts';
import type { FaultError } from './fault.ts';

/**
 * Undoes the content codings of a body (RFC 9110, section 8.4): gzip, deflate, br, in the reverse of their order.
 * Throws a fault where the bytes are not what the header says, or unfold to more than a body may hold.
 */
export function decodeBody(bytes: Uint8Array, contentEncoding: string | undefined): Uint8Array {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (bytes.byteLength === 0) return bytes;
  return codings.reduceRight((decoded, coding) => decodeOne(decoded, coding), bytes);
}

function decodeOne(bytes: Uint8Array, coding: string): Uint8Array {
  const options = { maxOutputLength: mostBodyBytes };
  try {
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, options);
      case 'br':
        return brotliDecompressSync(bytes, options);
      case 'deflate':
        return inflateEither(bytes, options);
      default:
        throw new Error(`the content coding "${coding}" was not asked for`);
    }
  } catch (error) {
    const fault: FaultError = {
      fault: 'unparsable',
      message: `the body is not in the coding that Content-Encoding names (${error instanceof Error ? error.message : coding})`,
    };
    throw fault;
  }
}

/** Some servers send `deflate` without the zlib wrapper that the RFC asks for; both are read. */
function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array {
  try {
    return inflateSync(bytes, options);
  } catch {
    return inflateRawSync(bytes, options);
  }
}
