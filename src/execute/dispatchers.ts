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

/** A connection for one request. */
export interface OneConnection {
  readonly dispatcher: Dispatcher;
  /** Closes it, once the request has ended. */
  readonly close: () => void;
}

export interface Dispatchers {
  /** Keeps connections open. */
  readonly pooled: Dispatcher;
  /** A new connection for one request. */
  readonly fresh: () => OneConnection;
  /** One connection of its own. */
  readonly hold: () => Dispatcher;
  readonly destroy: () => Promise<void>;
}

const mostHeaderBytes = 64 * 1024;
/** Below the keep-alive limits of servers (2 s is the least in wide use), so that no request meets a closing connection. */
const keepAliveMs = 1_000;

/** The dispatchers for one origin. HTTP/2 is used where the target offers it by ALPN, and alone where it offers no other. */
export function createDispatchers(origin: string, limits: ConnectionLimits, network: Network): Dispatchers {
  const tls = tlsOptions(network);
  const secure = origin.startsWith('https:');
  const whole = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: mostHeaderBytes, allowH2: secure };
  const keepAlive = { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs, pipelining: 1 };
  const connect = { timeout: limits.timeoutMs, ...tls };
  const made = new Set<Dispatcher>();
  const kept = <D extends Dispatcher>(dispatcher: D): D => {
    made.add(dispatcher);
    return dispatcher;
  };
  const make = (shape: Agent.Options): Dispatcher =>
    kept(
      network.proxy === undefined
        ? new Agent({ ...whole, connect, ...shape })
        : new ProxyAgent({ uri: network.proxy, requestTls: connect, proxyTls: connect, ...whole, ...shape }),
    );
  const hold = (): Dispatcher =>
    network.proxy === undefined
      ? kept(new Client(origin, { ...whole, ...keepAlive, connect }))
      : make({ ...keepAlive, connections: 1 });
  // Pipelining 0 closes each connection after its answer, which HTTP/2 does not do.
  const closing = secure ? undefined : { dispatcher: make({ pipelining: 0 }), close: () => undefined };
  return {
    pooled: make({ ...keepAlive, connections: limits.connections }),
    fresh() {
      if (closing !== undefined) return closing;
      const dispatcher = hold();
      return {
        dispatcher,
        close() {
          made.delete(dispatcher);
          void dispatcher.destroy();
        },
      };
    },
    hold,
    async destroy() {
      await Promise.all([...made].map((dispatcher) => dispatcher.destroy()));
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
