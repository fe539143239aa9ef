/** Answers for tests of the checks. */
import type { Answered } from '../../src/check/answer.ts';
import { bodyText, parseJsonBody } from '../../src/check/json-body.ts';

/** An answer with a JSON body, or with the bytes of a text. */
export function answered(status: number, body: unknown, headers: Record<string, string> = {}): Answered {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    bytes,
    text: bodyText(bytes),
    body: parseJsonBody(bytes),
    durationMs: 5,
  };
}
