/** A deployment that keeps the contract but for what a test makes of single requests. */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMock } from '../../mock/index.ts';

/** Treats a request in its own way and gives true, or leaves it to the deployment. */
export type Mischief = (request: IncomingMessage, response: ServerResponse, number: number) => boolean;

export interface Front {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
  /** Every request so far: its method, path and time of arrival in ms. */
  readonly seen: readonly { readonly method: string; readonly path: string; readonly at: number }[];
  /** From here on nothing is listening. */
  readonly vanish: () => void;
  readonly close: () => Promise<void>;
}

/** Starts the deployment on a free port of 127.0.0.1. */
export async function startFront(mischief: Mischief): Promise<Front> {
  const mock = await startMock({});
  const inner = new URL(mock.baseUrl);
  const seen: { method: string; path: string; at: number }[] = [];
  const server = createServer({ keepAlive: true }, (request, response) => {
    const { method = '', url = '' } = request;
    seen.push({ method, path: url, at: performance.now() });
    if (mischief(request, response, seen.length)) return;
    const onward = httpRequest(
      { host: inner.hostname, port: inner.port, method, path: url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return {
    baseUrl: `http://127.0.0.1:${port}${inner.pathname}`,
    keys: mock.keys,
    seen,
    vanish: stop,
    close: async () => {
      stop();
      await mock.close();
    },
  };
}

/** True for the identity request with the key of the viewer, which one case sends. */
export function isGetOrg(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.url?.endsWith('/org') === true;
}
