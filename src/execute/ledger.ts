/** What the run made on the target, so that it can be removed and what stays can be told. */
import { isId, memberAt, isObject } from '../check/members.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import type { Sent } from './evidence.ts';

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
  /** Books what an answered write did: what a create or a dispatch made, what an archive removed. */
  record(operation: Operation, sent: Sent): void;
}

/** An empty ledger. */
export function createLedger(contract: Contract): Ledger {
  const entries: LedgerEntry[] = [];
  const makers = new Map<string, Resource>();
  const removers = new Map<string, Resource>();
  for (const resource of Object.values(contract.resources)) {
    if (resource.create !== undefined) makers.set(resource.create, resource);
    if (resource.archive !== undefined) removers.set(resource.archive, resource);
  }
  return {
    entries,
    record(operation, sent) {
      const { outcome } = sent;
      if (outcome.kind !== 'answered' || outcome.status < 200 || outcome.status > 299) return;
      const maker = makers.get(operation.id);
      if (maker !== undefined && outcome.body.kind === 'json') {
        for (const id of createdIds(outcome.body.value, maker).slice(0, 1)) {
          if (entries.some((entry) => entry.id === id && entry.resource === maker.id)) continue;
          entries.push({
            resource: maker.id,
            id,
            name: nameIn(sent.request.body, maker),
            by: sent.credential,
            removed: false,
          });
        }
      }
      const remover = removers.get(operation.id);
      if (remover === undefined) return;
      const removed = entries.find(
        ({ resource, id }) =>
          resource === remover.id && sent.request.path.endsWith(`/${encodeURIComponent(id)}`),
      );
      if (removed !== undefined) removed.removed = true;
    },
  };
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
  const own = resource.idPaths.map((path) => memberAt(body, path)).filter(isId);
  return [...new Set([...own, ...nestedIds(body, 3)])];
}

function nestedIds(value: unknown, depth: number): readonly string[] {
  if (depth === 0 || !isObject(value)) return [];
  const children = Object.values(value);
  const direct = children.flatMap((child) => (isObject(child) && isId(child['id']) ? [child['id']] : []));
  return [...direct, ...children.flatMap((child) => nestedIds(child, depth - 1))];
}
