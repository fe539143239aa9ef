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
  /** What came of the attempt to remove it. */
  trouble?: string;
}

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Whether it was made by the run. */
  holds(resource: string, id: string): boolean;
  /** Books that a create is about to be sent, with its body, by a credential. */
  intend(operation: Operation, body: string | undefined, by: string): void;
  /** Books what was found under a name that the run gave, but that no answer told. */
  find(entry: Omit<LedgerEntry, 'removed' | 'trouble'>): LedgerEntry;
  /** Books that something is gone. */
  remove(entry: LedgerEntry): void;
  /** Books what an answered write did: what a create or a dispatch made, what an archive removed. */
  record(operation: Operation, sent: Sent): void;
}

/** An empty ledger; every event is told to the file as well. */
export function createLedger(contract: Contract, file: LedgerFile): Ledger {
  // In the order in which they were made; a run may make tens of thousands.
  const entries = new Map<string, LedgerEntry>();
  const add = (made: Omit<LedgerEntry, 'removed' | 'trouble'>): LedgerEntry => {
    const entry: LedgerEntry = { ...made, removed: false };
    entries.set(keyOf(entry.resource, percentEncoded(entry.id)), entry);
    file.write({ kind: 'made', ...made });
    return entry;
  };
  const remove = (entry: LedgerEntry): void => {
    entry.removed = true;
    file.write({ kind: 'removed', resource: entry.resource, id: entry.id });
  };
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
    holds: (resource, id) => entries.has(keyOf(resource, percentEncoded(id))),
    find: add,
    remove,
    intend(operation, body, by) {
      const maker = makers.get(operation.id);
      // What has no name can be told by its id alone.
      if (maker?.name === undefined || maker.cleanup !== 'archive') return;
      file.write({ kind: 'intended', resource: maker.id, name: nameIn(body, maker), by });
    },
    record(operation, sent) {
      const { outcome } = sent;
      if (outcome.kind !== 'answered' || outcome.status < 200 || outcome.status > 299) return;
      const maker = makers.get(operation.id);
      if (maker !== undefined && outcome.body.kind === 'json') {
        for (const id of createdIds(outcome.body.value, maker).slice(0, 1)) {
          if (entries.has(keyOf(maker.id, percentEncoded(id)))) continue;
          add({ resource: maker.id, id, name: nameIn(sent.request.body, maker), by: sent.credential });
        }
      }
      const remover = removers.get(operation.id);
      if (remover === undefined) return;
      const [path = ''] = sent.request.path.split('?');
      const removed = entries.get(keyOf(remover.id, path.slice(path.lastIndexOf('/') + 1)));
      if (removed !== undefined) remove(removed);
    },
  };
}

function keyOf(resource: string, encodedId: string): string {
  return `${resource}/${encodedId}`;
}

function nameIn(body: string | undefined, resource: Resource): string {
  if (body === undefined || resource.name === undefined) return '';
  try {
    const name = memberAt(JSON.parse(body), resource.name);
    return typeof name === 'string' ? name.slice(0, 80) : '';
  } catch {
    return '';
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
