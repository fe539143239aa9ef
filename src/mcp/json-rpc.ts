/** JSON-RPC 2.0 in the answers of a Streamable HTTP server: as JSON, or as a stream of events. Pure. */
import type { Outcome } from '../check/answer.ts';
import { isObject } from '../check/members.ts';

/** What an answer says of the request of an id. */
export type RpcAnswer =
  | { readonly kind: 'result'; readonly message: RpcMessage; readonly result: unknown }
  | {
      readonly kind: 'error';
      readonly message: RpcMessage;
      readonly code: unknown;
      readonly text: string;
      readonly data: unknown;
    }
  /** No JSON-RPC answer: another status, another body, or no body at all. */
  | { readonly kind: 'none' };

export type RpcMessage = Readonly<Record<string, unknown>>;

/** The messages of an answer, in order; none where it holds no JSON-RPC. */
export function rpcMessages(outcome: Outcome): readonly RpcMessage[] {
  if (outcome.kind !== 'answered') return [];
  if (/^\s*text\/event-stream/i.test(outcome.headers['content-type'] ?? '')) return eventsOf(outcome.text);
  if (outcome.body.kind !== 'json') return [];
  const { value } = outcome.body;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(isObject).filter((message) => message['jsonrpc'] !== undefined);
}

/** The JSON objects in the data of a stream of events (WHATWG HTML, section 9.2.6). */
function eventsOf(text: string): readonly RpcMessage[] {
  return text.split(/\r\n\r\n|\n\n|\r\r/).flatMap((event) => {
    const data = event
      .split(/\r\n|\n|\r/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).replace(/^ /, ''))
      .join('\n');
    const value = parsed(data);
    return isObject(value) ? [value] : [];
  });
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** What an answer says; of several messages the one with a result or an error counts. */
export function rpcAnswer(outcome: Outcome): RpcAnswer {
  const message = rpcMessages(outcome).find((one) => 'result' in one || 'error' in one);
  if (message === undefined) return { kind: 'none' };
  const { error } = message;
  if (isObject(error)) {
    const { code, message: said, data } = error;
    return { kind: 'error', message, code, text: typeof said === 'string' ? said : '', data };
  }
  return 'result' in message ? { kind: 'result', message, result: message['result'] } : { kind: 'none' };
}

/** What of JSON-RPC 2.0 an answer to the request of an id breaks, in words; empty where it keeps it. */
export function rpcFaults(outcome: Outcome, id: number): readonly string[] {
  const answer = rpcAnswer(outcome);
  if (answer.kind === 'none') return [];
  const { message } = answer;
  const faults: string[] = [];
  if (message['jsonrpc'] !== '2.0') faults.push('jsonrpc is not "2.0"');
  if (answer.kind === 'result' && message['id'] !== id) faults.push('the id is not that of the request');
  if (answer.kind === 'error' && message['id'] !== id && message['id'] !== null && 'id' in message)
    faults.push('the id is not that of the request');
  if ('result' in message && 'error' in message) faults.push('it has both a result and an error');
  if (answer.kind === 'error' && !Number.isInteger(answer.code)) faults.push('error.code is not an integer');
  if (answer.kind === 'error' && answer.text === '') faults.push('error.message is no text');
  return faults;
}
