import type { Header } from '../results/types.ts';

/** A request as curl sends it again. Keys in it are masked, as `amt_<key-id>_***`. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body?: string;
  /** The environment variable that holds the key; absent where the request shows none. */
  readonly keyVariable?: string;
}

/** What the client sets by itself, or what belongs to one request alone. */
const ownHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'transfer-encoding',
  'user-agent',
  'x-request-id',
]);

const maskedKey = /[A-Za-z0-9]+_[A-Za-z0-9-]+_(?:\*{3}|%2A%2A%2A)/gi;

/** A key without a form of its own, which is masked whole. */
const maskedWhole = /(?<=^(?:[A-Za-z-]+ )?)\*{3}$/;

/**
 * One line that a POSIX shell runs as it stands: everything is quoted, and each masked key is the environment
 * variable that holds the real one. Where no variable is known, the mask stays.
 */
export function curlLine(request: CurlRequest): string {
  const words = ['curl', '-sS', '-i'];
  // curl reads braces and brackets in a URL as patterns of its own.
  if (/[{}[\]]/.test(request.url)) words.push('-g');
  if (request.method !== 'GET') words.push('-X', shellWord(request.method));
  words.push(keyedWord(request.url, request.keyVariable));
  for (const [name, value] of request.headers) {
    if (ownHeaders.has(name.toLowerCase())) continue;
    // curl drops a header without a value unless it ends in a semicolon.
    if (maskedWhole.test(value) && request.keyVariable !== undefined) {
      words.push('-H', `"${name}: ${value.replace(maskedWhole, `$\{${request.keyVariable}}`)}"`);
      continue;
    }
    words.push('-H', keyedWord(value === '' ? `${name};` : `${name}: ${value}`, request.keyVariable));
  }
  if (request.body !== undefined) words.push('--data-raw', keyedWord(request.body, request.keyVariable));
  return words.join(' ');
}

/** A text as one word of a POSIX shell, in quotes where it needs them. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function keyedWord(text: string, variable: string | undefined): string {
  if (variable === undefined || text.search(maskedKey) < 0) return shellWord(text);
  const parts = text.split(maskedKey).map((part) => part.replaceAll(/[\\"$`]/g, '\\$&'));
  return `"${parts.join(`$\{${variable}}`)}"`;
}
