/** The second door of a target: found once a run, opened once for each key, asked like REST over the same wire. */
import { isPage } from '../check/gateway.ts';
import { isObject } from '../check/members.ts';
import type { McpContract } from '../contract/types.ts';
import { CaseContext, type Sent } from '../execute/case-context.ts';
import { createClient, type HttpClient, type WireRequest } from '../execute/client.ts';
import type { Run } from '../execute/run.ts';
import { percentEncoded } from '../execute/request-builder.ts';
import { Inconclusive, NotApplicable } from '../execute/stop.ts';
import { takenAs, type Taken } from '../oracle/mcp.ts';
import { badForm } from '../plan/credential-forms.ts';
import type { PromisedEffect } from '../plan/promise.ts';
import type { Presented } from '../plan/types.ts';
import { rpcAnswer, rpcFaults, type RpcAnswer } from './json-rpc.ts';
import { mcpUrl } from './place.ts';

/** The revision that is asked for, and the one that has no handshake. */
export const newestLegacy = '2025-11-25';
export const modern = '2026-07-28';

export interface Reply {
  readonly sent: Sent;
  readonly answer: RpcAnswer;
  readonly taken: Taken;
}

/** What was found where the endpoint should be. */
export type Found =
  | {
      readonly kind: 'served';
      readonly url: URL;
      readonly era: 'legacy' | 'modern';
      /** The revision that it answered with. */
      readonly revision: string;
      readonly generation: 'generation-1' | 'generation-2' | 'unknown';
      /** The names of its tools, as one key sees them. */
      readonly tools: readonly string[];
    }
  | { readonly kind: 'absent'; readonly why: string };

/** One request over JSON-RPC. */
export interface Asked {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** What it is counted under; by default the method. */
  readonly operation?: string;
  readonly effect?: PromisedEffect | 'read';
  /** A notification has no id, and is answered with no message. */
  readonly notification?: true;
  /** The session that it is sent in: the key's own by default. */
  readonly session?: 'own' | 'none' | { readonly id: string };
  /** A body in place of the message; a method of HTTP other than POST has none. */
  readonly raw?: string;
  readonly httpMethod?: 'GET' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
}

interface Opened {
  readonly era: 'legacy' | 'modern';
  readonly revision: string;
  readonly sessionId?: string;
}

export class McpDoor {
  readonly contract: McpContract;
  readonly run: Run;
  private readonly opened = new Map<string, Promise<Opened | undefined>>();
  private found: Promise<Found> | undefined;
  private client: HttpClient | undefined;
  private lastId = 0;

  constructor(run: Run, contract: McpContract) {
    this.run = run;
    this.contract = contract;
  }

  /** What is there: looked for once. */
  look(): Promise<Found> {
    this.found ??= this.find();
    return this.found;
  }

  /**
   * The endpoint. Throws NotApplicable where there is none, where it is said to be none, and where what is there is
   * another generation than the one that is known.
   */
  async require(): Promise<Extract<Found, { kind: 'served' }>> {
    const { speaks } = this.choice;
    const found = await this.look();
    if (found.kind === 'absent') throw new NotApplicable(found.why, 'Name the endpoint by --mcp-url.');
    if (speaks === 'generation-1' || found.generation === 'generation-1') return found;
    throw new NotApplicable(
      `${found.url.href} speaks MCP, and its tools are not those of generation 1`,
      'Say --mcp generation-1 where they should be.',
    );
  }

  get choice(): NonNullable<Run['config']['mcp']> {
    return this.run.config.mcp ?? { speaks: 'auto' };
  }

  /** A request by a key in a form; the handshake of a good key comes first. */
  async ask(context: CaseContext, presented: Presented | string, asked: Asked): Promise<Reply> {
    const shown = typeof presented === 'string' ? { credential: presented, form: 'bearer' } : presented;
    const good = shown.form === 'bearer' && badForm(shown.form) === undefined;
    const { session = 'own' } = asked;
    const opened = session === 'own' && good ? await this.openFor(shown.credential) : undefined;
    return this.send(context, shown, asked, opened ?? (await this.spoken()));
  }

  /** The era and the revision that the endpoint speaks, without a session. */
  private async spoken(): Promise<Opened> {
    const found = await this.look();
    return found.kind === 'served'
      ? { era: found.era, revision: found.revision }
      : { era: 'legacy', revision: newestLegacy };
  }

  /** The id of the session that a key was given; undefined where it was given none. */
  async sessionOf(credential: string): Promise<string | undefined> {
    return (await this.openFor(credential))?.sessionId;
  }

  private async openFor(credential: string): Promise<Opened | undefined> {
    await this.look();
    const known = this.opened.get(credential) ?? this.handshake(lookingAt(this.run), credential);
    this.opened.set(credential, known);
    return known;
  }

  private async handshake(context: CaseContext, credential: string): Promise<Opened | undefined> {
    const found = this.found === undefined ? undefined : await this.found.catch(() => undefined);
    if (found?.kind === 'served' && found.era === 'modern')
      return { era: 'modern', revision: found.revision };
    const { opened } = await this.initialize(context, credential);
    return opened;
  }

  /** The handshake of the revisions that have one: what it answered, and what follows from it. */
  async initialize(
    context: CaseContext,
    presented: Presented | string,
    version = newestLegacy,
  ): Promise<{ readonly reply: Reply; readonly opened: Opened | undefined }> {
    const shown = typeof presented === 'string' ? { credential: presented, form: 'bearer' } : presented;
    const legacy = { era: 'legacy', revision: '' } as const;
    const reply = await this.send(
      context,
      shown,
      {
        method: 'initialize',
        operation: 'endpoint',
        params: { protocolVersion: version, capabilities: {}, clientInfo },
      },
      legacy,
    );
    if (reply.taken.kind !== 'done') return { reply, opened: undefined };
    const { protocolVersion } = reply.taken.result;
    const revision = typeof protocolVersion === 'string' ? protocolVersion : newestLegacy;
    const { outcome } = reply.sent;
    const sessionId = outcome.kind === 'answered' ? outcome.headers['mcp-session-id'] : undefined;
    const opened: Opened = {
      era: 'legacy',
      revision,
      ...(sessionId === undefined ? {} : { sessionId }),
    };
    const ready = { method: 'notifications/initialized', notification: true } as const;
    await this.send(context, shown, ready, opened);
    return { reply, opened };
  }

  private async find(): Promise<Found> {
    const { speaks } = this.choice;
    if (speaks === 'none') return { kind: 'absent', why: 'the target is said to have no MCP endpoint' };
    const url = mcpUrl(this.run, this.contract);
    if (url === undefined)
      return {
        kind: 'absent',
        why: 'the base URL does not end in the path of the API, so that nothing tells where the MCP endpoint is',
      };
    const context = lookingAt(this.run);
    let why = 'no role key is given';
    for (const credential of this.run.givenRoles().toReversed()) {
      const opened = await this.tryOpen(context, credential);
      if (typeof opened !== 'string') return this.recognised(context, url, credential, opened);
      why = `there is no MCP endpoint at ${url.href}: it answered ${opened}`;
      if (opened !== 'HTTP 401') break;
    }
    return { kind: 'absent', why };
  }

  /** How the endpoint was opened, or what it answered in place of that. */
  private async tryOpen(context: CaseContext, credential: string): Promise<Opened | string> {
    const { reply, opened } = await this.initialize(context, credential);
    if (opened !== undefined) {
      this.opened.set(credential, Promise.resolve(opened));
      return opened;
    }
    const said = statusText(reply);
    if (reply.taken.kind !== 'failed' || reply.sent.outcome.kind !== 'answered') return said;
    if (reply.answer.kind === 'none' && reply.sent.outcome.status !== 400) return said;
    const stateless = { era: 'modern', revision: modern } as const;
    const shown = { credential, form: 'bearer' };
    const discovered = await this.send(context, shown, { method: 'server/discover', params: {} }, stateless);
    return discovered.taken.kind === 'done' ? stateless : said;
  }

  private async recognised(
    context: CaseContext,
    url: URL,
    credential: string,
    { era, revision, sessionId }: Opened,
  ): Promise<Found> {
    const shown = { credential, form: 'bearer' };
    const opened = { era, revision, ...(sessionId === undefined ? {} : { sessionId }) };
    const names: string[] = [];
    let cursor: unknown;
    for (let page = 0; page < mostPages; page++) {
      const params = cursor === undefined ? {} : { cursor };
      const { taken } = await this.send(context, shown, { method: 'tools/list', params }, opened);
      if (taken.kind !== 'done') break;
      const { tools, nextCursor } = taken.result;
      if (Array.isArray(tools))
        names.push(...tools.filter(isObject).flatMap(({ name }) => (typeof name === 'string' ? [name] : [])));
      if (typeof nextCursor !== 'string') break;
      cursor = nextCursor;
    }
    return { kind: 'served', url, era, revision, generation: this.generationOf(names), tools: names };
  }

  private generationOf(names: readonly string[]): 'generation-1' | 'generation-2' | 'unknown' {
    const own = this.contract.operations.filter(({ kind, find }) => kind === 'tool' && find === undefined);
    const there = own.filter(({ id }) => names.includes(id));
    if (there.length * 2 >= own.length) return 'generation-1';
    const later = this.contract.recognisedBy['generation-2'] ?? [];
    const laterThere = later.filter((name) => names.includes(name));
    return later.length > 0 && laterThere.length * 2 >= later.length ? 'generation-2' : 'unknown';
  }

  private async send(context: CaseContext, shown: Presented, asked: Asked, opened: Opened): Promise<Reply> {
    const url = mcpUrl(this.run, this.contract);
    if (url === undefined)
      throw new Inconclusive('nothing tells where the MCP endpoint is', 'Name it by --mcp-url.');
    const made = this.run.keyring.show(shown);
    if (made === undefined)
      throw new NotApplicable(`the key of ${shown.credential} does not allow the form "${shown.form}"`);
    this.lastId++;
    const id = this.lastId;
    const effect = asked.effect ?? 'read';
    const sent = await context.sendMade({
      operation: asked.operation ?? asked.method,
      credential: shown.credential,
      form: shown.form,
      effect,
      origin: url.origin,
      client: this.clientFor(url),
      repeatable: effect === 'read' || effect === 'create',
      make: (requestId) => this.wireOf(url, asked, opened, id, { ...made, requestId }),
    });
    const answer = rpcAnswer(sent.outcome);
    for (const fault of rpcFaults(sent.outcome, id)) {
      if (asked.raw === undefined && !context.findings.some(({ message }) => message.includes(fault)))
        context.fail('mcp-json-rpc', 'schema', `The answer is no JSON-RPC 2.0: ${fault}.`, {}, sent);
    }
    return { sent, answer, taken: takenOf(sent, answer) };
  }

  private clientFor(url: URL): HttpClient {
    if (url.origin === this.run.origin) return this.run.client;
    const { timeoutMs, concurrency, network } = this.run.config;
    if (this.client === undefined) {
      this.client = createClient({
        origin: url.origin,
        timeoutMs,
        concurrency,
        ...(network === undefined ? {} : { network }),
      });
      this.run.otherClients.push(this.client);
    }
    return this.client;
  }

  private wireOf(
    url: URL,
    { method, params = {}, notification, session = 'own', raw, httpMethod, headers = {} }: Asked,
    { era, revision, sessionId }: Opened,
    id: number,
    made: {
      readonly headers: Readonly<Record<string, string>>;
      readonly query: readonly (readonly [string, string])[];
      readonly requestId: string;
    },
  ): WireRequest {
    const { userAgent, headers: added = {} } = this.run.config;
    const asked = typeof session === 'object' ? session.id : session === 'own' ? sessionId : undefined;
    const isModern = era === 'modern';
    const message = {
      jsonrpc: '2.0',
      ...(notification === true ? {} : { id }),
      method,
      params: isModern ? { ...params, _meta: modernMeta(revision) } : params,
    };
    const name = params['name'] ?? params['uri'];
    const query = made.query.map(([key, value]) => `${encodeURIComponent(key)}=${percentEncoded(value)}`);
    const search = [url.search.replace(/^\?/, ''), ...query].filter((part) => part !== '').join('&');
    return {
      method: httpMethod ?? 'POST',
      path: `${url.pathname}${search === '' ? '' : `?${search}`}`,
      headers: {
        accept: 'application/json, text/event-stream',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': userAgent,
        'x-request-id': made.requestId,
        ...(httpMethod === undefined ? { 'content-type': 'application/json' } : {}),
        ...(revision === '' ? {} : { 'mcp-protocol-version': revision }),
        ...(isModern ? { 'mcp-method': method } : {}),
        ...(isModern && typeof name === 'string' ? { 'mcp-name': headerText(name) } : {}),
        ...(asked === undefined ? {} : { 'mcp-session-id': asked }),
        ...Object.fromEntries(Object.entries(added).map(([key, value]) => [key.toLowerCase(), value])),
        ...headers,
        ...made.headers,
      },
      ...(httpMethod === undefined ? { body: raw ?? JSON.stringify(message) } : {}),
    };
  }
}

const mostPages = 50;
const clientInfo = { name: 'armature-conformance', version: '1' };

function modernMeta(revision: string): Readonly<Record<string, unknown>> {
  return {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': clientInfo,
  };
}

/** A header holds ASCII alone; other texts stand in it encoded. */
function headerText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : percentEncoded(text);
}

function takenOf({ outcome }: Sent, answer: RpcAnswer): Taken {
  return outcome.kind === 'answered'
    ? takenAs({ status: outcome.status, answer, isPage: isPage(outcome) && outcome.status !== 401 })
    : takenAs({ status: 0, answer, isPage: false });
}

function statusText({ sent: { outcome } }: Reply): string {
  return outcome.kind === 'answered' ? `HTTP ${outcome.status}` : outcome.message;
}

/** What looks judges nothing. */
function lookingAt(run: Run): CaseContext {
  return new CaseContext(run, 'mcp', 'mcp', 'look');
}

const doors = new WeakMap<Run, McpDoor>();

/** The second door of the target of a run. Throws NotApplicable where the contract has none. */
export function doorOf(run: Run): McpDoor {
  const { mcp } = run.contract;
  if (mcp === undefined) throw new NotApplicable('the contract has no MCP API');
  const known = doors.get(run) ?? new McpDoor(run, mcp);
  doors.set(run, known);
  return known;
}
