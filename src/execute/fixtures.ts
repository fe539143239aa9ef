/** What cases need made: each in a slot, so that no case disturbs another. */
import type { Operation, Resource } from '../contract/types.ts';
import { holdsText } from '../check/members.ts';
import { pathParameters, requestOf } from '../plan/request.ts';
import { causedByMaking, effectOf } from '../plan/promise.ts';
import { validBody, type JsonRecord } from '../plan/valid-body.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext } from './case-context.ts';
import { createdIds } from './ledger.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { readAgain, writeAgain } from './sure-read.ts';

export interface Made {
  readonly resource: string;
  readonly id: string;
  readonly marker: string;
  readonly by: string;
  /** The body that it was made with, tokens not filled in. */
  readonly body: JsonRecord;
  /** The answer to the create. */
  readonly answer: unknown;
}

export interface MakeOptions {
  readonly by?: string;
  readonly body?: JsonRecord;
  /** Ids of the resources in the path of the create. */
  readonly parents?: Readonly<Record<string, string>>;
  readonly context?: CaseContext;
}

export interface Fixtures {
  /** Makes one. Throws Inconclusive where the target does not make it. */
  make(resource: string, options?: MakeOptions): Promise<Made>;
  /** The one of a slot, made at the first call. */
  inSlot(slot: string, resource: string): Promise<Made>;
  /** Forgets the one of a slot: a refused write may have damaged it. */
  drop(slot: string, resource: string): void;
  /** Runs something while no other case uses the slot. */
  alone<T>(slot: string, work: () => Promise<T>): Promise<T>;
}

/** The fixtures of a run. */
export function createFixtures(run: Run): Fixtures {
  const slots = new Map<string, Promise<Made>>();
  const locks = new Map<string, Promise<unknown>>();
  const fixtures: Fixtures = {
    make: (resource, options = {}) => make(run, resource, options),
    inSlot(slot, resource) {
      const key = `${slot}/${resource}`;
      const made = slots.get(key) ?? makeInSlot(run, fixtures, slot, resource);
      slots.set(key, made);
      return made;
    },
    drop(slot, resource) {
      slots.delete(`${slot}/${resource}`);
    },
    async alone(slot, work) {
      const before = locks.get(slot);
      const mine = before === undefined ? work() : inTurn(run, before, work);
      const settled = mine.catch(() => undefined);
      locks.set(slot, settled);
      try {
        return await mine;
      } finally {
        if (locks.get(slot) === settled) locks.delete(slot);
      }
    },
  };
  return fixtures;
}

/** Does something after what was before it; a case that waits for its turn is not under way. */
async function inTurn<T>(run: Run, before: Promise<unknown>, work: () => Promise<T>): Promise<T> {
  run.underWay.give();
  await before;
  await run.underWay.take(true);
  return work();
}

/** The slot in which cases take turns at a resource that the run cannot make. */
export function turnsOf(resource: Resource): string {
  return `turns/${resource.id}`;
}

function resourceOf(run: Run, id: string): Resource {
  const resource = run.contract.resources[id];
  if (resource === undefined) throw new Error(`The contract has no resource ${id}`);
  return resource;
}

async function makeInSlot(run: Run, fixtures: Fixtures, slot: string, resourceId: string): Promise<Made> {
  const resource = resourceOf(run, resourceId);
  if (resource.create === undefined) {
    throw new Inconclusive(
      `a ${resourceId} cannot be made through the API`,
      `Seed the target with a ${resourceId}.`,
    );
  }
  const parents: Record<string, string> = {};
  for (const parameter of pathParameters(run.operation(resource.create))) {
    parents[parameter.resource] = (await fixtures.inSlot(slot, parameter.resource)).id;
  }
  // What stays for good is made once for all slots.
  if (resource.cleanup === 'never' && Object.keys(parents).length === 0 && slot !== 'permanent') {
    return fixtures.inSlot('permanent', resourceId);
  }
  return fixtures.make(resourceId, { parents });
}

async function make(run: Run, resourceId: string, options: MakeOptions): Promise<Made> {
  const resource = resourceOf(run, resourceId);
  requireWanted(run, resource);
  const create = resource.create === undefined ? undefined : run.operation(resource.create);
  const by = options.by ?? (create === undefined ? undefined : run.givenFor(create)[0]);
  if (create === undefined || by === undefined) {
    throw new Inconclusive(`no given key may make a ${resourceId}`, 'Give the key of a role that may.');
  }
  const body = options.body ?? validBody(run.contract, create, run.config.seed, `made/${resourceId}`);
  const context = options.context ?? run.support;
  const marker = run.nextMarker();
  const plan = requestOf(create, by, {
    ids: 'made',
    ...(create.request === undefined ? {} : { body }),
  });
  const sent = await writeAgain(
    () =>
      context.send(plan, {
        marker,
        made: options.parents ?? {},
        ...(run.contract.credentials[by]?.kind === 'role' ? {} : { listedBy: by }),
      }),
    () => {
      run.meter.excuse(effectOf(create, plan), 1);
      run.meter.excuse('archive', 1);
    },
  );
  if (!succeeded(sent)) {
    throw new Inconclusive(
      `the run could not make a ${resourceId}: ${create.method} ${create.path} by ${by} got ${described(sent)}`,
      `See the cases of ${create.id}.`,
    );
  }
  const answer = bodyOf(sent);
  const id = await identify(run, resource, answer, marker, by);
  if (id === undefined) {
    throw new Inconclusive(
      `the id of the ${resourceId} that was made is not in the answer (${statusOf(sent)})`,
      `See the cases of ${create.id}.`,
    );
  }
  return { resource: resourceId, id, marker, by, body, answer };
}

function requireWanted({ contract, config: { without = [] } }: Run, resource: Resource): void {
  const kept = without.find((what) => causedByMaking(contract, resource, what));
  if (kept === undefined) return;
  throw new Inconclusive(
    `--without ${kept} keeps the run from making a ${resource.id}`,
    `Seed the target with a ${resource.id}, or leave out --without ${kept}.`,
  );
}

/**
 * The id of what was just made: where the answer holds several, the one that the resource's read knows by the
 * marker; where it holds none, the one that the list shows with the marker.
 */
export async function identify(
  run: Run,
  resource: Resource,
  answer: unknown,
  marker: string,
  by: string,
): Promise<string | undefined> {
  const candidates = createdIds(answer, resource);
  const [first] = candidates;
  if (candidates.length === 1) return first;
  const read = resource.read === undefined ? undefined : run.operation(resource.read);
  if (candidates.length > 1 && read !== undefined) {
    for (const id of candidates)
      if (await reads(run, read, by, id, resource.name === undefined ? undefined : marker)) return id;
    return first;
  }
  return first ?? (await listedWith(run, resource, marker, by));
}

async function reads(
  run: Run,
  read: Operation,
  by: string,
  id: string,
  marker: string | undefined,
): Promise<boolean> {
  const sent = await readAgain(run.support, planAt(read, by, id));
  return succeeded(sent) && (marker === undefined || holdsText(bodyOf(sent), marker));
}

/** A request of an operation aimed at one resource by its id. */
export function planAt(
  operation: Operation,
  by: string,
  id: string,
  options?: Parameters<typeof requestOf>[2],
): ReturnType<typeof requestOf> {
  const parameter = pathParameters(operation).at(-1);
  const plan = requestOf(operation, by, options);
  return {
    ...plan,
    pathValues: parameter === undefined ? plan.pathValues : { ...plan.pathValues, [parameter.name]: id },
  };
}

async function listedWith(
  run: Run,
  resource: Resource,
  marker: string,
  by: string,
): Promise<string | undefined> {
  if (resource.list === undefined) return undefined;
  const list = run.operation(resource.list);
  const sent = await readAgain(run.support, requestOf(list, by, { query: widestQuery(list) }));
  return itemsWithIds(bodyOf(sent), resource).find(({ value }) => holdsText(value, marker))?.id;
}
