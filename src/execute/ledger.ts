/** What the run made on the target, so that it can be removed and what stays can be told. */
import { idOf, isId, memberAt, isObject } from '../check/members.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { Sent } from './evidence.ts';
import type { LedgerFile } from './ledger-file.ts';
import { percentEncoded } from './request-builder.ts';

export interface LedgerEntry {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  /** The credential that made it. */
  readonly by: string;
  removed: boolean;
  /** Whether it was gone already when it was to be removed. */
  wasGone?: true;
  /** What came of the attempt to remove it. */
  trouble?: string;
}

/** A create that was sent and whose answer did not tell what came of it. */
export interface OpenCreate {
  readonly resource: string;
  readonly name: string;
  readonly by: string;
  /** When it was sent, as `performance.now()` tells it. */
  readonly at: number;
}

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Creates of which it is not known whether they made anything. */
  readonly open: readonly OpenCreate[];
  /** The credentials that creates were sent with, whatever came of them. */
  readonly makers: ReadonlySet<string>;
  /** Whether it was made by the run. */
  holds(resource: string, id: string): boolean;
  /** Books that a create is about to be sent, with its body, by a credential. Throws Inconclusive where it cannot. */
  intend(operation: Operation, body: string | undefined, by: string): void;
  /** Takes it as known that what is open made nothing. */
  closeOpen(): void;
  /** Takes back that a create was about to be sent: it was not. */
  retract(operation: Operation, body: string | undefined): void;
  /** Books what a create made, once it is proven to be the run's own. */
  add(resource: Resource, id: string, sent: Sent): void;
  /** Books what was found under a name that the run gave, but that no answer told. */
  find(entry: Omit<LedgerEntry, 'removed' | 'trouble'>): LedgerEntry;
  /** Books that something is gone. */
  remove(entry: LedgerEntry): void;
  /** Books what an answered write did: a create that was refused made nothing, an archive removed something. */
  record(operation: Operation, sent: Sent): void;
}

/** An empty ledger; every event is told to the file as well. */
export function createLedger(contract: Contract, file: LedgerFile): Ledger {
  // In the order in which they were made; a run may make tens of thousands.
  const entries = new Map<string, LedgerEntry>();
  const open = new Map<string, OpenCreate>();
  const find = (made: Omit<LedgerEntry, 'removed' | 'trouble'>): LedgerEntry => {
    const entry: LedgerEntry = { ...made, removed: false };
    entries.set(keyOf(entry.resource, percentEncoded(entry.id)), entry);
    open.delete(`${entry.resource}/${entry.name}`);
    file.write({ kind: 'made', ...made });
    return entry;
  };
  const remove = (entry: LedgerEntry): void => {
    entry.removed = true;
    file.write({ kind: 'removed', resource: entry.resource, id: entry.id });
  };
  const senders = new Set<string>();
  const makers = new Map<string, Resource>();
  const removers = new Map<string, Resource>();
  for (const resource of Object.values(contract.resources)) {
    if (resource.create !== undefined) makers.set(resource.create, resource);
    if (resource.archive !== undefined) removers.set(resource.archive, resource);
  }
  return {
    get entries() {
      return [...entries.values()];
    },
    get open() {
      return [...open.values()];
    },
    makers: senders,
    holds: (resource, id) => entries.has(keyOf(resource, percentEncoded(id))),
    find,
    remove,
    intend(operation, body, by) {
      const maker = makers.get(operation.id);
      // What has no name can be told by its id alone.
      if (maker?.name === undefined) return;
      const name = nameIn(body, maker);
      senders.add(by);
      if (maker.cleanup === 'archive') file.require({ kind: 'intended', resource: maker.id, name, by });
      if (name !== '') {
        open.set(`${maker.id}/${name}`, { resource: maker.id, name, by, at: performance.now() });
      }
    },
    closeOpen: () => open.clear(),
    retract(operation, body) {
      const maker = makers.get(operation.id);
      if (maker !== undefined) open.delete(`${maker.id}/${nameIn(body, maker)}`);
    },
    add(resource, id, sent) {
      if (entries.has(keyOf(resource.id, percentEncoded(id)))) return;
      find({ resource: resource.id, id, name: nameIn(sent.request.body, resource), by: sent.credential });
    },
    record(operation, sent) {
      const { outcome, request } = sent;
      if (outcome.kind !== 'answered') return;
      if (outcome.status >= 400 && outcome.status < 500) this.retract(operation, request.body);
      const remover = removers.get(operation.id);
      if (remover === undefined || outcome.status < 200 || outcome.status > 299) return;
      const [path = ''] = request.path.split('?');
      const removed = entries.get(keyOf(remover.id, path.slice(path.lastIndexOf('/') + 1)));
      if (removed !== undefined) remove(removed);
    },
  };
}

function keyOf(resource: string, encodedId: string): string {
  return `${resource}/${encodedId}`;
}

function nameIn(body: string | undefined, resource: Resource): string {
  const name = resource.name === undefined ? undefined : memberAt(jsonOf(body), resource.name);
  return typeof name === 'string' ? name.slice(0, 80) : '';
}

/** The value of a body that was sent as JSON; undefined for another one. */
export function jsonOf(body: string | undefined): unknown {
  if (body === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * The ids that an answer to a create may mean, likeliest first: at the resource's own paths, then in the nested
 * objects that have an id (the shape of the answer is left open).
 */
export function createdIds(body: unknown, resource: Resource): readonly string[] {
  const own = resource.idPaths.flatMap((path) => idOf(memberAt(body, path)) ?? []);
  return [...new Set([...own, ...nestedIds(body, 3)])];
}

function nestedIds(value: unknown, depth: number): readonly string[] {
  if (depth === 0 || !isObject(value)) return [];
  const children = Object.values(value);
  const direct = children.flatMap((child) => (isObject(child) && isId(child['id']) ? [child['id']] : []));
  return [...direct, ...children.flatMap((child) => nestedIds(child, depth - 1))];
}
