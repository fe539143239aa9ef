import type { Contract, Operation } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: unknown;
}

export interface Sending {
  /** A credential of the matrix, or a literal `Authorization` header. */
  readonly as?: string;
  readonly authorization?: string;
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
}

/** Sends one request to a mock, with the key of the owner where nothing else is said. */
export async function send(mock: Mock, path: string, sending: Sending = {}): Promise<Reply> {
  const { as = 'owner', method = 'GET', contentType = 'application/json' } = sending;
  const content = sending.raw ?? (sending.body === undefined ? undefined : JSON.stringify(sending.body));
  const response = await fetch(`${mock.baseUrl}${path}`, {
    method,
    headers: {
      authorization: sending.authorization ?? `Bearer ${mock.keys[as]}`,
      ...(content === undefined ? {} : { 'content-type': contentType }),
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The operation of an id. */
export function operationOf(contract: Contract, id: string): Operation {
  const found = contract.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`The contract has no operation ${id}.`);
  return found;
}

/** The value at a dotted path. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined;
  }, value);
}

/** The items of a list, wherever the dialect holds them. */
export function itemsOf(body: unknown, names: readonly string[]): readonly unknown[] {
  if (Array.isArray(body)) return body;
  for (const name of names) {
    const items = at(body, name);
    if (Array.isArray(items)) return items;
  }
  const [only] = Object.values(body ?? {}).filter((member) => Array.isArray(member));
  return Array.isArray(only) ? only : [];
}

/** The id of a created or listed record, wherever the dialect holds it. */
export function idOf(body: unknown, paths: readonly string[]): string {
  const nested = Object.keys(body ?? {}).map((name) => `${name}.id`);
  const names = ['id', 'workflowId', 'workflow_id'];
  for (const path of [...paths, ...names, ...nested]) {
    const id = at(body, path);
    if (typeof id === 'string') return id;
  }
  throw new Error(`No id in ${JSON.stringify(body).slice(0, 200)}`);
}
