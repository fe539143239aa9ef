import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../src/contract/types.ts';
import type { Tenant } from '../data/model.ts';
import type { KeyRecord } from '../keys/mint.ts';

/** The body of a request as it was read. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'too-large'; readonly limit: number };

/** What is known of every request, whether or not it is one to an operation. */
export interface Arrival {
  /** Left out where the request is none to an operation. */
  readonly operation?: Operation;
  /** The method as it was sent: `HEAD` is answered as the `GET` of its operation. */
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Every `Authorization` header, in order. */
  readonly authorization: readonly string[];
  /** The connection that carries the request: one object for its whole life. */
  readonly connection: object;
}

/** A request to an operation. */
export interface Call extends Arrival {
  readonly operation: Operation;
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: RequestBody;
}

/** A call whose key is known, in the organization of that key. */
export interface EnteredCall extends Call {
  readonly actor: KeyRecord;
  readonly tenant: Tenant;
}
