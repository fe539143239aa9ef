/** Who may: each allowed role gets the documented success, each other role is refused. */
import type { Contract, Operation } from '../../contract/types.ts';
import { exchangeCase, scenarioCase, states, type PlanContext } from '../case.ts';
import { typesOf } from '../schema-view.ts';
import { situationOf } from '../situation-of.ts';
import {
  allowedCredentials,
  deniedCredentials,
  isRead,
  pathParameters,
  requestOf,
  type IdSource,
} from '../request.ts';
import type { Case, JsonValue, Proof, RequestPlan } from '../types.ts';
import { changesUnseen, controlOfRefusal, emptyHanded } from '../unseen-change.ts';
import {
  anyValue,
  leastBody,
  requestMembers,
  resourceWritten,
  validBody,
  withValuesAt,
  type JsonRecord,
} from '../valid-body.ts';

/** Where a write may aim: at what the run makes, or, where the resource cannot be made, at what is there. */
export function writeTarget(contract: Contract, operation: Operation): IdSource {
  return pathParameters(operation).every(({ resource }) => contract.resources[resource]?.create !== undefined)
    ? 'made'
    : 'listed';
}

/** What must not have happened after a write was refused. */
export function proofOf(contract: Contract, operation: Operation): Proof | undefined {
  if (!states(contract, 'refused-without-effect')) return undefined;
  const written = resourceWritten(contract, operation);
  const inPath = pathParameters(operation).at(-1)?.resource;
  if (operation.effect === 'dispatch' || operation.effect === 'create') {
    if (written === undefined) return undefined;
    return {
      kind: operation.effect === 'create' ? 'not-created' : 'not-dispatched',
      resource: written.id,
    };
  }
  return inPath === undefined ? undefined : { kind: 'unchanged', resource: inPath };
}

/** The read that even the profile `smoke` sends with each key: the one that tells who the key is, or any. */
function askedOfAll({ operations }: Contract): Operation | undefined {
  const reads = operations.filter(
    (operation) => isRead(operation) && !operation.keyless && pathParameters(operation).length === 0,
  );
  return operations.find(({ identity }) => identity !== undefined) ?? reads[0];
}

/** One case for each operation and each role that may do it; the keyless operations once. */
export function accessCases({ contract, seed }: PlanContext): readonly Case[] {
  const asked = askedOfAll(contract);
  return contract.operations.flatMap((operation) =>
    (operation.keyless ? ['none'] : allowedCredentials(contract, operation)).map((credential, place) => {
      const read = isRead(operation);
      const usual = validBody(contract, operation, seed, operation.id);
      return exchangeCase(contract, {
        operation,
        family: 'access',
        what: credential,
        title: `${operation.id}: ${credential === 'none' ? 'no key is needed' : `${credential} is allowed`}`,
        credential,
        profile: operation === asked ? 'smoke' : read ? 'read' : 'full',
        facts: [
          `${operation.id}/success`,
          `${operation.id}/roles`,
          ...(operation.request === undefined ? [] : [`${operation.id}/request`]),
          ...(operation.success.statusStanding === 'rfc' ? ['write-status'] : []),
        ],
        keys: credential === 'none' ? [] : [credential],
        says: `${operation.method} ${operation.path} (${operation.summary}) answers ${operation.success.status}.`,
        request: requestOf(operation, credential, {
          ids: read ? 'listed' : writeTarget(contract, operation),
          form: credential === 'none' ? 'none' : 'bearer',
          // Each role sends other documented values, so that all are tried without a create more.
          ...(operation.request === undefined
            ? {}
            : { body: withValuesAt(contract, operation, usual, place) }),
        }),
        about: 'allowed',
        ownSlot: operation.effect === 'archive',
      });
    }),
  );
}

/**
 * One case for each operation and each role that may not do it. In `full` the refused write is a real one, aimed
 * at what the run made, with a proof that it changed nothing. In `guarded` a create is a real one too, where what a
 * broken target would make of it can be archived; every other write is one that nothing can come of (see harmless).
 */
export function deniedCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'role-enforced')) return [];
  return contract.operations.flatMap((operation) =>
    deniedCredentials(contract, operation).flatMap((credential) => [
      deniedCase(context, operation, credential),
      ...deniedOtherwiseCases(context, operation, credential),
    ]),
  );
}

function deniedCase(context: PlanContext, operation: Operation, credential: string): Case {
  const { contract, seed, profile } = context;
  const read = isRead(operation);
  const real =
    read || (profile === 'full' && !changesUnseen(contract, operation)) || isArchivable(contract, operation);
  const proof = real && !read ? proofOf(contract, operation) : undefined;
  const valid = (): JsonValue => validBody(contract, operation, seed, `denied/${operation.id}`);
  return exchangeCase(contract, {
    operation,
    family: 'denied',
    what: credential,
    title: `${operation.id}: ${credential} is refused`,
    credential,
    profile: read ? 'read' : 'guarded',
    facts: [
      'role-enforced',
      `${operation.id}/roles`,
      ...(proof === undefined ? [] : ['refused-without-effect']),
    ],
    keys: [credential],
    says: `${operation.id} is not for the role ${credential}: 403 forbidden_role.`,
    request: real
      ? requestOf(operation, credential, {
          ids: read ? 'listed' : writeTarget(contract, operation),
          ...(operation.request === undefined ? {} : { body: valid() }),
        })
      : harmless(context, operation, credential),
    about: 'role',
    control: read || (real && profile === 'full') ? 'same-request' : controlOfRefusal(context, operation),
    ...(proof === undefined ? {} : { proof }),
  });
}

/**
 * Whether a create makes something that a run can take away again, also where it should not have been made, and needs
 * nothing else to be made for it.
 */
function isArchivable(contract: Contract, operation: Operation): boolean {
  return (
    operation.effect === 'create' &&
    resourceWritten(contract, operation)?.cleanup === 'archive' &&
    pathParameters(operation).every(({ resource }) => contract.resources[resource]?.create === undefined)
  );
}

/**
 * A write that nothing can come of, even on a target that does not refuse it: at an id that nothing has, or, for a
 * create and for what names nothing in its path, with a body that a documented rule makes invalid. A body of which the
 * documentation leaves something open would explain a refusal by itself, and one that is invalid would not.
 */
function harmless({ contract, seed }: PlanContext, operation: Operation, credential: string): RequestPlan {
  const empty = emptyHanded(operation, credential);
  if (operation.request === undefined || changesUnseen(contract, operation)) return empty;
  if (operation.effect === 'create') return requestOf(operation, credential, { ids: 'unknown', body: [] });
  const body = validBody(contract, operation, seed, operation.id);
  const valid = requestOf(operation, credential, { ids: 'unknown', body });
  return situationOf(contract, valid).body === 'open' ? empty : valid;
}

interface OtherBody {
  readonly what: string;
  readonly title: string;
  readonly body: JsonRecord;
}

/** The bodies that ask for something else than the usual one: what is required alone, and each member that it lacks. */
function otherBodies({ contract, seed }: PlanContext, operation: Operation): readonly OtherBody[] {
  const usual = validBody(contract, operation, seed, `denied/${operation.id}`);
  const least = leastBody(contract, operation, seed, `denied/${operation.id}`);
  // An update may name one member alone, which careless code lets through by another way.
  const beside = operation.effect === 'update' ? {} : usual;
  const members = requestMembers(contract, operation).flatMap((member): OtherBody[] => {
    const value = anyValue(member);
    if (member.name in usual || value === undefined) return [];
    const { name } = member;
    const filled = {
      what: `with-${name}`,
      title: `a value for "${name}"`,
      body: { ...beside, [name]: value },
    };
    if (!typesOf(member.schema).includes('null')) return [filled];
    return [filled, { what: `null-${name}`, title: `null for "${name}"`, body: { ...beside, [name]: null } }];
  });
  return [{ what: 'least', title: 'what is required and nothing else', body: least }, ...members];
}

/** The refusal depends neither on what the body asks for nor on who used the connection before. */
function deniedOtherwiseCases(
  context: PlanContext,
  operation: Operation,
  credential: string,
): readonly Case[] {
  const { contract, seed } = context;
  if (isRead(operation) || resourceWritten(contract, operation)?.unchanging !== undefined) return [];
  const proof = proofOf(contract, operation);
  const target = writeTarget(contract, operation);
  const shared = {
    operation,
    family: 'denied' as const,
    credential,
    profile: 'full' as const,
    facts: ['role-enforced', `${operation.id}/roles`],
    says: `${operation.id} is not for the role ${credential}, whatever else is asked: 403 forbidden_role.`,
  };
  const bodies = operation.request === undefined ? [] : otherBodies(context, operation);
  return [
    ...bodies.map(({ what, title, body }) =>
      exchangeCase(contract, {
        ...shared,
        what: `${credential}/${what}`,
        title: `${operation.id}: ${credential} is refused with ${title} as well`,
        keys: [credential],
        request: requestOf(operation, credential, { ids: target, body }),
        about: 'role',
        control: 'same-request',
        ...(proof === undefined ? {} : { proof }),
      }),
    ),
    ...afterAllowedCases(contract, operation, credential, {
      ...shared,
      request: requestOf(operation, credential, {
        ids: target,
        ...(operation.request === undefined
          ? {}
          : { body: validBody(contract, operation, seed, `denied/${operation.id}`) }),
      }),
    }),
  ];
}

function afterAllowedCases(
  contract: Contract,
  operation: Operation,
  credential: string,
  shared: Pick<
    Parameters<typeof scenarioCase>[1],
    'operation' | 'family' | 'credential' | 'profile' | 'facts' | 'says' | 'request'
  >,
): readonly Case[] {
  const good = allowedCredentials(contract, operation).at(-1);
  if (good === undefined || !states(contract, 'auth-every-request')) return [];
  return [
    scenarioCase(contract, {
      ...shared,
      what: `${credential}/after-${good}`,
      title: `${operation.id}: ${credential} is refused on a connection that ${good} has just used`,
      keys: [credential, good],
      scenario: 'reused-connection',
      parameters: { good },
      steps: [
        `a read with the key of ${good}, on a connection of its own`,
        `${operation.method} ${operation.path} with the key of ${credential}, on the same connection: 403, twice`,
      ],
      footprint: { [operation.effect]: 2, create: 1, archive: 1 },
    }),
  ];
}
