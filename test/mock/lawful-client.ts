import type { Mock } from '../../mock/index.ts';

/** What a deployment answered. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Asked {
  /** A credential of the matrix; `none` for no key. */
  readonly as?: string;
  readonly method?: string;
  readonly body?: unknown;
}

/** Sends a request, and once more where a gateway in front has answered. */
export async function ask(mock: Mock, path: string, asked: Asked = {}): Promise<Answered> {
  const first = await askOnce(mock, path, asked);
  const isGateway =
    first.status === 429 || ((first.status === 502 || first.status === 503) && first.body === undefined);
  return isGateway ? askOnce(mock, path, asked) : first;
}

async function askOnce(
  mock: Mock,
  path: string,
  { as = 'owner', method = 'GET', body }: Asked,
): Promise<Answered> {
  const response = await fetch(`${mock.baseUrl}${path}`, {
    method,
    headers: {
      ...(as === 'none' ? {} : { authorization: `Bearer ${mock.keys[as] ?? as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: parsed(text), headers: response.headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
