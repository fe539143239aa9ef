import type { IncomingHttpHeaders } from 'node:http';
import type { DialectOptions } from './dialect.ts';
import type { Hooks } from './hooks.ts';
import type { IdMaker } from './ids.ts';
import type { ApiKey, Obj, World } from './model.ts';
import type { Operation } from './operations.ts';

/** What all requests of one deployment have in common. */
export interface Site {
  readonly world: World;
  readonly dialect: DialectOptions;
  readonly hooks: Hooks;
  readonly defect: string | undefined;
  readonly makeId: IdMaker;
  /** For the defects that remember something. */
  readonly memory: Map<string, unknown>;
  readonly verified: Map<string, ApiKey>;
  inFlight: number;
}

export interface Connection {
  served: number;
  key: ApiKey | undefined;
}

/** One request on its way through the deployment. */
export interface Exchange {
  readonly site: Site;
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly connection: Connection;
  readonly operation: Operation | undefined;
  readonly allowed: readonly string[];
  readonly id: string;
  readonly raw: Buffer;
  body: Obj;
  key: ApiKey | undefined;
  /** Does what the request asks for, whatever the checks said. */
  carryOut(): void;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as they are in place of `body`. */
  readonly bytes?: Buffer;
  /** Never answered, or the connection cut. */
  readonly silence?: 'hang' | 'cut';
}

/** A request that is turned down. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Whether the seeded defect of this deployment is the named one. */
export function flawed(x: Exchange, id: string): boolean {
  return x.site.defect === id;
}

/** The key of a request that has passed authentication. */
export function caller(x: Exchange): ApiKey {
  if (x.key === undefined) throw new Refusal(401, 'unauthenticated', 'A valid API key is required.');
  return x.key;
}

/** The name of the operation that is asked for, or an empty text. */
export function asked(x: Exchange): string {
  return x.operation?.name ?? '';
}
