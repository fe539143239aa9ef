import type { IncomingHttpHeaders } from 'node:http';
import type { Json, JsonObject } from './json.ts';
import type { ApiKey, Org, World } from './model.ts';
import type { Settings } from './settings.ts';
import type { Seed } from './defects/seed.ts';
import type { Problem, Shape } from './checks/shape.ts';

/** The names of the 24 operations. */
export type OperationName =
  | 'org.get'
  | 'sources.list'
  | 'sources.create'
  | 'sources.get'
  | 'workflows.list'
  | 'workflows.create'
  | 'workflows.get'
  | 'workflows.update'
  | 'workflows.archive'
  | 'workflows.dispatch'
  | 'runs.list'
  | 'runs.get'
  | 'runs.trace'
  | 'runs.evaluation'
  | 'runs.toolCalls'
  | 'insights.overview'
  | 'topics.list'
  | 'topics.get'
  | 'topics.update'
  | 'searches.list'
  | 'searches.get'
  | 'sessions.list'
  | 'sessions.trace'
  | 'openapi';

/** An answer before it is put on the wire. */
export interface Reply {
  status: number;
  body: Json | undefined;
  headers: Record<string, string>;
}

/** What the server knows of one operation. */
export interface Operation {
  readonly name: OperationName;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly write: boolean;
  readonly insights: boolean;
  readonly shape?: Shape;
  readonly exists?: (call: Call) => boolean;
  readonly run: (call: Call) => Reply;
}

/** One request on its way through the deployment. */
export interface Call {
  readonly world: World;
  readonly settings: Settings;
  readonly seed: Seed | undefined;
  readonly operation: Operation;
  readonly method: string;
  readonly id: string;
  readonly oddPath: boolean;
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The count of this request among all of the deployment. */
  readonly number: number;
  /** What seeded defects remember of the connection. */
  readonly connection: Map<string, unknown>;
  /** What seeded defects remember of the deployment. */
  readonly memory: Map<string, unknown>;
  readonly raw: Buffer;
  readonly now: number;
  body: JsonObject;
  problems: Problem[];
  actor: ApiKey;
  org: Org;
  forced: boolean;
}

/** A reply with a body. */
export function reply(status: number, body: Json): Reply {
  return { status, body, headers: {} };
}

/** Whether this seeded defect is active. */
export function has(call: Call, id: string): boolean {
  return call.seed?.id === id;
}

/** Adds one to a count that defects keep, and returns it. */
export function count(memory: Map<string, unknown>, name: string): number {
  const before = memory.get(name);
  const next = (typeof before === 'number' ? before : 0) + 1;
  memory.set(name, next);
  return next;
}

/** The organizations whose things a call sees: its own, unless a seeded defect widens it. */
export function scope(call: Call): readonly Org[] {
  if (!call.forced && call.seed?.widens?.(call) !== true) return [call.org];
  return [call.org, ...call.world.orgs.filter((org) => org !== call.org)];
}

/** Whether a documented filter is to be applied to this call. */
export function filters(call: Call, name: string): boolean {
  return call.query.has(name) && call.seed?.ignores?.(call, name) !== true;
}
