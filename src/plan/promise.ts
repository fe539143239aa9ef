/** What a run promises before its first request: how many requests of each effect, and what may stay behind. Pure. */
import type { Contract, Effect, Operation, Resource } from '../contract/types.ts';
import { maySucceed, type OracleContract } from '../oracle/lawful.ts';
import { keyInUrlOf } from './keys-in-urls.ts';
import { pathParameters } from './request.ts';
import type { Case, Check, RequestPlan } from './types.ts';

/** What is staged over MCP, as it is booked: nothing removes it, and it goes by itself within days. */
export const proposalResource = 'workflow-change-proposal';

/** The effects of requests; `undocumented` is a method that the contract does not know, on a path that it does. */
export const promisedEffects = ['create', 'update', 'archive', 'dispatch', 'undocumented'] as const;
export type PromisedEffect = (typeof promisedEffects)[number];

export interface FootprintPromise {
  /** The most requests of each effect, refused ones included. Reads change nothing and are not limited. */
  readonly requests: Readonly<Record<PromisedEffect, number>>;
  /** The most things of each kind that stay for good, by resource. */
  readonly stays: Readonly<Record<string, number>>;
}

/**
 * How many requests of an effect may be sent once more at most, where the target limits the rate (429) and did not
 * look at them: a quarter of what is promised.
 */
export function repeatsOf(promised: number): number {
  return Math.ceil(promised / 4);
}

type Counts = Record<PromisedEffect, number>;

/** What effect a request has where it is taken; `read` for one that changes nothing. */
export function effectOf(
  operation: Operation | undefined,
  request: Pick<RequestPlan, 'method'>,
): PromisedEffect | 'read' {
  if (operation?.method === request.method) return operation.effect;
  return request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'undocumented';
}

/**
 * The promise of a run that sends these cases. What cases share (what is made for a slot, the request that a refusal
 * is held against) counts once; what is made is archived once.
 * @param without the effects that the run is kept from
 */
export function promiseOf(
  contract: Promising,
  cases: readonly Case[],
  without: readonly Leavable[] = [],
): FootprintPromise {
  const tally = createTally(contract);
  const shared = new Set<string>();
  for (const one of cases) {
    tally.addOwn(one);
    if (one.check.kind === 'exchange') {
      for (const unit of sharedUnits(one.check)) shared.add(onceForAll(contract, unit));
    }
  }
  // A target that lists nothing of a kind has one made.
  if (cases.some(({ profile }) => profile === 'full')) {
    for (const resource of Object.values(contract.resources)) {
      const kept = without.some((what) => causedByMaking(contract, resource, what));
      if (resource.create !== undefined && !kept) {
        shared.add(onceForAll(contract, `inventory ${resource.id}`));
      }
    }
  }
  for (const unit of shared) tally.addShared(unit);
  const { requests, stays } = tally;
  return { requests, stays };
}

/** What of the contract tells which effects a case has. */
type Promising = OracleContract & Pick<Contract, 'resources'>;

interface Tally extends FootprintPromise {
  /** Adds what a case sends by itself. */
  addOwn(one: Case): void;
  /** Adds what is sent once for several cases. */
  addShared(unit: string): void;
}

function createTally(contract: Promising): Tally {
  const requests: Counts = { create: 0, update: 0, archive: 0, dispatch: 0, undocumented: 0 };
  const stays: Record<string, number> = {};
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const dispatched = Object.values(contract.resources).find(
    ({ create = '' }) => operations.get(create)?.effect === 'dispatch',
  );
  const add = (effect: Effect | PromisedEffect, count: number): void => {
    if (effect !== 'read') requests[effect] += count;
  };
  const made = (resource: Resource | undefined, count: number): void => {
    if (resource === undefined) return;
    if (resource.cleanup === 'archive') add('archive', count);
    else stays[resource.id] = (stays[resource.id] ?? 0) + count;
  };
  return {
    requests,
    stays,
    addOwn(one) {
      if (one.check.kind === 'exchange') {
        const operation = operations.get(one.check.request.operation);
        add(effectOf(operation, one.check.request), timesSent(one.check));
        if (operation !== undefined && maySucceed(contract, one.check.situation))
          made(makerOf(contract, operation), 1);
        return;
      }
      for (const effect of promisedEffects) add(effect, countIn(one, effect));
      const { proposals } = one.check.parameters;
      if (typeof proposals === 'number') stays[proposalResource] = (stays[proposalResource] ?? 0) + proposals;
      for (const [resource, count] of madeByScenario(contract, one, dispatched)) {
        if (resource.cleanup === 'never') made(resource, count);
      }
    },
    addShared(unit) {
      for (const resource of madeFor(contract, operations, unit)) {
        add(operations.get(resource.create ?? '')?.effect ?? 'create', 1);
        made(resource, 1);
      }
      const control = operations.get(unit.replace(/^control /, ''));
      if (control === undefined) return;
      add(control.effect, 1);
      made(makerOf(contract, control), 1);
    },
  };
}

/** The same case can count a refusal for real only in the third round: a run may appear of the target's own accord. */
const dispatchRounds = 3;

function timesSent({ proof }: Extract<Check, { kind: 'exchange' }>): number {
  return proof?.kind === 'not-dispatched' ? dispatchRounds : 1;
}

function countIn(one: Case, effect: PromisedEffect): number {
  return effect === 'undocumented' ? 0 : (one.footprint[effect] ?? 0);
}

/**
 * Whether one of a resource is made for all cases that need any: nothing removes it, and it stands in nothing that a
 * case has made for itself.
 */
export function isMadeOnce(resource: Resource, create: Operation): boolean {
  return resource.cleanup === 'never' && pathParameters(create).length === 0;
}

/** A unit, or the one for all cases of what is made once. */
function onceForAll({ operations, resources }: Promising, unit: string): string {
  const [slot, name = ''] = unit.split(' ');
  const resource =
    slot === 'control' ? Object.values(resources).find(({ create }) => create === name) : resources[name];
  const create = operations.find(({ id }) => id === resource?.create);
  if (resource === undefined || create === undefined || !isMadeOnce(resource, create)) return unit;
  return `for-good ${resource.id}`;
}

/** What is made once for several cases: `slot R` in a slot, `control O` for an operation. */
function sharedUnits(check: Extract<Check, { kind: 'exchange' }>): readonly string[] {
  const { request, slot, control } = check;
  return [
    ...madeBy(check).map((resource) => `${slot ?? 'support'} ${resource}`),
    ...(control === 'same-request' ? [`control ${request.operation}`] : []),
  ];
}

/** The ids of the resources that the run makes for a request. */
function madeBy({ request }: Extract<Check, { kind: 'exchange' }>): readonly string[] {
  const text = JSON.stringify([request.pathValues, request.query, request.body ?? null]);
  return [...text.matchAll(/\{\{made:([\w-]+)\}\}/g)].map(([, resource = '']) => resource);
}

/** The resources that are made for a unit: the one it names with those in the path of its create. */
function madeFor(
  contract: Promising,
  operations: ReadonlyMap<string, Operation>,
  unit: string,
): readonly Resource[] {
  const [slot, name = ''] = unit.split(' ');
  const control = slot === 'control' ? operations.get(name) : undefined;
  const named =
    slot !== 'control'
      ? [name]
      : control === undefined || control.effect === 'read'
        ? []
        : pathParameters(control).map(({ resource }) => resource);
  return named.flatMap((id) => {
    const resource = contract.resources[id];
    const create = operations.get(resource?.create ?? '');
    if (resource === undefined || create === undefined) return [];
    const parents = pathParameters(create).flatMap((one) => contract.resources[one.resource] ?? []);
    return [...parents, resource];
  });
}

function makerOf(contract: Promising, operation: Operation): Resource | undefined {
  return Object.values(contract.resources).find(({ create }) => create === operation.id);
}

/** What a scenario makes, as its footprint says: the resource of its parameters, and runs for its dispatches. */
function madeByScenario(
  contract: Promising,
  one: Case,
  dispatched: Resource | undefined,
): readonly (readonly [Resource, number])[] {
  if (one.check.kind !== 'scenario' || one.profile !== 'full') return [];
  const named = one.check.parameters['resource'];
  const resource = typeof named === 'string' ? contract.resources[named] : undefined;
  const counts: (readonly [Resource | undefined, number])[] = [
    [resource?.create === dispatched?.create ? undefined : resource, one.footprint.create ?? 0],
    [dispatched, one.footprint.dispatch ?? 0],
  ];
  return counts.flatMap(([made, count]) =>
    made === undefined || count === 0 ? [] : [[made, count] as const],
  );
}

export const leavable = ['dispatch', 'permanent', 'key-in-url'] as const;
/** What a run can be kept from: what costs money, what cannot be undone, what access logs keep. */
export type Leavable = (typeof leavable)[number];

/** Effects that a user can allow a write to have which the contract wants refused. */
export const permitted = ['permanent'] as const satisfies readonly Leavable[];
export type Permitted = (typeof permitted)[number];

/**
 * Whether a case could have such an effect, even on a target that takes what it must refuse: `dispatch` queues
 * runs, `permanent` makes what nothing removes (runs as well), `key-in-url` shows a valid key in a URL.
 */
export function couldCause(contract: Promising, one: Case, what: Leavable): boolean {
  if (what === 'key-in-url') return keyInUrlOf(one) !== undefined;
  const { requests, stays } = promiseOf(contract, [one], leavable);
  if (requests.dispatch > 0 || (one.footprint.dispatch ?? 0) > 0) return true;
  if (what === 'dispatch') return false;
  if (Object.values(stays).some((count) => count > 0)) return true;
  const operation = contract.operations.find(({ id }) => id === one.operation);
  const made = operation && makerOf(contract, operation);
  return made?.cleanup === 'never' && (one.footprint.create ?? 0) > 0;
}

/** Whether a case asks for something that stays for good, with a valid request and a role that must not get it. */
export function isRefusedForGood(contract: Promising, { family, check }: Case): boolean {
  if (family !== 'denied' || check.kind !== 'exchange' || check.situation.body !== 'valid') return false;
  const operation = contract.operations.find(({ id }) => id === check.request.operation);
  return operation?.effect === 'create' && makerOf(contract, operation)?.cleanup === 'never';
}

/** Whether making a resource has such an effect. */
export function causedByMaking(contract: Promising, resource: Resource, what: Leavable): boolean {
  if (what === 'key-in-url') return false;
  if (what === 'permanent') return resource.cleanup === 'never';
  return contract.operations.find(({ id }) => id === resource.create)?.effect === 'dispatch';
}
