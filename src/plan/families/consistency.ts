/** Whether the target agrees with itself. */
import type { Contract, Operation, Resource } from '../../contract/types.ts';
import { states, type PlanContext } from '../case.ts';
import { isRead, operationOf, pathParameters, roleCredentials } from '../request.ts';
import type { Case } from '../types.ts';
import { scenario } from './scenario.ts';

/** What the target says in one place agrees with what it says in another, each time and for each role. */
export function consistencyCases({ contract }: PlanContext): readonly Case[] {
  return [
    ...contract.operations
      .filter((operation) => isRead(operation))
      .flatMap((operation) => repeatCases(contract, operation)),
    ...Object.values(contract.resources).flatMap((resource) => resourceConsistency(contract, resource)),
  ];
}

function repeatCases(contract: Contract, operation: Operation): readonly Case[] {
  if (!states(contract, 'read-stable')) return [];
  const credential = operation.keyless ? 'none' : 'all';
  return [
    scenario(contract, operation, credential, {
      family: 'consistency',
      profile: 'read',
      what: 'repeated',
      title: `${operation.id}: the same read gives the same again and again, for every role`,
      facts: ['read-stable', 'answered'],
      says: 'The same read gives the same resources in the same shape each time.',
      scenario: 'repeated-read',
      steps: [
        'read ten times, by every role in turn, each on a connection of its own',
        'each answer is the documented one, with the same ids',
      ],
    }),
    ...(operation.keyless
      ? []
      : [
          scenario(contract, operation, credential, {
            family: 'concurrency',
            profile: 'read',
            what: 'all-roles',
            title: `${operation.id}: all roles at the same moment get their own answers`,
            facts: ['requests-independent'],
            says: 'Requests at the same moment each get their own answer, the same as alone.',
            scenario: 'concurrent-reads',
            steps: [
              'read by every role and by an organization of its own, all at the same moment',
              'each answer is the one that the same key gets alone',
            ],
          }),
        ]),
  ];
}

function resourceConsistency(contract: Contract, resource: Resource): readonly Case[] {
  const list = resource.list === undefined ? undefined : operationOf(contract, resource.list);
  if (list === undefined) return [];
  const details = contract.operations.filter(
    (operation) => isRead(operation) && pathParameters(operation).at(-1)?.resource === resource.id,
  );
  return [
    ...roleCredentials(contract).map((credential) =>
      scenario(contract, list, credential, {
        family: 'consistency',
        profile: 'read',
        what: `every-item/${credential}`,
        title: `${list.id}: every item on every page keeps the contract, for ${credential}`,
        facts: [`${list.id}/success`],
        says: 'Every item of the list is as documented.',
        scenario: 'every-item',
        parameters: { resource: resource.id },
        steps: [
          'every page of the list, by its widest parameters',
          'each item is checked against its schema; no id comes twice',
        ],
      }),
    ),
    ...details.map((detail) =>
      scenario(contract, detail, 'all', {
        family: 'consistency',
        profile: 'read',
        what: 'every-detail',
        title: `${detail.id}: what is listed can be read, and says of itself what the list says`,
        facts: ['id-asked', 'list-detail-agree', `${detail.id}/success`],
        says: 'The id that was asked for is the id that comes back; list and detail agree.',
        scenario: 'every-detail',
        parameters: { resource: resource.id },
        steps: [
          'the items of the list are read by their ids, by the roles in turn',
          'each answers, with its own id, and agrees with its row',
        ],
      }),
    ),
  ];
}
