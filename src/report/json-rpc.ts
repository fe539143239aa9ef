/** What a body asks for over JSON-RPC, in one line: the method, and the tool, prompt or URI that it names. Pure. */

/** The line; undefined for a body that is no JSON-RPC, or that was cut. */
export function rpcLine(body: string | undefined): string | undefined {
  const message = objectOf(parsed(body ?? ''));
  if (message['jsonrpc'] === undefined || typeof message['method'] !== 'string') return undefined;
  const { name, uri, arguments: args } = objectOf(message['params']);
  const what = [name, uri].find((one) => typeof one === 'string');
  const given = args === undefined ? '' : ` ${JSON.stringify(args)}`;
  return `JSON-RPC ${message['method']}${typeof what === 'string' ? ` ${what}` : ''}${given}`;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
