/**
 * What is the run's own: the one place through which everything passes that a create answered. An id is used (changed,
 * dispatched, archived, entered in the ledger) only where the target shows the mark of the run in its name and did not
 * list it before the run made the first of its kind.
 */
import { saysNothing } from '../check/gateway.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import { claimOn, organizationOf, readersOf, resourceMadeBy, type Claim } from './claim.ts';
import { bodyOf, succeeded, type Sent } from './evidence.ts';
import type { Aim } from './aim.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { readAgain } from './sure-read.ts';

/** What a create answered that is not known to be the run's own: it is let alone. */
export interface Unproven {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Ownership {
  /** Looks, once for each organization, which of the kind are there; to be called before a create is sent. */
  lookBefore(operation: Operation, credential: string): Promise<void>;
  /** Proves what an answered create made, and enters it in the ledger where it is the run's own. */
  prove(operation: Operation, sent: Sent, aims: readonly Aim[]): Promise<Claim | undefined>;
  /** What came of a create; undefined where it was refused, or where the request is no create. */
  claimOf(sent: Sent): Claim | undefined;
  /** Whether it was listed before the run made the first of its kind. */
  wasListed(resource: string, id: string): boolean;
  readonly unproven: readonly Unproven[];
}

/** The ownership of a run that has made nothing yet. */
export function createOwnership(run: Run): Ownership {
  const looks = new Map<string, Promise<void>>();
  const there = new Map<string, Set<string>>();
  const claims = new WeakMap<Sent, Claim>();
  const unproven = new Map<string, Unproven>();
  const wasListed = (resource: string, id: string): boolean => there.get(resource)?.has(id) === true;

  const look = async (resource: Resource, credential: string): Promise<void> => {
    const ids = await listedIds(run, resource, credential);
    if (ids === undefined) return;
    const known = there.get(resource.id) ?? new Set<string>();
    for (const id of ids) known.add(id);
    there.set(resource.id, known);
    if (resource.cleanup === 'archive') run.ledgerFile.write({ kind: 'before', resource: resource.id, ids });
  };

  return {
    async lookBefore(operation, credential) {
      const resource = resourceMadeBy(run, operation);
      if (resource?.list === undefined) return;
      const key = `${resource.id}/${organizationOf(run, credential)}`;
      const looking = looks.get(key) ?? look(resource, credential);
      looks.set(key, looking);
      await looking;
    },
    async prove(operation, sent, aims) {
      const resource = resourceMadeBy(run, operation);
      if (resource === undefined || !succeeded(sent)) return undefined;
      const shown = await claimOn(run, resource, sent, aims, there.has(resource.id));
      const claim: Claim =
        shown.kind === 'own' && wasListed(resource.id, shown.id)
          ? { kind: 'other', id: shown.id, name: '', why: 'it was listed before' }
          : shown;
      claims.set(sent, claim);
      if (claim.kind === 'own') run.ledger.add(resource, claim.id, sent);
      else if (claim.id !== undefined) {
        const name = claim.kind === 'other' ? claim.name : '';
        const reason = `a create answered it, but ${claim.why}: it is let alone`;
        unproven.set(`${resource.id}/${claim.id}`, { resource: resource.id, id: claim.id, name, reason });
      }
      return claim;
    },
    claimOf: (sent) => claims.get(sent),
    wasListed,
    get unproven() {
      return [...unproven.values()].filter(
        ({ resource, id }) => !run.ledger.holds(resource, id) && !wasListed(resource, id),
      );
    },
  };
}

/** The ids of a kind that an organization lists; undefined where the list cannot be read: then the mark alone counts. */
async function listedIds(
  run: Run,
  resource: Resource,
  credential: string,
): Promise<readonly string[] | undefined> {
  if (resource.list === undefined) return undefined;
  const list = run.operation(resource.list);
  for (const by of readersOf(run, list, credential)) {
    const plan = requestOf(list, by, { query: widestQuery(list) });
    try {
      const sent = await readAgain(run.support, plan);
      if (succeeded(sent)) return itemsWithIds(bodyOf(sent), resource).map(({ id }) => id);
      if (saysNothing(sent.outcome)) return undefined;
    } catch (error) {
      if (!(error instanceof Inconclusive)) throw error;
    }
  }
  return undefined;
}
