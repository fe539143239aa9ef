/** Whose key it is: the role, the actor and the organization that the target reports, and that nothing can change. */
import type { Contract, Operation } from '../../contract/types.ts';
import { scenarioCase, type PlanContext } from '../case.ts';
import { credentialOfKind, roleCredentials } from '../request.ts';
import type { Case } from '../types.ts';

export function identityOperation(contract: Contract): Operation | undefined {
  return contract.operations.find((operation) => operation.identity !== undefined);
}

/** Each role key reports its role; all are one organization's, and no two are the same key. */
export function identityCases({ contract }: PlanContext): readonly Case[] {
  const operation = identityOperation(contract);
  if (operation === undefined) return [];
  const roles = roleCredentials(contract);
  const [first] = roles;
  const others = ['other-org', 'feature-disabled'].flatMap((kind) => credentialOfKind(contract, kind) ?? []);
  const shared = { operation, family: 'identity' as const, profile: 'smoke' as const };
  const own = roles.map((credential) =>
    scenarioCase(contract, {
      ...shared,
      what: credential,
      title: `${operation.id} reports the role that the key of ${credential} was given for`,
      credential,
      facts: ['role-of-key', `${operation.id}/success`],
      keys: [credential],
      says: 'A key carries the role that its creator had when the key was made.',
      scenario: 'identity',
      parameters: { credential },
      steps: [
        `${operation.method} ${operation.path} with the key of ${credential}: its role is ${credential}`,
      ],
    }),
  );
  const apart = others.map((credential) =>
    scenarioCase(contract, {
      ...shared,
      what: credential,
      title: `${operation.id} answers the key of another organization with that organization`,
      credential,
      facts: ['key-one-organization', `${operation.id}/success`],
      keys: [credential, ...(first === undefined ? [] : [first])],
      says: 'A key belongs to one organization.',
      scenario: 'other-organization',
      parameters: { credential },
      steps: [
        `${operation.method} ${operation.path} with the key ${credential}: an organization that is not that of the role keys`,
      ],
    }),
  );
  return [
    ...own,
    ...apart,
    scenarioCase(contract, {
      ...shared,
      what: 'one-organization',
      title: `${operation.id} reports one organization and a key of its own for every role`,
      credential: 'all',
      facts: ['key-one-organization'],
      keys: [],
      says: 'A key belongs to one organization; the role keys of a run are keys of the same one.',
      scenario: 'one-organization',
      parameters: {},
      steps: [
        `${operation.method} ${operation.path} with every role key: the same organization, another key id each`,
      ],
    }),
    scenarioCase(contract, {
      ...shared,
      profile: 'read',
      what: 'reused-connection',
      title: `${operation.id} reports each key's own role on one connection`,
      credential: 'all',
      facts: ['auth-every-request'],
      keys: [],
      says: 'Every request is authenticated by itself.',
      scenario: 'identity-on-one-connection',
      parameters: {},
      steps: [
        'the role keys in turn, from the highest to the lowest and back, on one connection: each its own role',
      ],
    }),
  ];
}
