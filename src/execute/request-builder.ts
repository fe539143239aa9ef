/** From a planned request to the bytes on the wire: tokens filled in, the credential shown, everything encoded. */
import { isObject } from '../check/members.ts';
import type { JsonValue, RequestPlan } from '../plan/types.ts';
import type { WireRequest } from './client.ts';
import type { Shown } from '../plan/credential-parts.ts';

/** Gives the text for a token such as `listed:workflow`. */
export type ResolveToken = (token: string) => Promise<string>;

const tokenPattern = /\{\{([^{}]+)\}\}/g;

/** A text with each of its tokens filled in. */
export async function fillText(text: string, resolve: ResolveToken): Promise<string> {
  const tokens = [...new Set([...text.matchAll(tokenPattern)].map(([, token]) => token ?? ''))];
  if (tokens.length === 0) return text;
  const values = new Map<string, string>();
  for (const token of tokens) if (isToken(token)) values.set(token, await resolve(token));
  return text.replaceAll(tokenPattern, (whole, token: string) => values.get(token) ?? whole);
}

/** Odd ids and texts may hold braces of their own: only these words make a token. */
function isToken(token: string): boolean {
  return /^(?:marker|(?:listed|made|unknown|foreign|organization):[\w:-]+)$/.test(token);
}

/** A JSON value with the tokens in all of its texts filled in. */
export async function fillJson(value: JsonValue, resolve: ResolveToken): Promise<JsonValue> {
  if (typeof value === 'string') return fillText(value, resolve);
  if (Array.isArray(value)) {
    const filled: JsonValue[] = [];
    for (const item of value as readonly JsonValue[]) filled.push(await fillJson(item, resolve));
    return filled;
  }
  if (!isObject(value)) return value;
  const entries: [string, JsonValue][] = [];
  for (const [name, child] of Object.entries(value as Record<string, JsonValue>)) {
    entries.push([name, await fillJson(child, resolve)]);
  }
  return Object.fromEntries(entries);
}

export interface WireOptions {
  readonly basePath: string;
  readonly shown: Shown;
  readonly requestId: string;
  readonly userAgent: string;
  /** Headers that every request bears. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request as it goes over the wire. Path values and query members are percent-encoded here and nowhere else. */
export async function toWire(
  plan: RequestPlan,
  resolve: ResolveToken,
  options: WireOptions,
): Promise<WireRequest> {
  let path = plan.path;
  for (const [name, value] of Object.entries(plan.pathValues)) {
    path = path.replace(`{${name}}`, () => `\u0000${name}\u0000`);
    const filled = percentEncoded(await fillText(value, resolve));
    path = path.replace(`\u0000${name}\u0000`, () => filled);
  }
  const query: string[] = [];
  for (const [name, value] of [...plan.query, ...options.shown.query]) {
    query.push(`${encodeURIComponent(name)}=${percentEncoded(await fillText(value, resolve))}`);
  }
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': options.userAgent,
    'x-request-id': options.requestId,
    ...lowerCased(options.headers ?? {}),
  };
  for (const [name, value] of Object.entries(plan.headers)) {
    headers[name] = sendable(await fillText(value, resolve));
  }
  const body = await bodyOf(plan, resolve);
  if (body !== undefined) headers['content-type'] = body.contentType;
  return {
    method: plan.method,
    path: `${options.basePath}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: { ...headers, ...options.shown.headers },
    ...(body === undefined ? {} : { body: body.text }),
  };
}

/** As a part of a URL (RFC 3986); half a character, which a target could send in an id, becomes U+FFFD. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString('utf8'));
}

/** A text of the target, such as an id, may hold what no header can (RFC 9110, section 5.5): then it is percent-encoded. */
function sendable(value: string): string {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value) ? value : percentEncoded(value);
}

/** Header names count without case: one that stands twice would be sent twice. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function bodyOf(
  plan: RequestPlan,
  resolve: ResolveToken,
): Promise<{ text: string; contentType: string } | undefined> {
  if (plan.body === undefined) return undefined;
  if (plan.body.kind === 'text') {
    return { text: await fillText(plan.body.text, resolve), contentType: plan.body.contentType };
  }
  const { value, contentType = 'application/json' } = plan.body;
  return { text: JSON.stringify(await fillJson(value, resolve)), contentType };
}
