/** What came back for one request, as the checks see it. */
import type { JsonBody } from './json-body.ts';

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** Names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8, with U+FFFD for what is none. */
  readonly text: string;
  readonly body: JsonBody;
  readonly durationMs: number;
}

/** Why no answer came, or none that could be read. */
export type Fault =
  'timeout' | 'refused' | 'reset' | 'cut-off' | 'unparsable' | 'too-large' | 'tls' | 'network' | 'aborted';

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly fault: Fault;
  readonly message: string;
  /** An answer began and did not end in time. */
  readonly late?: true;
  readonly durationMs: number;
}

export type Outcome = Answered | Unanswered;

/** The parsed JSON value of an answer, or undefined where there is none. */
export function jsonOf(outcome: Outcome): unknown {
  return outcome.kind === 'answered' && outcome.body.kind === 'json' ? outcome.body.value : undefined;
}

/** True where the answer is a 2xx. */
export function isSuccess(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

/** True where the answer is a 4xx. */
export function isRefusal(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 400 && outcome.status < 500;
}

/** The status or the fault, in a few words. */
export function describeOutcome(outcome: Outcome): string {
  return outcome.kind === 'answered'
    ? String(outcome.status)
    : `no answer (${outcome.fault}: ${outcome.message})`;
}
