import type { ListKind, RecordKind } from './dialect.ts';
import type { Exchange } from './exchange.ts';
import type { Obj } from './model.ts';

/** Passes the items of a list through the hooks. */
export function itemsOf(x: Exchange, kind: string, items: readonly Obj[]): readonly unknown[] {
  const { hooks } = x.site;
  const each =
    hooks.record === undefined ? items : items.map((item, at) => hooks.record?.(x, kind, item, at));
  return hooks.list === undefined ? each : hooks.list(x, kind, each);
}

/** Puts items into the envelope that the dialect uses for them. */
export function listBody(x: Exchange, kind: ListKind, items: readonly Obj[], beside: Obj = {}): unknown {
  const shown = itemsOf(x, kind, items);
  const name = x.site.dialect.lists[kind];
  if (name === '') return shown;
  const [outer = '', inner] = name.split('.');
  const more = x.site.dialect.extras ? { requestId: `req-${x.seq}`, nextCursor: null, ...beside } : beside;
  return { ...more, [outer]: inner === undefined ? shown : { hasMore: false, [inner]: shown } };
}

/** Puts a record into the wrapping that the dialect uses for it. */
export function recordBody(x: Exchange, kind: RecordKind, record: Obj, beside: Obj = {}): unknown {
  const shown = x.site.hooks.record === undefined ? record : x.site.hooks.record(x, kind, record, 0);
  const name = x.site.dialect.wraps[kind];
  if (name === '') return shown;
  const more = x.site.dialect.extras ? { requestId: `req-${x.seq}`, links: { self: x.path } } : {};
  return { ...more, ...beside, [name]: shown };
}

/** An optional member: null or left out where there is no value. */
export function optional(x: Exchange, name: string, value: unknown): Obj {
  if (value !== null && value !== undefined) return { [name]: value };
  return x.site.dialect.optionals === 'null' ? { [name]: null } : {};
}
