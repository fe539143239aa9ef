/** Writes whose path names nothing, so that what they change could neither be a run's own nor be given back. Pure. */
import { isObject } from '../check/members.ts';
import type { Contract, Operation, Profile } from '../contract/types.ts';
import { isRead, pathParameters, requestOf } from './request.ts';
import { membersOf, wholeSchema } from './schema-view.ts';
import type { PlanContext } from './case.ts';
import type { RequestPlan } from './types.ts';

/** What of the contract tells what a write changes. */
type Changing = Pick<Contract, 'resources' | 'schemas'>;

/**
 * Whether an operation writes without naming any resource in its path, makes none of those that the contract knows,
 * and is not the documented update of one: what it changes cannot be looked at.
 */
export function changesUnseen({ resources }: Changing, operation: Operation): boolean {
  if (isRead(operation) || operation.effect === 'create' || pathParameters(operation).length > 0)
    return false;
  const known = Object.values(resources);
  if (known.some(({ create }) => create === operation.id)) return false;
  return !(operation.effect === 'update' && known.some(({ update }) => update === operation.id));
}

/** A body that the documentation makes invalid, and nothing can be taken from. */
export const nothingInIt = { kind: 'text', text: '{"', contentType: 'application/json' } as const;

/**
 * Whether a request of such an operation can do nothing, also on a target that does not refuse it: where the
 * documentation requires members, its body is the beginning of JSON, an empty list, or no list and no object.
 */
export function canDoNothing(contract: Changing, operation: Operation, { body }: RequestPlan): boolean {
  if (body === undefined) return false;
  const empty = body.kind === 'text' ? body.text === nothingInIt.text : !holdsAny(body.value);
  if (!empty) return false;
  if (operation.request === undefined) return false;
  const { file, schema } = wholeSchema(contract, operation.request);
  return membersOf(contract, file, schema).some(({ required }) => required);
}

/** Whether something could be taken from a value: it is an object, or a list with something in it. */
function holdsAny(value: unknown): boolean {
  return isObject(value) || (Array.isArray(value) && value.length > 0);
}

/**
 * Whether a request must not be sent: it changes something that nobody could give back. The profile full, which may
 * write, sends a POST, which does something anew (RFC 9110, section 9.3.3), as a search or a quote; and a change of what
 * the matrix itself names to be tested with, by a value in the path.
 */
export function mustNotGo(
  contract: Changing,
  operation: Operation,
  request: RequestPlan,
  profile: Profile,
): boolean {
  return (
    request.method === operation.method &&
    !(profile === 'full' && isMeantToGo(operation)) &&
    changesUnseen(contract, operation) &&
    !canDoNothing(contract, operation, request)
  );
}

function isMeantToGo({ method, effect, fixed }: Operation): boolean {
  return method === 'POST' || (effect === 'update' && fixed.some((parameter) => parameter.in === 'path'));
}

/** Why such a request is not sent, and what would have it sent. */
export function reasonNotToGo({ method, path }: Pick<Operation, 'method' | 'path'>): {
  readonly reason: string;
  readonly remedy: string;
} {
  return {
    reason: `${method} ${path} names nothing that this run made, and what it changes could not be given back`,
    remedy: 'Name the resource that it changes, and the read of it, in the matrix.',
  };
}

/**
 * What shows that a key works where a write is refused that nothing may come of: a read, or, of an API that nothing can
 * be read of, the request itself as it is allowed.
 */
export function controlOfRefusal(
  { contract, profile }: PlanContext,
  operation: Operation,
): 'surface-read' | 'same-request' {
  const readable = contract.operations.some((one) => isRead(one) && !one.keyless);
  const goes = profile === 'full' && (!changesUnseen(contract, operation) || isMeantToGo(operation));
  return readable || !goes ? 'surface-read' : 'same-request';
}

/** A request with such a body, at what nothing has. */
export function emptyHanded(operation: Operation, credential: string): RequestPlan {
  return requestOf(operation, credential, {
    ids: 'unknown',
    ...(operation.request === undefined ? {} : { body: nothingInIt }),
  });
}
