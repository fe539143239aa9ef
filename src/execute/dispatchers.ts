/** The connections to a target: straight or through a proxy, with the certificates that it takes. */
import { rootCertificates } from 'node:tls';
import { Agent, Client, ProxyAgent, type Dispatcher } from 'undici';

/** How the target is reached, as plain data. */
export interface Network {
  /** Certificates of authorities that are trusted beside the usual ones, PEM. */
  readonly ca?: string;
  /** The client's own certificate and its key, PEM. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  /** URL of a proxy; it may hold a user name and a password. */
  readonly proxy?: string;
}

export interface ConnectionLimits {
  /** The most connections of the pool. */
  readonly connections: number;
  /** ms to make a connection. */
  readonly timeoutMs: number;
}

export interface Dispatchers {
  /** Keeps connections open. */
  readonly pooled: Dispatcher;
  /** Closes each connection after its answer. */
  readonly fresh: Dispatcher;
  /** One connection of its own. */
  readonly hold: () => Dispatcher;
  readonly destroy: () => Promise<void>;
}

const mostHeaderBytes = 64 * 1024;
/** Below the keep-alive limits of servers (2 s is the least in wide use), so that no request meets a closing connection. */
const keepAliveMs = 1_000;

/** The dispatchers for one origin. HTTP/2 is used on pooled connections where the target offers it by ALPN. */
export function createDispatchers(origin: string, limits: ConnectionLimits, network: Network): Dispatchers {
  const tls = tlsOptions(network);
  const whole = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: mostHeaderBytes };
  const keepAlive = { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs, pipelining: 1 };
  const connect = { timeout: limits.timeoutMs, ...tls };
  const made: Dispatcher[] = [];
  const make = (shape: Agent.Options): Dispatcher => {
    const dispatcher =
      network.proxy === undefined
        ? new Agent({ ...whole, connect, ...shape })
        : new ProxyAgent({ uri: network.proxy, requestTls: connect, proxyTls: connect, ...whole, ...shape });
    made.push(dispatcher);
    return dispatcher;
  };
  const pooled = make({
    ...keepAlive,
    connections: limits.connections,
    allowH2: origin.startsWith('https:'),
  });
  // Pipelining 0 closes each connection after its answer.
  const fresh = make({ pipelining: 0 });
  return {
    pooled,
    fresh,
    hold() {
      if (network.proxy !== undefined) return make({ ...keepAlive, connections: 1 });
      const client = new Client(origin, { ...whole, ...keepAlive, connect });
      made.push(client);
      return client;
    },
    async destroy() {
      await Promise.all(made.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function tlsOptions({ ca, clientCertificate, clientKey }: Network): {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
} {
  return {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(clientCertificate === undefined ? {} : { cert: clientCertificate }),
    ...(clientKey === undefined ? {} : { key: clientKey }),
  };
}
