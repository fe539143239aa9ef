/** Proof that a refused write changed nothing. */
import { canonicalJson, holdsText, valuesOf } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { saysMissing } from '../oracle/proof.ts';
import { requestOf } from '../plan/request.ts';
import type { Proof } from '../plan/types.ts';
import { requestMembers } from '../plan/valid-body.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext } from './case-context.ts';
import { notDispatched } from './dispatch-proof.ts';
import { planAt } from './fixtures.ts';
import { widestQuery, itemsWithIds } from './listing.ts';
import type { Sent } from './evidence.ts';
import { unchangedShared } from './shared-proof.ts';
import { eventually } from './steady-compare.ts';
import { Inconclusive } from './stop.ts';
import { readAgain, readSurely } from './sure-read.ts';

/** What has to be known before the refused write, and the look at the target afterwards. */
export interface StartedProof {
  /** Adds findings where the write had an effect. Gives false where it had. */
  finish(refused: Sent): Promise<boolean>;
  /** The refused write once more, where one look could be mistaken for the target's own doing. */
  readonly again?: (send: () => Promise<Sent>) => Promise<void>;
}

const fact = 'refused-without-effect';

/** How a record looked when it was last read, and whose key could read it. */
export interface SeenRecord {
  readonly state: string;
  /** Whether it moves on by itself, as a run does that has not ended: then a change proves nothing. */
  readonly moves: boolean;
  readonly reader: string;
}

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
      if (resource.create === undefined) return unchangedShared(context, resource, id ?? '', fact);
      return unchanged(context, resource, id ?? '', proof.recordOnly === true, by);
    case 'not-dispatched':
      return { finish: async () => true, again: await notDispatched(context, resource, id ?? '', by) };
  }
}

function reader(context: CaseContext, operation: Operation, by?: string): string {
  return by ?? context.run.givenFor(operation).at(-1) ?? 'none';
}

async function notCreated(context: CaseContext, resource: Resource, refused: Sent): Promise<boolean> {
  if (resource.list === undefined) return true;
  const list = context.operation(resource.list);
  const sent = await context.run.lateLists.read(list, reader(context, list));
  if (!succeeded(sent)) throw unlisted(resource, list, sent);
  if (sent.outcome.kind !== 'answered' || !sent.outcome.text.includes(context.marker)) {
    const { id: caseId, marker, run } = context;
    run.refusedWrites.book({ kind: 'create', caseId, resource: resource.id, marker });
    return true;
  }
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

/** What a refused update must leave as it is: the texts that can be set, the schedule and the version. */
function stateOf(context: CaseContext, resource: Resource, body: unknown): string {
  const update = resource.update === undefined ? undefined : context.operation(resource.update);
  const names =
    update === undefined ? [] : requestMembers(context.run.contract, update).map(({ name }) => name);
  const members = [...names, resource.version, resource.name].filter((name) => name !== undefined);
  return canonicalJson(members.map((name) => valuesOf(body, name)));
}

async function unchanged(
  context: CaseContext,
  resource: Resource,
  id: string,
  recordOnly: boolean,
  by?: string,
): Promise<StartedProof> {
  const { run } = context;
  const read = resource.read === undefined ? undefined : context.operation(resource.read);
  // The cases of a slot come one after the other, so what one left is what the next one finds.
  const before = run.lastSeen.get(id) ?? (await firstLook(context, resource, read, id, by));
  const listedBefore = !recordOnly && (await isListed(context, resource, id, by));
  return {
    async finish(refused) {
      if (read !== undefined) {
        if (before === undefined) throw unseen(resource, read);
        const after = await readSurely(run.support, planAt(read, before.reader, id), toSee(resource));
        const gone = saysMissing(run.contract, statusOf(after));
        // Any other refusal is of the read itself.
        if (!succeeded(after) && !gone) throw unreadable(resource, read, after);
        const body = bodyOf(after);
        const state = stateOf(context, resource, body);
        const changed = !before.moves && state !== before.state;
        if (gone || holdsText(body, context.marker) || changed) {
          run.lastSeen.delete(id);
          const actual = gone ? described(after) : state;
          return failChanged(context, resource, refused, before.state, actual);
        }
        run.lastSeen.set(id, {
          state,
          moves: movesByItself(resource, body),
          reader: before.reader,
        });
      }
      if (!listedBefore) return true;
      if (await eventually(context, () => isListed(context, resource, id, by))) {
        if (by === undefined)
          run.refusedWrites.book({ kind: 'archive', caseId: context.id, resource: resource.id, id });
        return true;
      }
      run.lastSeen.delete(id);
      return failChanged(context, resource, refused, 'listed', 'not in the list any more');
    },
  };
}

/** The record before the write, by the first key that can read it; undefined where none can. */
async function firstLook(
  context: CaseContext,
  resource: Resource,
  read: Operation | undefined,
  id: string,
  by: string | undefined,
): Promise<SeenRecord | undefined> {
  if (read === undefined) return undefined;
  const readers = by === undefined ? context.run.givenFor(read).toReversed() : [by];
  for (const credential of readers) {
    const sent = await readAgain(context.run.support, planAt(read, credential, id));
    if (!succeeded(sent)) continue;
    const body = bodyOf(sent);
    return {
      state: stateOf(context, resource, body),
      moves: movesByItself(resource, body),
      reader: credential,
    };
  }
  return undefined;
}

function movesByItself(resource: Resource, body: unknown): boolean {
  const { states } = resource;
  return (
    states !== undefined &&
    !valuesOf(body, states.member, 2).some((state) => states.terminal.includes(String(state)))
  );
}

function toSee(resource: Resource): string {
  return `whether the refused write changed the ${resource.id}`;
}

function unseen(resource: Resource, read: Operation): Inconclusive {
  return new Inconclusive(
    `${toSee(resource)} cannot be seen: it could not be read before`,
    `See the access cases of ${read.id}.`,
  );
}

function unreadable(resource: Resource, read: Operation, sent: Sent): Inconclusive {
  return new Inconclusive(
    `${toSee(resource)} cannot be seen: ${read.method} ${read.path} got ${described(sent)}`,
    `See the access cases of ${read.id}.`,
  );
}

function unlisted(resource: Resource, list: Operation, sent: Sent): Inconclusive {
  return new Inconclusive(
    `whether the refused write made a ${resource.id} cannot be seen: ${list.method} ${list.path} got ${described(sent)}`,
    `See the access cases of ${list.id}.`,
  );
}

function failChanged(
  context: CaseContext,
  resource: Resource,
  refused: Sent,
  expected: string,
  actual: string,
): false {
  context.fail(
    fact,
    'effect',
    `The refused write changed the ${resource.id} all the same.`,
    { expected: `as before: ${expected.slice(0, 200)}`, actual: actual.slice(0, 200) },
    refused,
  );
  return false;
}

async function isListed(context: CaseContext, resource: Resource, id: string, by?: string): Promise<boolean> {
  if (resource.list === undefined || resource.cleanup === 'never') return false;
  const list = context.operation(resource.list);
  const plan = requestOf(list, reader(context, list, by), { query: widestQuery(list) });
  const sent = await readSurely(context.run.support, plan, toSee(resource));
  if (!succeeded(sent)) throw unreadable(resource, list, sent);
  return itemsWithIds(bodyOf(sent), resource).some((item) => item.id === id);
}
