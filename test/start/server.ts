/** Servers that a shell command starts, and whether they are still there. */
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A shell command that serves `{}` at the port, and writes what it is told to first. */
export function serving(port: number, first = ''): string {
  const code = `require("http").createServer((q,s)=>s.end("{}")).listen(${port},"127.0.0.1")`;
  return `${first === '' ? '' : `echo '${first}'; `}${process.execPath} -e '${code}'`;
}

/** A connection to the port, which the server's end closes. Rejects where nothing listens. */
export function hold(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Settles when the server of a connection is gone. */
export function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    socket
      .on('error', () => undefined)
      .on('close', () => resolve())
      .resume();
  });
}

/** Whether anything listens at the port. */
export async function listens(port: number): Promise<boolean> {
  try {
    (await hold(port)).destroy();
    return true;
  } catch {
    return false;
  }
}
