import { asked, type Exchange, type Reply } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { isObj, type ApiKey, type Obj, type Role } from '../model.ts';

/** A defect of the catalogue. */
export function defect(id: string, fact: string, where: string, hooks?: Hooks): Seeded {
  return hooks === undefined ? { id, fact, where } : { id, fact, where, hooks };
}

/** An owner's key of the main organization. */
export function mainOwner(x: Exchange): ApiKey | undefined {
  return keyWith(x, 'owner');
}

/** The key of the main organization with a role. */
export function keyWith(x: Exchange, role: Role): ApiKey | undefined {
  return x.site.world.keys.find((key) => key.org === x.site.world.main && key.role === role && !key.revoked);
}

/** Changes the reply of one operation where it has succeeded. */
export function succeeding(operation: string, change: (reply: Reply, x: Exchange) => Reply): Hooks {
  return { reply: (x, reply) => (asked(x) === operation && reply.status < 300 ? change(reply, x) : reply) };
}

/** Changes each reply of a status. */
export function answering(status: number, change: (reply: Reply, x: Exchange) => Reply): Hooks {
  return { reply: (x, reply) => (reply.status === status ? change(reply, x) : reply) };
}

/** Changes each record of a kind. */
export function records(kind: string, change: (record: Obj, x: Exchange, at: number) => unknown): Hooks {
  return { record: (x, found, record, at) => (found === kind ? change(record, x, at) : record) };
}

/** A record without one of its members. */
export function without(record: Readonly<Obj>, name: string): Obj {
  const { [name]: _gone, ...rest } = record;
  return rest;
}

/** A record with one member under another name. */
export function renamed(record: Readonly<Obj>, from: string, to: string): Obj {
  return { ...without(record, from), [to]: record[from] };
}

/** An object with a change in one of its nested objects. */
export function nested(record: Readonly<Obj>, name: string, change: (inner: Obj) => unknown): Obj {
  const inner = record[name];
  return isObj(inner) ? { ...record, [name]: change(inner) } : record;
}

/** The token that a request came with, in whatever place of the header. */
export function sentToken(x: Exchange): string {
  return /amt_\S+/.exec(x.headers.authorization ?? '')?.[0] ?? '';
}

/** An error reply. */
export function failure(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}
