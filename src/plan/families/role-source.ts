/** The role and the organization come from the key alone: what else a request claims changes nothing. */
import { isObject } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { exchangeCase, scenarioCase, states, type PlanContext } from '../case.ts';
import {
  allowedCredentials,
  credentialOfKind,
  deniedCredentials,
  isRead,
  pathParameters,
  requestOf,
  roleCredentials,
} from '../request.ts';
import type { SituationHints } from '../situation-of.ts';
import type { Case, RequestPlan } from '../types.ts';
import { asRecord, validBody } from '../valid-body.ts';
import { proofOf, writeTarget } from './access.ts';
import { identityOperation } from './identity.ts';

interface Claim {
  readonly id: string;
  readonly title: string;
  readonly change: (request: RequestPlan) => RequestPlan;
  /** What the claim leaves open: a target may refuse an unknown member. */
  readonly leavesOpen?: SituationHints;
}

function headerClaim(name: string, value: string): Claim {
  return {
    id: `header-${name}`,
    title: `the header ${name}: ${value}`,
    change: (request) => ({ ...request, headers: { ...request.headers, [name]: value } }),
  };
}

function roleClaims(role: string): readonly Claim[] {
  const headers = [
    'x-role',
    'x-armature-role',
    'x-user-role',
    'x-actor-role',
    'x-roles',
    'role',
    'x-forwarded-role',
  ];
  return [
    ...headers.map((name) => headerClaim(name, role)),
    headerClaim('x-admin', 'true'),
    {
      id: 'query-role',
      title: `the query member role=${role}`,
      change: (request) => ({ ...request, query: [...request.query, ['role', role]] }),
      leavesOpen: { query: 'open' },
    },
    {
      id: 'query-actor-role',
      title: `the query member actorRole=${role}`,
      change: (request) => ({ ...request, query: [...request.query, ['actorRole', role]] }),
      leavesOpen: { query: 'open' },
    },
  ];
}

function bodyClaim(role: string): Claim {
  return {
    id: 'body-role',
    title: `the body member role: ${role}`,
    change: (request) => {
      if (request.body?.kind !== 'json') return request;
      const { value } = request.body;
      if (!isObject(value)) return request;
      return { ...request, body: { kind: 'json', value: { ...asRecord(value), role, actor: { role } } } };
    },
    leavesOpen: { body: 'open' },
  };
}

/** No header, query member or body member makes a key more than it is. */
export function roleSourceCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  const highest = contract.roles.at(-1);
  if (!states(contract, 'role-of-key') || highest === undefined) return [];
  return [
    ...claimedIdentityCases(context, highest),
    ...contract.operations.flatMap((operation) => claimedWriteCases(context, operation, highest)),
    ...contract.operations.flatMap((operation) => overrideCases(context, operation)),
  ];
}

function claimedIdentityCases({ contract }: PlanContext, highest: string): readonly Case[] {
  const operation = identityOperation(contract);
  const [lowest] = roleCredentials(contract);
  if (operation === undefined || lowest === undefined) return [];
  const organization: Claim = {
    id: 'header-x-organization-id',
    title: 'headers that name another organization',
    change: (request) => ({
      ...request,
      headers: {
        'x-organization-id': '{{organization:other-org}}',
        'x-org-id': '{{organization:other-org}}',
        'x-tenant-id': '{{organization:other-org}}',
        'x-organization': '{{organization:other-org}}',
      },
    }),
  };
  const inQuery: Claim = {
    id: 'query-organization',
    title: 'query members that name another organization',
    leavesOpen: { query: 'open' },
    change: (request) => ({
      ...request,
      query: [
        'organization',
        'organizationId',
        'organization_id',
        'org',
        'orgId',
        'org_id',
        'tenant',
        'tenantId',
      ].map((name) => [name, '{{organization:other-org}}'] as const),
    }),
  };
  const other = credentialOfKind(contract, 'other-org');
  const organizations = other === undefined ? [] : [organization, inQuery];
  return [...roleClaims(highest), ...organizations].map((claim) =>
    scenarioCase(contract, {
      operation,
      family: 'role-source',
      what: claim.id,
      title: `${operation.id}: ${claim.title} leaves the identity of the key as it is`,
      credential: lowest,
      profile: 'read',
      facts: [organizations.includes(claim) ? 'key-one-organization' : 'role-of-key'],
      keys: organizations.includes(claim) && other !== undefined ? [lowest, other] : [lowest],
      says: 'The role and the organization come from the key alone.',
      scenario: 'claimed-identity',
      parameters: { credential: lowest },
      ...(claim.leavesOpen === undefined ? {} : { hints: claim.leavesOpen }),
      request: claim.change(requestOf(operation, lowest)),
      steps: [
        `${operation.method} ${operation.path} with ${claim.title}: role and organization as without it`,
      ],
    }),
  );
}

function claimedWriteCases(
  { contract, seed }: PlanContext,
  operation: Operation,
  highest: string,
): readonly Case[] {
  const lowest = deniedCredentials(contract, operation)[0];
  if (lowest === undefined || isRead(operation) || !states(contract, 'role-enforced')) return [];
  const proof = proofOf(contract, operation);
  const claims = [...roleClaims(highest), ...(operation.request === undefined ? [] : [bodyClaim(highest)])];
  return claims.map((claim) => {
    return exchangeCase(contract, {
      operation,
      family: 'role-source',
      what: claim.id,
      title: `${operation.id}: ${claim.title} gives ${lowest} no more than its role`,
      credential: lowest,
      profile: 'full',
      facts: ['role-of-key', 'role-enforced'],
      keys: [lowest],
      says: 'The role comes from the key alone.',
      request: claim.change(
        requestOf(operation, lowest, {
          ids: writeTarget(contract, operation),
          ...(operation.request === undefined
            ? {}
            : { body: validBody(contract, operation, seed, `claim/${operation.id}`) }),
        }),
      ),
      ...(claim.leavesOpen === undefined ? {} : { hints: claim.leavesOpen }),
      about: 'role',
      control: 'same-request',
      ...(proof === undefined ? {} : { proof }),
    });
  });
}

const overrideHeaders = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/** A method override in a header or the query turns no read into a write. */
function overrideCases({ contract }: PlanContext, operation: Operation): readonly Case[] {
  const resource = pathParameters(operation).at(-1)?.resource;
  const archives = Object.values(contract.resources).find(
    ({ id, archive }) => id === resource && archive !== undefined,
  );
  if (
    archives?.archive === undefined ||
    archives.read !== operation.id ||
    !states(contract, 'method-undocumented')
  )
    return [];
  const credential = allowedCredentials(contract, operation).at(-1);
  if (credential === undefined) return [];
  const archive = contract.operations.find(({ id }) => id === archives.archive);
  const method = archive?.method ?? 'DELETE';
  const variants = [
    ...overrideHeaders.map((name) => ({
      id: `override-${name}`,
      title: `the header ${name}: ${method}`,
      headers: { [name]: method },
      query: [],
    })),
    {
      id: 'override-query',
      title: `the query member _method=${method}`,
      headers: {},
      query: [['_method', method]] as const,
    },
  ];
  return variants.map(({ id, title, headers, query }) =>
    exchangeCase(contract, {
      operation,
      family: 'role-source',
      what: id,
      title: `${operation.id}: ${title} makes no other request of it`,
      credential,
      profile: 'full',
      facts: ['method-undocumented', 'refused-without-effect'],
      keys: [credential],
      says: 'The method of a request is the one in its first line.',
      request: requestOf(operation, credential, { ids: 'made', headers, query }),
      hints: { query: 'open' },
      proof: { kind: 'unchanged', resource: archives.id },
    }),
  );
}
