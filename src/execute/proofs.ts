/** Proof that a refused write changed nothing. */
import { holdsText } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import type { Proof } from '../plan/types.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext } from './case-context.ts';
import { readPlan } from './fixtures.ts';
import { widestQuery, itemsWithIds } from './listing.ts';
import type { Sent } from './evidence.ts';

/** What has to be known before the refused write, and the look at the target afterwards. */
export interface StartedProof {
  /** Adds findings where the write had an effect. Gives false where it had. */
  finish(refused: Sent): Promise<boolean>;
  /** The refused write once more, where one look could be mistaken for the target's own doing. */
  readonly again?: (send: () => Promise<Sent>) => Promise<void>;
}

const fact = 'refused-without-effect';

/** Starts the proof of a case; call it before the write. `id` is the resource that the write aims at. */
export async function startProof(
  context: CaseContext,
  proof: Proof,
  id: string | undefined,
  by?: string,
): Promise<StartedProof> {
  const resource = context.run.contract.resources[proof.resource];
  if (resource === undefined) throw new Error(`The contract has no resource ${proof.resource}`);
  switch (proof.kind) {
    case 'not-created':
      return { finish: (refused) => notCreated(context, resource, refused) };
    case 'unchanged':
      return unchanged(context, resource, id ?? '', by);
    case 'not-dispatched':
      return notDispatched(context, resource, id ?? '', by);
  }
}

function reader(context: CaseContext, operation: Operation, by?: string): string {
  return by ?? context.run.givenFor(operation).at(-1) ?? 'none';
}

async function notCreated(context: CaseContext, resource: Resource, refused: Sent): Promise<boolean> {
  if (resource.list === undefined) return true;
  const list = context.operation(resource.list);
  const sent = await context.run.support.send(
    requestOf(list, reader(context, list), { query: widestQuery(list) }),
  );
  if (!holdsText(bodyOf(sent), context.marker)) return true;
  context.fail(
    fact,
    'effect',
    `The refused write made a ${resource.id} all the same: it is in the list.`,
    {
      expected: `no ${resource.id} named "${context.marker}"`,
      actual: `${list.method} ${list.path} lists it`,
    },
    refused,
  );
  return false;
}

async function unchanged(
  context: CaseContext,
  resource: Resource,
  id: string,
  by?: string,
): Promise<StartedProof> {
  const read = resource.read === undefined ? undefined : context.operation(resource.read);
  const listedBefore = await isListed(context, resource, id, by);
  return {
    async finish(refused) {
      let intact = true;
      if (read !== undefined) {
        const after = await context.run.support.send(readPlan(read, reader(context, read, by), id));
        intact = succeeded(after) && !holdsText(bodyOf(after), context.marker);
        if (!intact) {
          context.fail(
            fact,
            'effect',
            `The refused write changed the ${resource.id} all the same.`,
            {
              expected: 'as it was before',
              actual: succeeded(after)
                ? 'it holds what the refused write sent'
                : `reading it now gets ${described(after)}`,
            },
            refused,
          );
        }
      }
      if (intact && listedBefore && !(await isListed(context, resource, id, by))) {
        intact = false;
        context.fail(
          fact,
          'effect',
          `The refused write took the ${resource.id} out of its list all the same.`,
          {
            expected: 'listed as before',
            actual: 'not in the list any more',
          },
          refused,
        );
      }
      return intact;
    },
  };
}

async function isListed(context: CaseContext, resource: Resource, id: string, by?: string): Promise<boolean> {
  if (resource.list === undefined || resource.cleanup === 'never') return false;
  const list = context.operation(resource.list);
  const sent = await context.run.support.send(
    requestOf(list, reader(context, list, by), { query: widestQuery(list) }),
  );
  return itemsWithIds(bodyOf(sent), resource).some((item) => item.id === id);
}

/**
 * No new run of the owner appeared. A new resource may queue a first run of its own at any time, so a run that
 * appears counts only when the refused dispatch brings another one when it is sent again.
 */
async function notDispatched(
  context: CaseContext,
  resource: Resource,
  owner: string,
  by?: string,
): Promise<StartedProof> {
  let before = await runsOf(context, resource, owner, by);
  return {
    finish: async () => true,
    async again(send) {
      for (let round = 0; round < 3; round++) {
        const refused = await send();
        const after = await runsOf(context, resource, owner, by);
        const appeared = [...after].filter((id) => !before.has(id));
        if (appeared.length === 0) return;
        before = after;
        if (round < 2) continue;
        context.fail(
          fact,
          'effect',
          `The refused dispatch queued a ${resource.id} all the same, each time.`,
          {
            expected: `no new ${resource.id}`,
            actual: `another ${resource.id} after each of three refused dispatches`,
          },
          refused,
        );
      }
    },
  };
}

async function runsOf(
  context: CaseContext,
  resource: Resource,
  owner: string,
  by?: string,
): Promise<ReadonlySet<string>> {
  if (resource.list === undefined || resource.belongsTo === undefined) return new Set();
  const list = context.operation(resource.list);
  const query = [...widestQuery(list), [resource.belongsTo.parameter, owner] as const];
  const sent = await context.run.support.send(requestOf(list, reader(context, list, by), { query }));
  return new Set(
    statusOf(sent) === list.success.status ? itemsWithIds(bodyOf(sent), resource).map(({ id }) => id) : [],
  );
}
