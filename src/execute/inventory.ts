/** What is there on the target: the resources that its lists show, and ids that nothing has. */
import { isRefusal } from '../check/answer.ts';
import { memberAt, isObject } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { credentialOfKind, pathParameters, requestOf } from '../plan/request.ts';
import { bodyOf, succeeded } from './case-context.ts';
import { planAt } from './fixtures.ts';
import { attempts, candidateItems, itemsWithIds, type Item } from './listing.ts';
import { markIn } from './marker.ts';
import type { Run } from './run.ts';
import { Inconclusive, NotApplicable } from './stop.ts';
import { readAgain } from './sure-read.ts';
import { unknownIdLike } from './unknown-id.ts';

export interface Inventory {
  /** The items of a resource's list as a credential sees them; empty where there are none or no list can be read. */
  items(resource: string, credential?: string): Promise<readonly Item[]>;
  /** The id of a resource that is there. Throws Inconclusive where there is none. */
  listedId(resource: string, terminal?: boolean): Promise<string>;
  /** Whether a thing that was listed is gone by now; then another one is chosen from here on. */
  isGone(resource: string, id: string): Promise<boolean>;
  /** An id of the form that the target gives, that nothing has. */
  unknownId(resource: string): Promise<string>;
  /** The id of a resource of another organization. Throws Inconclusive where it has none. */
  foreignId(resource: string, terminal?: boolean): Promise<string>;
}

/** The inventory of a run; each list is read once and kept. */
export function createInventory(run: Run): Inventory {
  const lists = new Map<string, Promise<readonly Item[]>>();
  const chosen = new Map<string, Promise<string | undefined>>();
  const unknown = new Map<string, Promise<string>>();
  // A list that lags behind goes on showing what is gone.
  const gone = new Set<string>();

  const resourceOf = (id: string): Resource => {
    const resource = run.contract.resources[id];
    if (resource === undefined) throw new Error(`The contract has no resource ${id}`);
    return resource;
  };
  const items = (id: string, credential?: string): Promise<readonly Item[]> =>
    once(lists, `${id}/${credential ?? ''}`, async () =>
      (await readItems(run, resourceOf(id), credential)).filter((item) => !gone.has(`${id}/${item.id}`)),
    );
  const choose = (id: string, terminal: boolean, credential?: string): Promise<string | undefined> =>
    once(chosen, `${id}/${terminal}/${credential ?? ''}`, () =>
      chooseId(run, resourceOf(id), items, terminal, credential),
    );
  const other = credentialOfKind(run.contract, 'other-org');

  return {
    items,
    async listedId(id, terminal = false) {
      const found = await choose(id, terminal);
      if (found !== undefined) return found;
      const resource = resourceOf(id);
      if (resource.create !== undefined && run.config.profile === 'full' && !terminal) {
        return (await run.fixtures.inSlot('inventory', id)).id;
      }
      throw (await lacking(run, resource)) ?? noneThere(resource, terminal);
    },
    async isGone(id, listed) {
      if (await isThere(run, resourceOf(id), listed)) return false;
      gone.add(`${id}/${listed}`);
      const kept = await choose(id, false).catch(() => undefined);
      for (const memory of [lists, chosen]) {
        const stale = [...memory.keys()].filter((key) => key.startsWith(`${id}/`));
        if (kept === listed) for (const key of stale) memory.delete(key);
      }
      return true;
    },
    unknownId: (id) =>
      once(unknown, id, async () => {
        const known = await items(id);
        return unknownIdLike(
          known.map((item) => item.id),
          `${run.config.seed}/${id}`,
        );
      }),
    async foreignId(id, terminal = false) {
      const found = other === undefined ? undefined : await choose(id, terminal, other);
      if (found !== undefined) return found;
      await requireFeature(run, resourceOf(id), other);
      throw new Inconclusive(
        `the other organization shows no ${terminal ? 'finished ' : ''}${id}`,
        `Give the other organization a ${id}, or its key a feature that shows one.`,
      );
    },
  };
}

/** Whether a thing can still be read by its id and is still listed; where that cannot be seen, it is there. */
async function isThere(run: Run, resource: Resource, id: string): Promise<boolean> {
  const read = readOf(run, resource);
  const asker = read && run.givenFor(read).at(-1);
  if (read !== undefined && asker !== undefined) {
    const sent = await readAgain(run.support, planAt(read, asker, id));
    if (isRefusal(sent.outcome)) return false;
  }
  const listed = await readItems(run, resource);
  return listed.length === 0 || listed.some((item) => item.id === id);
}

/** An organization without the feature cannot have what belongs to it: then there is nothing to ask for. */
async function requireFeature(run: Run, resource: Resource, credential: string | undefined): Promise<void> {
  const feature = resource.list === undefined ? undefined : run.operation(resource.list).feature;
  if (feature === undefined || credential === undefined) return;
  if (!(await run.identities.lacksFeature(feature, credential))) return;
  throw new NotApplicable(
    `the other organization does not have ${feature}, so it has no ${resource.id}`,
    `Give the key of another organization that has ${feature}.`,
  );
}

/** Why the organization of the role keys has nothing of a kind: it does not have the feature that it belongs to. */
async function lacking(run: Run, resource: Resource): Promise<Inconclusive | undefined> {
  const feature = resource.list === undefined ? undefined : run.operation(resource.list).feature;
  const [credential] = run.givenRoles();
  if (feature === undefined || credential === undefined) return undefined;
  if (!(await run.identities.lacksFeature(feature, credential))) return undefined;
  return new Inconclusive(
    `the organization of the role keys does not have ${feature}`,
    `Give keys of an organization that has ${feature}.`,
  );
}

function once<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = memory.get(key) ?? make();
  memory.set(key, known);
  return known;
}

function noneThere(resource: Resource, terminal: boolean): Inconclusive {
  const what = `${terminal ? 'finished ' : ''}${resource.id}`;
  const remedy =
    resource.create === undefined
      ? `Seed the target with a ${what}.`
      : `Seed the target with a ${what}, or let the run make one with --profile full.`;
  return new Inconclusive(`the target lists no ${what}`, remedy);
}

async function readItems(run: Run, resource: Resource, credential?: string): Promise<readonly Item[]> {
  if (resource.list === undefined) return [];
  const operation = run.operation(resource.list);
  // The highest role first: a target that is broken for a lower one must not leave the run without ids.
  const askers = credential === undefined ? run.givenFor(operation).toReversed() : [credential];
  for (const asker of askers) {
    for (const query of attempts(operation)) {
      const sent = await readAgain(run.support, requestOf(operation, asker, { query }));
      if (!succeeded(sent)) break;
      const found = itemsWithIds(bodyOf(sent), resource);
      if (found.length > 0) return found;
    }
  }
  return [];
}

async function chooseId(
  run: Run,
  resource: Resource,
  items: Inventory['items'],
  terminal: boolean,
  credential?: string,
): Promise<string | undefined> {
  const listed = await items(resource.id, credential);
  // What another run has renamed for the moment is its own business.
  const free = listed.filter(({ value }) => markIn(value[resource.name ?? '']) === undefined);
  const all =
    resource.create === undefined && resource.update !== undefined && free.length > 0 ? free : listed;
  if (terminal) return chooseTerminal(run, resource, all, credential);
  const read = readOf(run, resource);
  const [first] = all;
  if (read === undefined || credential !== undefined || first === undefined) return first?.id;
  return (await readable(run, resource, read, all)) ?? first.id;
}

/** Where a list has several arrays, the item that its resource's read knows is the one that is meant. */
async function readable(
  run: Run,
  resource: Resource,
  read: Operation,
  all: readonly Item[],
): Promise<string | undefined> {
  const asker = run.givenFor(read).at(-1);
  if (resource.list === undefined || asker === undefined) return undefined;
  const list = run.operation(resource.list);
  const [sample] = run.samples.get(list.id) ?? [];
  const candidates = sample === undefined ? [] : candidateItems(bodyOf(sample), resource);
  const named =
    candidates.length < 2 ||
    resource.items.some(
      (name) => isObject(sample && bodyOf(sample)) && memberAt(sample && bodyOf(sample), name) !== undefined,
    );
  if (named) return undefined;
  for (const { id } of [...all.slice(0, 1), ...candidates]) {
    const parameter = pathParameters(read).at(-1);
    if (parameter === undefined) return undefined;
    const plan = requestOf(read, asker);
    const pathValues = { ...plan.pathValues, [parameter.name]: id };
    if (succeeded(await readAgain(run.support, { ...plan, pathValues }))) return id;
  }
  return undefined;
}

function readOf(run: Run, resource: Resource): Operation | undefined {
  return resource.read === undefined ? undefined : run.operation(resource.read);
}

async function chooseTerminal(
  run: Run,
  resource: Resource,
  all: readonly Item[],
  credential?: string,
): Promise<string | undefined> {
  const states = resource.states;
  if (states === undefined) return all[0]?.id;
  const finished = all.find(({ value }) => states.terminal.includes(String(value[states.member])));
  if (finished !== undefined || resource.list === undefined) return finished?.id;
  const operation = run.operation(resource.list);
  const asker = credential ?? run.givenFor(operation).at(-1);
  if (asker === undefined || !operation.parameters.some(({ name }) => name === states.member))
    return undefined;
  for (const state of states.terminal) {
    const query = [...(attempts(operation)[0] ?? []), [states.member, state] as const];
    const sent = await readAgain(run.support, requestOf(operation, asker, { query }));
    const [item] = itemsWithIds(bodyOf(sent), resource).filter(({ value }) => value[states.member] === state);
    if (item !== undefined) return item.id;
  }
  return undefined;
}
