/** Exchanges as evidence: what was sent and what came, secrets masked, bodies cut. */
import { describeOutcome, isSuccess, type Outcome } from '../check/answer.ts';
import { imprintOf, type Imprint } from '../check/imprint.ts';
import type { Exchange, Header } from '../results/types.ts';
import type { WireRequest } from './client.ts';

/** A body longer than this (in characters) is cut in the evidence; its whole length is told. */
const mostBodyCharacters = 4_000;

export interface Sent {
  readonly requestId: string;
  /** Of the request within its case, from 0. */
  readonly number: number;
  readonly operation: string;
  readonly credential: string;
  readonly form: string;
  readonly startedAt: string;
  readonly origin: string;
  readonly request: WireRequest;
  readonly outcome: Outcome;
}

/** How texts are kept: what came from outside, and what the run made up itself. */
export interface Masks {
  readonly mask: (text: string) => string;
  readonly maskOwn: (text: string) => string;
  /** The names of the headers that the user adds to every request, in lower case: their values are not kept. */
  readonly added: ReadonlySet<string>;
}

/**
 * The evidence of one request and its outcome: this is where what came from outside is masked, before it is stored.
 * @param imprint whether the imprint of the whole body is kept too
 */
export function toExchange(sent: Sent, masks: Masks, imprint = false): Exchange {
  const { request, outcome } = sent;
  const { maskOwn, added } = masks;
  const body = request.body;
  return {
    requestId: sent.requestId,
    number: sent.number,
    operation: sent.operation,
    credential: sent.credential,
    form: sent.form,
    startedAt: sent.startedAt,
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    request: {
      method: request.method,
      url: maskOwn(`${sent.origin}${request.path}`),
      headers: Object.entries(request.headers).map(([name, value]) => [
        name,
        added.has(name.toLowerCase()) ? notKept : maskOwn(value),
      ]),
      ...(body === undefined ? {} : { body: cut(body, maskOwn) }),
      bodyBytes: body === undefined ? 0 : Buffer.byteLength(body),
    },
    outcome: outcomeOf(outcome, masks.mask, imprint),
  };
}

const notKept = '(not kept)';

function outcomeOf(outcome: Outcome, mask: (text: string) => string, imprint: boolean): Exchange['outcome'] {
  if (outcome.kind === 'unanswered') {
    return { kind: 'unanswered', fault: outcome.fault, message: mask(outcome.message) };
  }
  const targetRequestId = requestIdOf(outcome.headers);
  return {
    kind: 'answered',
    status: outcome.status,
    headers: headersOf(outcome.headers, mask),
    body: cut(outcome.text, mask),
    bodyBytes: outcome.bytes.byteLength,
    ...(targetRequestId === undefined ? {} : { targetRequestId: mask(targetRequestId) }),
    ...(imprint && outcome.body.kind === 'json'
      ? { imprint: maskedImprint(imprintOf(outcome.body.value, outcome.bytes), mask) }
      : {}),
  };
}

/** Names of members are the target's own words: even there a key may stand. */
function maskedImprint(imprint: Imprint, mask: (text: string) => string): Imprint {
  const shape = Object.entries(imprint.shape).map(([pointer, types]) => [mask(pointer), types]);
  return { ...imprint, shape: Object.fromEntries(shape) };
}

const requestIdHeaders = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-amzn-requestid',
  'cf-ray',
  'traceparent',
];

function requestIdOf(headers: Readonly<Record<string, string>>): string | undefined {
  return requestIdHeaders.map((name) => headers[name]).find((value) => value !== undefined);
}

function headersOf(headers: Readonly<Record<string, string>>, mask: (text: string) => string): Header[] {
  const kept: Header[] = [];
  let characters = 0;
  for (const [name, value] of Object.entries(headers)) {
    characters += name.length + value.length;
    if (characters > mostHeaderCharacters) {
      const more = Object.keys(headers).length - kept.length;
      return [...kept, ['(cut)', `${more} more headers are not kept`]];
    }
    kept.push([mask(name), mask(name === 'set-cookie' ? withoutValues(value) : value)]);
  }
  return kept;
}

/** Headers that are longer than this together (in characters) are cut in the evidence. */
const mostHeaderCharacters = 16_000;

/** Cookies without what they hold (RFC 6265, section 4.1.1): a session is a key as well. */
function withoutValues(cookies: string): string {
  return cookies.replaceAll(/(^|,\s*)([^=;,\s]+)=[^;,]*/g, '$1$2=***');
}

/** The JSON value of an answer, or undefined. */
export function bodyOf(sent: Sent): unknown {
  return sent.outcome.kind === 'answered' && sent.outcome.body.kind === 'json'
    ? sent.outcome.body.value
    : undefined;
}

/** The status of an answer, 0 for none. */
export function statusOf(sent: Sent): number {
  return sent.outcome.kind === 'answered' ? sent.outcome.status : 0;
}

/** True for a 2xx. */
export function succeeded(sent: Sent): boolean {
  return isSuccess(sent.outcome);
}

/** The answer in a few words. */
export function described(sent: Sent): string {
  return describeOutcome(sent.outcome);
}
/** A text masked and cut. What is behind the cut is looked at no further than a key would take. */
function cut(text: string, mask: (text: string) => string): string {
  const masked = mask(text.slice(0, mostBodyCharacters + longestTrace));
  return masked.length <= mostBodyCharacters ? masked : masked.slice(0, mostBodyCharacters);
}

/** The characters that a key may take, each of them escaped. */
const longestTrace = 4_000;
