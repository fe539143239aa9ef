import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { baseline } from './baseline.ts';
import { dialectOptions } from './dialects.ts';
import type { Connection, Exchange, Reply, Site } from './exchange.ts';
import { idMaker } from './ids.ts';
import { match } from './operations.ts';
import { carryOut, respond } from './pipeline.ts';
import { seedWorld } from './seed.ts';
import { addOddStatuses } from './seed-runs.ts';
import { seededDefects } from './defects/catalogue.ts';
import { send } from './wire.ts';

const base = '/api/armature/v1';
const mostBytes = 32_000_000;

export interface Deployment {
  readonly baseUrl: string;
  readonly keys: Readonly<
    Record<'viewer' | 'editor' | 'admin' | 'owner' | 'revoked' | 'featureDisabled' | 'otherOrg', string>
  >;
  close(): Promise<void>;
}

function makeSite(dialectId: string, defectId: string | undefined): Site {
  const dialect = dialectOptions.find((each) => each.id === dialectId);
  if (dialect === undefined) throw new Error(`There is no dialect "${dialectId}".`);
  const defect = seededDefects.find((each) => each.id === defectId);
  if (defectId !== undefined && defect === undefined) throw new Error(`There is no defect "${defectId}".`);
  const makeId = idMaker(dialect.ids);
  const world = seedWorld(dialect, makeId);
  if (dialect.extraStatuses) addOddStatuses(world);
  return {
    world,
    dialect,
    hooks: defect?.hooks ?? {},
    defect: defectId,
    makeId,
    memory: new Map(),
    verified: new Map(),
    inFlight: 0,
  };
}

function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= mostBytes) parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

function makeExchange(
  site: Site,
  seq: number,
  request: IncomingMessage,
  raw: Buffer,
  connection: Connection,
): Exchange {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const full = mark < 0 ? target : target.slice(0, mark);
  const path = full.startsWith(`${base}/`) ? full.slice(base.length) : '';
  const method = request.method ?? 'GET';
  const found = match(method, path);
  const x: Exchange = {
    site,
    seq,
    method,
    path,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers: request.headers,
    connection,
    operation: found.operation,
    allowed: found.allowed,
    id: found.id,
    raw,
    body: {},
    key: undefined,
    carryOut: () => carryOut(x),
  };
  return x;
}

async function pause(site: Site): Promise<void> {
  const [least, most] = site.dialect.delay;
  if (most > 0) await new Promise((done) => setTimeout(done, least + Math.random() * (most - least)));
}

/** Starts a deployment on a free port, sound in the given dialect but for the given defect. */
export async function startDeployment(
  options: { dialect?: string; defect?: string } = {},
): Promise<Deployment> {
  const site = makeSite(options.dialect ?? baseline.id, options.defect);
  const connections = new WeakMap<Socket, Connection>();
  let seq = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = connections.get(request.socket) ?? { served: 0, key: undefined };
    connections.set(request.socket, connection);
    const raw = await readAll(request);
    const x = makeExchange(site, (seq += 1), request, raw, connection);
    site.inFlight += 1;
    let reply: Reply;
    try {
      await pause(site);
      reply = await respond(x);
    } finally {
      site.inFlight -= 1;
    }
    connection.served += 1;
    if (x.key !== undefined) connection.key = x.key;
    send(x, reply, response);
  }

  const server = createServer({ maxHeaderSize: 131_072, keepAliveTimeout: 30_000 }, (request, response) => {
    serve(request, response).catch((problem: unknown) => {
      if (process.env['ALPHA_DEBUG'] !== undefined) console.error(problem);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(400, { 'Content-Type': 'application/json' })
          .end('{"error":{"code":"bad","message":"Not understood."}}');
    });
  });
  server.on('clientError', (problem: NodeJS.ErrnoException, socket) => {
    if (problem.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const text = '{"error":{"code":"bad_request","message":"Not understood."}}';
    const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\nConnection: close`;
    socket.end(`${head}\r\n\r\n${text}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${base}`,
    keys: site.world.tokens,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
