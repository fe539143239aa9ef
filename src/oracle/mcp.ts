/** Which answers over MCP are lawful, and what each proves. Pure. */
import { isObject } from '../check/members.ts';

/** An answer over MCP, whatever channel it came through. */
export interface McpReceived {
  /** The HTTP status; 0 for no answer. */
  readonly status: number;
  readonly answer:
    | { readonly kind: 'result'; readonly result: unknown }
    | { readonly kind: 'error'; readonly code: unknown; readonly text: string; readonly data: unknown }
    | { readonly kind: 'none' };
  /** Whether it is a page for people: then something in front of the endpoint answered. */
  readonly isPage: boolean;
}

/** How an answer is to be taken. */
export type Taken =
  | { readonly kind: 'done'; readonly result: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failed';
      /** A refusal may come as an HTTP status, as a JSON-RPC error, or as a result with isError. */
      readonly channel: 'http' | 'json-rpc' | 'is-error';
      /** The code in the data of the error, or in the failed result. */
      readonly code?: string;
      /** The number of the JSON-RPC error. */
      readonly number?: number;
      readonly text: string;
    }
  | { readonly kind: 'unauthenticated' }
  /** Nothing that says what became of the call. */
  | { readonly kind: 'unclear'; readonly why: string };

/** Takes an answer for what it says: done, failed through one of three channels, or 401. */
export function takenAs({ status, answer, isPage }: McpReceived): Taken {
  if (status === 401) return { kind: 'unauthenticated' };
  if (status === 0) return { kind: 'unclear', why: 'no answer came' };
  if (status >= 500) return { kind: 'unclear', why: String(status) };
  if (isPage) return { kind: 'unclear', why: `a page (${status})` };
  switch (answer.kind) {
    case 'error': {
      const code = codeIn(answer.data);
      return {
        kind: 'failed',
        channel: 'json-rpc',
        ...(code === undefined ? {} : { code }),
        ...(typeof answer.code === 'number' ? { number: answer.code } : {}),
        text: answer.text,
      };
    }
    case 'result':
      return ofResult(answer.result, status);
    case 'none':
      if (status >= 400) return { kind: 'failed', channel: 'http', text: String(status) };
      return { kind: 'unclear', why: `${status} without a JSON-RPC answer` };
  }
}

function ofResult(result: unknown, status: number): Taken {
  if (!isObject(result)) return { kind: 'unclear', why: 'a result that is no object' };
  if (status >= 400) return { kind: 'failed', channel: 'http', text: String(status) };
  if (result['isError'] !== true) return { kind: 'done', result };
  const told = [result['structuredContent'], ...textsOf(result).map(parsed)];
  const code = told.map(codeIn).find((one) => one !== undefined);
  return {
    kind: 'failed',
    channel: 'is-error',
    ...(code === undefined ? {} : { code }),
    text: textsOf(result).join(' ').slice(0, 200),
  };
}

/** The texts in the content of a result. */
export function textsOf(result: Readonly<Record<string, unknown>>): readonly string[] {
  const { content } = result;
  if (!Array.isArray(content)) return [];
  return content.filter(isObject).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
}

/** The JSON value of a text; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** A code as the page of errors has it: `{ code }`, or that inside of `error` or `data`. */
function codeIn(data: unknown): string | undefined {
  if (!isObject(data)) return undefined;
  if (typeof data['code'] === 'string') return data['code'];
  return codeIn(data['error']) ?? codeIn(data['data']);
}

/** The answer in a few words. */
export function describeTaken(taken: Taken): string {
  switch (taken.kind) {
    case 'done':
      return 'a success';
    case 'unauthenticated':
      return 'HTTP 401';
    case 'unclear':
      return taken.why;
    case 'failed': {
      const what = { http: 'HTTP', 'json-rpc': 'a JSON-RPC error', 'is-error': 'a result with isError' };
      const number = taken.number === undefined ? '' : ` ${taken.number}`;
      const code = taken.code === undefined ? '' : ` ${taken.code}`;
      const http = taken.channel === 'http' ? ` ${taken.text}` : '';
      return `${what[taken.channel]}${number}${code}${http}`;
    }
  }
}

/** The number of JSON-RPC for wrong parameters, which an unknown tool gets too. */
const invalidParameters = -32602;

const unknownTool = /\b(unknown|no such) tool\b|\btool\b.{0,80}\b(not found|unknown|does not exist)\b/i;

/**
 * Whether a failure of a call below the role can be the refusal of the role: through whichever channel, but for an
 * unknown tool where the list of the key shows it.
 */
export function canBeRoleRefusal(taken: Taken, isListed: boolean): boolean {
  if (taken.kind !== 'failed') return false;
  return !(isListed && taken.number === invalidParameters && unknownTool.test(taken.text));
}

/** Whether a failure says that the arguments were wrong: no page gives all of them. */
export function blamesArguments(taken: Taken): boolean {
  return (
    taken.kind === 'failed' && (taken.code === 'validation_failed' || taken.number === invalidParameters)
  );
}

/** The codes that the page of errors names. */
export const documentedCodes = [
  'validation_failed',
  'proposal_not_found',
  'proposal_expired',
  'run_wait_timeout',
] as const;
