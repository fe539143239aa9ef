/** Exchanges as evidence: what was sent and what came, secrets masked, bodies cut. */
import { describeOutcome, isSuccess, type Outcome } from '../check/answer.ts';
import { imprintOf, type Imprint } from '../check/imprint.ts';
import type { Exchange, Header } from '../results/types.ts';
import type { WireRequest } from './client.ts';

/** A body longer than this (in characters) is cut in the evidence; its whole length is told. */
const mostBodyCharacters = 4_000;

export interface Sent {
  readonly requestId: string;
  readonly operation: string;
  readonly credential: string;
  readonly form: string;
  readonly startedAt: string;
  readonly origin: string;
  readonly request: WireRequest;
  readonly outcome: Outcome;
}

/**
 * The evidence of one request and its outcome. `mask` takes every trace of a key out of a text.
 * @param imprint whether the imprint of the whole body is kept too
 */
export function toExchange(sent: Sent, mask: (text: string) => string, imprint = false): Exchange {
  const { request, outcome } = sent;
  const body = request.body;
  return {
    requestId: sent.requestId,
    operation: sent.operation,
    credential: sent.credential,
    form: sent.form,
    startedAt: sent.startedAt,
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    request: {
      method: request.method,
      url: mask(`${sent.origin}${request.path}`),
      headers: headersOf(request.headers, mask),
      ...(body === undefined ? {} : { body: cut(mask(body)) }),
      bodyBytes: body === undefined ? 0 : Buffer.byteLength(body),
    },
    outcome: outcomeOf(outcome, mask, imprint),
  };
}

function outcomeOf(outcome: Outcome, mask: (text: string) => string, imprint: boolean): Exchange['outcome'] {
  if (outcome.kind === 'unanswered') {
    return { kind: 'unanswered', fault: outcome.fault, message: mask(outcome.message) };
  }
  const targetRequestId = requestIdOf(outcome.headers);
  return {
    kind: 'answered',
    status: outcome.status,
    headers: headersOf(outcome.headers, mask),
    body: cut(mask(outcome.text)),
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
  return Object.entries(headers).map(([name, value]) => [name, mask(value)]);
}

function cut(text: string): string {
  return text.length <= mostBodyCharacters ? text : text.slice(0, mostBodyCharacters);
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
