/** What does not exist, what belongs to another organization, and what the organization does not have. */
import type { Contract, Operation } from '../../contract/types.ts';
import { exchangeCase, scenarioCase, states, type PlanContext } from '../case.ts';
import {
  allowedCredentials,
  credentialOfKind,
  isRead,
  pathParameters,
  queryParameters,
  requestOf,
  roleCredentials,
  type IdSource,
} from '../request.ts';
import type { Case, JsonValue } from '../types.ts';
import { validBody } from '../valid-body.ts';
import { proofOf, writeTarget } from './access.ts';

function body(context: PlanContext, operation: Operation): { body?: JsonValue } {
  return operation.request === undefined
    ? {}
    : { body: validBody(context.contract, operation, context.seed, operation.id) };
}

/** Every operation that names a resource by its id: an id that nothing has is 404, for every role that may ask. */
export function notFoundCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'not-found')) return [];
  return contract.operations
    .filter((operation) => pathParameters(operation).length > 0)
    .flatMap((operation) =>
      allowedCredentials(contract, operation).map((credential) =>
        exchangeCase(contract, {
          operation,
          family: 'not-found',
          what: credential,
          title: `${operation.id}: an unknown id is 404 for ${credential}`,
          credential,
          profile: isRead(operation) ? 'read' : 'guarded',
          facts: ['not-found'],
          keys: [credential],
          says: 'A resource that does not exist is 404.',
          request: requestOf(operation, credential, { ids: 'unknown', ...body(context, operation) }),
          about: 'existence',
          control: 'surface-read',
        }),
      ),
    );
}

/** The key of an organization without the feature: refused on the feature, served everywhere else. */
export function featureCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'feature-disabled')) return [];
  return Object.values(contract.features).flatMap((feature) =>
    contract.operations.flatMap((operation) =>
      operation.feature === feature.id
        ? [
            ...refusedFeature(context, operation, feature.credential),
            ...refusedWithQuery(contract, operation, feature.credential),
          ]
        : servedElsewhere(context, operation, feature.credential),
    ),
  );
}

function refusedFeature(context: PlanContext, operation: Operation, credential: string): readonly Case[] {
  const { contract } = context;
  const named = pathParameters(operation).length > 0;
  const aims: readonly IdSource[] = named && isRead(operation) ? ['listed', 'unknown'] : ['unknown'];
  return aims.map((ids) =>
    exchangeCase(contract, {
      operation,
      family: 'feature',
      what: named ? `${credential}/${ids === 'listed' ? 'id-of-another' : 'unknown-id'}` : credential,
      title: `${operation.id}: an organization without ${operation.feature ?? ''} is refused`,
      credential,
      profile: isRead(operation) ? 'read' : 'guarded',
      facts: ['feature-disabled'],
      keys: [credential],
      says: 'A feature that is disabled for the organization is 403 feature_disabled.',
      request: requestOf(operation, credential, { ids, ...body(context, operation) }),
      about: 'feature',
      control: isRead(operation) ? 'same-request' : 'surface-read',
    }),
  );
}

/** The refusal does not depend on what the query asks for. */
function refusedWithQuery(contract: Contract, operation: Operation, credential: string): readonly Case[] {
  if (!isRead(operation) || pathParameters(operation).length > 0) return [];
  return queryParameters(operation).map(({ name, values }) =>
    exchangeCase(contract, {
      operation,
      family: 'feature',
      what: `${credential}/query-${name}`,
      title: `${operation.id}: an organization without ${operation.feature ?? ''} is refused with ${name} as well`,
      credential,
      profile: 'read',
      facts: ['feature-disabled'],
      keys: [credential],
      says: 'A feature that is disabled for the organization is 403 feature_disabled, whatever the query asks for.',
      request: requestOf(operation, credential, { query: [[name, values?.[0] ?? '1']] }),
      about: 'feature',
      control: 'same-request',
    }),
  );
}

function servedElsewhere(
  { contract }: PlanContext,
  operation: Operation,
  credential: string,
): readonly Case[] {
  if (!isRead(operation) || operation.keyless || pathParameters(operation).length > 0) return [];
  return [
    exchangeCase(contract, {
      operation,
      family: 'feature',
      what: `${credential}/served`,
      title: `${operation.id}: an organization without the feature is served all the same`,
      credential,
      profile: 'read',
      facts: ['feature-disabled', `${operation.id}/success`],
      keys: [credential],
      says: 'A disabled feature closes its own operations and no others.',
      request: requestOf(operation, credential),
      about: 'allowed',
    }),
  ];
}

/** What belongs to another organization is 404 on every operation and in no list, both ways. */
export function isolationCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'isolation')) return [];
  const others = ['other-org', 'feature-disabled'].flatMap((kind) => credentialOfKind(contract, kind) ?? []);
  return others.flatMap((other) =>
    contract.operations
      // What a feature's own operations answer to an organization without it is the feature family's matter.
      .filter(({ feature }) => feature === undefined || contract.features[feature]?.credential !== other)
      .flatMap((operation) => [
        ...namedIsolation(context, operation, other),
        ...listIsolation(contract, operation, other),
      ]),
  );
}

function namedIsolation(context: PlanContext, operation: Operation, other: string): readonly Case[] {
  if (pathParameters(operation).length === 0) return [];
  return isRead(operation)
    ? readIsolation(context.contract, operation, other)
    : writeIsolation(context, operation, other);
}

function readIsolation(contract: Contract, operation: Operation, other: string): readonly Case[] {
  const roles = roleCredentials(contract);
  const askers = [...new Set([roles[0], roles.at(-1)])].filter((id) => id !== undefined);
  const shared = {
    operation,
    family: 'isolation' as const,
    profile: 'read' as const,
    facts: ['isolation'],
    says: 'A resource that is not visible to the organization of the key is 404.',
    about: 'visibility' as const,
  };
  return [
    exchangeCase(contract, {
      ...shared,
      what: other,
      title: `${operation.id}: the key of another organization does not see it`,
      credential: other,
      keys: [other],
      request: requestOf(operation, other, { ids: 'listed' }),
      control: 'same-request',
    }),
    ...(contract.credentials[other]?.kind === 'other-org' ? askers : []).map((credential) =>
      exchangeCase(contract, {
        ...shared,
        what: `${credential}/foreign`,
        title: `${operation.id}: ${credential} does not see what is another organization's`,
        credential,
        keys: [credential, other],
        request: requestOf(operation, credential, { ids: 'foreign' }),
        control: 'surface-read',
      }),
    ),
  ];
}

function writeIsolation(context: PlanContext, operation: Operation, other: string): readonly Case[] {
  const { contract } = context;
  const proof = proofOf(contract, operation);
  const mine = exchangeCase(contract, {
    operation,
    family: 'isolation',
    what: other,
    title: `${operation.id}: the key of another organization cannot reach it, and nothing changes`,
    credential: other,
    profile: 'full',
    facts: ['isolation', 'refused-without-effect'],
    keys: [other],
    says: 'A resource that is not visible to the organization of the key is 404.',
    request: requestOf(operation, other, {
      ids: writeTarget(contract, operation),
      ...body(context, operation),
    }),
    about: 'visibility' as const,
    control: 'same-request',
    ...(proof === undefined ? {} : { proof }),
  });
  const asker = allowedCredentials(contract, operation)[0];
  if (asker === undefined || writeTarget(contract, operation) !== 'made') return [mine];
  if (contract.credentials[other]?.kind !== 'other-org') return [mine];
  const theirs = scenarioCase(contract, {
    operation,
    family: 'isolation',
    what: `${asker}/foreign`,
    title: `${operation.id}: ${asker} cannot reach what another organization made, and nothing changes`,
    credential: asker,
    profile: 'full',
    facts: ['isolation', 'refused-without-effect'],
    keys: [asker, other],
    says: 'A resource that is not visible to the organization of the key is 404.',
    scenario: 'foreign-write',
    parameters: { other },
    request: requestOf(operation, asker, { ids: 'made', ...body(context, operation) }),
    steps: [
      'the other organization makes a resource (where its role allows)',
      `${operation.method} ${operation.path} on it with the key of ${asker}: 404`,
      'the other organization reads it: as it was',
    ],
    footprint: {
      create: 1,
      update: 1,
      archive: 2,
      ...(operation.effect === 'dispatch' ? { dispatch: 3 } : {}),
    },
  });
  return [mine, theirs];
}

function listIsolation(contract: Contract, operation: Operation, other: string): readonly Case[] {
  const resource = Object.values(contract.resources).find(({ list }) => list === operation.id);
  if (resource === undefined) return [];
  return [
    scenarioCase(contract, {
      operation,
      family: 'isolation',
      what: contract.credentials[other]?.kind === 'other-org' ? 'lists' : `lists/${other}`,
      title: `${operation.id}: no organization's list holds what is another's`,
      credential: other,
      profile: 'read',
      facts: ['isolation'],
      keys: [other],
      says: 'A resource of one organization is in none of the lists of another.',
      scenario: 'isolated-lists',
      parameters: { resource: resource.id, other },
      steps: [
        `${operation.method} ${operation.path} with a key of each organization: no id in both`,
        "with filters that name the first organization's values: none of its items",
      ],
    }),
  ];
}
