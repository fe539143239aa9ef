/** How the target is reached, from flags and environment: certificates, proxy, extra headers. */
import { readFile } from 'node:fs/promises';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { UsageError } from '../errors.ts';
import type { Network } from '../execute/dispatchers.ts';
import { isOfConnection } from '../contract/connection-headers.ts';
import { isLoopback } from './base-url.ts';
import { reasonOf } from './checked-file.ts';
import type { Flags } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The network of a target. Throws UsageError for a file that cannot be read, a client certificate without its key
 * (or the other way round), and a proxy that is no URL.
 */
export async function networkOf(
  baseUrl: string,
  flags: Flags<'ca' | 'clientCert' | 'clientKey'>,
  env: Surroundings['env'],
): Promise<Network> {
  if ((flags.clientCert === undefined) !== (flags.clientKey === undefined)) {
    throw new UsageError('--client-cert and --client-key belong together.', 'Give both, or neither.');
  }
  const proxy = proxyFor(baseUrl, env);
  return {
    ...(flags.ca === undefined ? {} : { ca: await pem('--ca', flags.ca) }),
    ...(flags.clientCert === undefined
      ? {}
      : { clientCertificate: await pem('--client-cert', flags.clientCert) }),
    ...(flags.clientKey === undefined ? {} : { clientKey: await pem('--client-key', flags.clientKey) }),
    ...(proxy === undefined ? {} : { proxy }),
  };
}

async function pem(flag: string, file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${flag} ${file} cannot be read: ${reasonOf(error)}.`);
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new UsageError(`${flag} ${file} is no PEM file.`, 'Expected a text with -----BEGIN … lines.');
}

/**
 * The proxy of a target by the usual variables (HTTPS_PROXY or HTTP_PROXY, by the scheme of the target, and NO_PROXY,
 * in upper or lower case). This machine is never reached through one. Throws UsageError for one that is no URL.
 */
export function proxyFor(baseUrl: string, env: Surroundings['env']): string | undefined {
  const variable = new URL(baseUrl).protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const either = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const text = either(variable);
  if (text === undefined || isLoopback(baseUrl) || exempt(baseUrl, either('NO_PROXY') ?? ''))
    return undefined;
  const url = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  // It may hold a password: it is not repeated.
  throw new UsageError(
    `${variable} is no URL of a proxy.`,
    'Expected something like http://proxy.example.com:8080.',
  );
}

function exempt(baseUrl: string, noProxy: string): boolean {
  const { hostname, port, protocol } = new URL(baseUrl);
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (wanted !== undefined && wanted !== ownPort) return false;
      const bare = host.replace(/^\*?\./, '');
      return hostname === bare || hostname.endsWith(`.${bare}`);
    });
}

/** Header lines of `--header` by name. Throws UsageError for what is none, and for those that the run sets itself. */
export function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError('A --header is no header line.', "Expected 'Name: value'.");
      }
      return [name, value.trim()];
    }),
  );
}

/** Headers that say who asks and what is sent: another value would be another case. */
const ownHeaders = new Set(['authorization', 'content-type', 'accept']);

/** Refuses extra headers that cannot be sent or would change what the cases test. Throws UsageError. */
export function requireHarmless(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (ownHeaders.has(name.toLowerCase())) {
      throw new UsageError(`The header ${name} is set by the cases themselves.`, 'Leave it out.');
    }
    if (isOfConnection(name)) {
      throw new UsageError(
        `The header ${name} is of the connection, not of a request: HTTP itself sets it (RFC 9110, section 7.6.1).`,
        'Leave it out.',
      );
    }
    if (canBeSent(name, value)) continue;
    // The value may be a secret.
    throw new UsageError(
      `The header ${name} has a character that no header takes.`,
      'A name takes letters, digits and hyphens, a value characters up to U+00FF but no control characters.',
    );
  }
}

function canBeSent(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
