/** Writes whose path names nothing, so that what they change could neither be a run's own nor be given back. Pure. */
import { isObject } from '../check/members.ts';
import type { Contract, Operation } from '../contract/types.ts';
import { isRead, pathParameters, requestOf } from './request.ts';
import { membersOf, wholeSchema } from './schema-view.ts';
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

/** Whether a request must not be sent: it changes something that nobody could give back. */
export function mustNotGo(contract: Changing, operation: Operation, request: RequestPlan): boolean {
  return (
    request.method === operation.method &&
    changesUnseen(contract, operation) &&
    !canDoNothing(contract, operation, request)
  );
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

/** A request with such a body, at what nothing has. */
export function emptyHanded(operation: Operation, credential: string): RequestPlan {
  return requestOf(operation, credential, {
    ids: 'unknown',
    ...(operation.request === undefined ? {} : { body: nothingInIt }),
  });
}
