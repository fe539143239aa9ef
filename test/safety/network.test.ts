import { execFileSync } from 'node:child_process';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/cli/network.ts';
import { UnreachableError } from '../../src/errors.ts';
import type { Network } from '../../src/execute/dispatchers.ts';
import { reachTarget } from '../../src/run/reach.ts';
import { startFront } from './mischief.ts';
import { caseOf, contract, smallRun } from './small-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'safety-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);

/** Makes a key and a certificate, `NAME.key` and `NAME.pem`, signed by itself where nothing else is asked for. */
function issue(name: string, ...signed: readonly string[]): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  const certificate = ['-x509', '-days', '2', '-subj', `/CN=${name}`, '-out', `${name}.pem`];
  execFileSync('openssl', ['req', ...key, ...certificate, ...signed], { cwd: folder, stdio: 'pipe' });
}

issue('ca');
const byCa = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'basicConstraints=critical,CA:FALSE'];
for (const name of ['server', 'client']) {
  issue(name, ...byCa, '-addext', 'subjectAltName=DNS:staging.test,IP:127.0.0.1');
}
const pem = (name: string): string => readFileSync(path(name), 'utf8');

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function listen(
  server: Server | ReturnType<typeof createSecureServer>,
  host = '127.0.0.1',
): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  open.push({
    close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  });
  return (server.address() as AddressInfo).port;
}

const key = 'amt_net_0123456789abcdefghij';
const identity = {
  organization: { id: 'org_1', slug: 'a', name: 'A' },
  actor: { apiKeyId: 'key_1', apiKeyName: 'k', userProfileId: null, role: 'viewer', email: null },
};
const filters = ['org/getOrg/access/viewer'];
const basePath = contract.api.basePath;

function tlsServer(options: ServerOptions = {}): ReturnType<typeof createTlsServer> {
  return createTlsServer(
    { key: pem('server.key'), cert: pem('server.pem'), ...options },
    (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(identity));
    },
  );
}

const reach = (baseUrl: string, network: Network = {}): Promise<readonly string[]> =>
  reachTarget(contract, {
    runId: 'feedbeef',
    baseUrl,
    keys: { viewer: key },
    profile: 'read',
    seed: 1,
    timeoutMs: 5_000,
    concurrency: 2,
    userAgent: 'test',
    network,
  }).then(({ lines }) => lines);

describe('TLS with a private authority', () => {
  it('is refused without --ca, in words that name it, and trusted with it', async () => {
    const baseUrl = `https://127.0.0.1:${await listen(tlsServer())}${basePath}`;
    const refused = await reach(baseUrl).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UnreachableError);
    expect(refused).toMatchObject({
      message: expect.stringMatching(/TLS failed/),
      hint: expect.stringMatching(/--ca/),
    });
    const results = await smallRun({
      baseUrl,
      keys: { viewer: key },
      filters,
      config: { network: { ca: pem('ca.pem') } },
    });
    expect(results.exitCode).toBe(0);
  });

  it('asks for a client certificate, and gets it', async () => {
    const server = tlsServer({ ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true });
    const baseUrl = `https://127.0.0.1:${await listen(server)}${basePath}`;
    const ca = pem('ca.pem');
    await expect(reach(baseUrl, { ca })).rejects.toThrow(UnreachableError);
    const network = { ca, clientCertificate: pem('client.pem'), clientKey: pem('client.key') };
    const results = await smallRun({ baseUrl, keys: { viewer: key }, filters, config: { network } });
    expect(results.exitCode).toBe(0);
  });

  it('speaks HTTP/2 where it is offered', async () => {
    const versions = new Set<string>();
    const server = createSecureServer(
      { key: pem('server.key'), cert: pem('server.pem'), allowHTTP1: true },
      (request, response) => {
        versions.add(request.httpVersion);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(identity));
      },
    );
    const baseUrl = `https://127.0.0.1:${await listen(server)}${basePath}`;
    const results = await smallRun({
      baseUrl,
      keys: { viewer: key },
      filters,
      config: { network: { ca: pem('ca.pem') } },
    });
    expect(results.exitCode).toBe(0);
    expect([...versions]).toContain('2.0');
  });
});

describe('a target that speaks HTTP/2 alone', () => {
  it('is looked at and tested, on connections that are new each time as well', async () => {
    let sessions = 0;
    const server = createSecureServer(
      { key: pem('server.key'), cert: pem('server.pem'), allowHTTP1: false },
      (request, response) => {
        const shown = request.headers.authorization;
        const known = shown === `Bearer ${key}`;
        const refusal = { error: { code: 'unauthenticated', message: 'no' } };
        response.writeHead(known ? 200 : 401, {
          'content-type': 'application/json',
          'www-authenticate': 'Bearer',
        });
        response.end(JSON.stringify(known ? identity : refusal));
      },
    ).on('session', () => sessions++);
    const baseUrl = `https://127.0.0.1:${await listen(server)}${basePath}`;
    const network = { ca: pem('ca.pem') };
    expect(await reach(baseUrl, network)).not.toEqual([]);
    sessions = 0;
    const results = await smallRun({
      baseUrl,
      keys: { viewer: key },
      filters: ['org/getOrg/access/viewer', 'org/getOrg/authentication/none/**'],
      config: { network, concurrency: 1 },
    });
    expect(results).toMatchObject({ exitCode: 0, summary: { failed: 0, inconclusive: 0 } });
    // One that is kept, and one of its own for the case that reuses it.
    expect(sessions).toBe(2);
  });

  it('says what is missing where nothing that is spoken here is offered', async () => {
    const server = tlsServer({ ALPNProtocols: ['h3'] });
    const baseUrl = `https://127.0.0.1:${await listen(server)}${basePath}`;
    const refused = await reach(baseUrl, { ca: pem('ca.pem') }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      hint: expect.stringMatching(/neither HTTP\/2 nor HTTP\/1\.1/) as string,
    });
  });
});

describe('a proxy', () => {
  it('carries the requests to a host that only it can reach; NO_PROXY goes past it', async () => {
    const port = await listen(tlsServer());
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const proxy = createHttpServer().on('connect', (request, socket: Socket) => {
      asked.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const one of [socket, onward]) {
        sockets.add(one);
        one.on('error', () => undefined);
      }
    });
    const proxyPort = await listen(proxy);
    const baseUrl = `https://staging.test${basePath}`;
    const env = { HTTPS_PROXY: `http://user:secret-word@127.0.0.1:${proxyPort}` };
    const url = proxyFor(baseUrl, env);
    const network = { ca: pem('ca.pem'), ...(url === undefined ? {} : { proxy: url }) };
    const results = await smallRun({ baseUrl, keys: { viewer: key }, filters, config: { network } });
    for (const socket of sockets) socket.destroy();
    expect(results.exitCode).toBe(0);
    expect(asked[0]).toBe(`staging.test:443 Basic ${Buffer.from('user:secret-word').toString('base64')}`);
    expect(proxyFor(baseUrl, { ...env, NO_PROXY: 'other.test, .test' })).toBeUndefined();
    expect(proxyFor(baseUrl, { ...env, no_proxy: 'staging.test:8443' })).toBeDefined();
    expect(proxyFor('https://127.0.0.1/x', env)).toBeUndefined();
  });
});

describe('other ways', () => {
  it('never follows a redirect with the key', async () => {
    let elsewhere = 0;
    const other = await listen(
      createHttpServer((_request, response) => {
        elsewhere++;
        response.end();
      }),
    );
    const front = await startFront((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${other}/org` }).end();
      return true;
    });
    const results = await smallRun({ ...front, filters });
    await front.close();
    expect(results.exitCode).toBe(1);
    expect(caseOf(results, filters[0] ?? '').findings[0]?.actual).toMatch(/302/);
    expect(elsewhere).toBe(0);
  });

  it('closes used connections without a word: no write meets one of them', async () => {
    const used = new WeakSet<object>();
    const front = await startFront(({ socket }) => {
      if (used.has(socket)) socket.destroy();
      used.add(socket);
      return socket.destroyed;
    });
    const written = ['workflows/*/validation/**', 'workflows/listWorkflows/{access,query}/**'];
    const results = await smallRun({ ...front, filters: written, profile: 'full' });
    await front.close();
    expect(results.summary).toMatchObject({ failed: 0, inconclusive: 0 });
    expect(results.summary.passed).toBeGreaterThan(100);
  }, 60_000);

  it('reaches IPv6 addresses', async () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(identity));
    });
    const port = await listen(server, '::1').catch(() => undefined);
    // A machine without IPv6 has nothing to show here.
    if (port === undefined) return;
    const results = await smallRun({
      baseUrl: `http://[::1]:${port}${basePath}`,
      keys: { viewer: key },
      filters,
    });
    expect(results.exitCode).toBe(0);
  });

  it('sends extra headers with every request', async () => {
    const front = await startFront((request) => {
      expect(request.headers['x-team']).toBe('release');
      return false;
    });
    const results = await smallRun({ ...front, filters, config: { headers: { 'X-Team': 'release' } } });
    await front.close();
    expect(results.exitCode).toBe(0);
  });
});
