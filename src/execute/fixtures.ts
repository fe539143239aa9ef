/** What cases need made: each in a slot, so that no case disturbs another. */
import type { Resource } from '../contract/types.ts';
import { pathParameters, planAt, requestOf } from '../plan/request.ts';
import { causedByMaking, effectOf, isMadeOnce } from '../plan/promise.ts';
import { validBody, type JsonRecord } from '../plan/valid-body.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext } from './case-context.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { writeAgain } from './sure-read.ts';

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

/** The slot of what stays for good, which all cases share. */
export const permanentSlot = 'permanent';

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
    // What nothing makes is taken from what is there.
    if (resourceOf(run, parameter.resource).create === undefined) continue;
    parents[parameter.resource] = (await fixtures.inSlot(slot, parameter.resource)).id;
  }
  // What stays for good is made once for all slots.
  if (isMadeOnce(resource, run.operation(resource.create)) && slot !== permanentSlot) {
    return fixtures.inSlot(permanentSlot, resourceId);
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
  const claim = run.ownership.claimOf(sent);
  if (claim?.kind !== 'own') {
    throw new Inconclusive(
      `the run made no ${resourceId} that it can tell for its own (${statusOf(sent)}): ${claim?.why ?? 'nothing was made'}`,
      `See the cases of ${create.id}.`,
    );
  }
  return { resource: resourceId, id: claim.id, marker, by, body, answer: bodyOf(sent) };
}

function requireWanted({ contract, config: { without = [] } }: Run, resource: Resource): void {
  const kept = without.find((what) => causedByMaking(contract, resource, what));
  if (kept === undefined) return;
  throw new Inconclusive(
    `--without ${kept} keeps the run from making a ${resource.id}`,
    `Seed the target with a ${resource.id}, or leave out --without ${kept}.`,
  );
}

export { planAt };
