import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';

/** Answers a request; it writes to the connection itself. */
export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** What the server answers to what is no HTTP request, or to one that has no URL. */
const malformed = JSON.stringify({ error: { code: 'bad_request', message: 'The request is malformed.' } });

/** Listens on an address; port 0 takes a free one. Throws what the operating system refuses. */
export async function listen(fetch: Fetch, host: string, port: number): Promise<Server> {
  const listener = getRequestListener(
    (request, bindings) => (isHttp1(bindings) ? fetch(request, bindings) : malformedAnswer()),
    {
      overrideGlobalObjects: false,
      errorHandler: () =>
        new Response(malformed, { status: 400, headers: { 'content-type': 'application/json' } }),
    },
  );
  // A request without Host gets an error in the documented form too, so Node's own empty one is turned off.
  const server = createServer({ requireHostHeader: false }, (incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  server.on('checkExpectation', (_incoming, outgoing: ServerResponse) => {
    outgoing.writeHead(417, { 'content-type': 'application/json' }).end(malformed);
  });
  server.on('connect', (_incoming, socket: Duplex) => refuse(socket, '405 Method Not Allowed'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else
      refuse(
        socket,
        error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request',
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** The listener can also serve HTTP/2, with bindings of its own; this server is none. */
function isHttp1(bindings: HttpBindings | Http2Bindings): bindings is HttpBindings {
  return bindings.incoming.httpVersionMajor === 1;
}

function malformedAnswer(): Response {
  return new Response(malformed, { status: 400, headers: { 'content-type': 'application/json' } });
}

/** The port that a listening server has. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error('The server does not listen on a port.');
  return address.port;
}

/** Stops a server at once, with every connection that it has. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

function refuse(socket: Duplex, status: string): void {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${malformed.length}\r\n`;
  socket.end(`${head}Allow: GET, POST, PATCH, DELETE\r\nConnection: close\r\n\r\n${malformed}`);
}
