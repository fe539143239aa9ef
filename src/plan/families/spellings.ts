/** Doors beside the door: a path that is spelled otherwise gives nothing away that the documented one would not. */
import type { Contract, Operation } from '../../contract/types.ts';
import { scenarioCase, states, type PlanContext } from '../case.ts';
import { pathSpellings } from '../path-spellings.ts';
import { deniedCredentials, isRead, pathParameters, requestOf } from '../request.ts';
import type { Case } from '../types.ts';
import { resourceWritten, validBody } from '../valid-body.ts';

/** How often a refused dispatch is sent again to see whether a run comes of it. */
const mostRounds = 3;

const count = Object.keys(pathSpellings).length;

/** Reads without a key, and writes without one and by each role that may not, under every other spelling of the path. */
export function spellingCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  return contract.operations
    .filter(({ keyless }) => !keyless)
    .flatMap((operation) => {
      if (isRead(operation)) return states(contract, 'auth-required') ? [readCase(contract, operation)] : [];
      return isGivenBack(contract, operation) && states(contract, 'refused-without-effect')
        ? writeCases(context, operation)
        : [];
    });
}

/** Whether what a broken target would do is done to what the run made, and can be archived again. */
function isGivenBack(contract: Contract, operation: Operation): boolean {
  if (operation.effect === 'create') return resourceWritten(contract, operation)?.cleanup === 'archive';
  const target = contract.resources[pathParameters(operation).at(-1)?.resource ?? ''];
  return target?.create !== undefined && target.cleanup === 'archive';
}

function readCase(contract: Contract, operation: Operation): Case {
  return scenarioCase(contract, {
    operation,
    family: 'authentication',
    what: 'none/spelled-otherwise',
    title: `${operation.id}: another spelling of the path shows nothing without a key`,
    credential: 'none',
    profile: 'read',
    facts: ['auth-required'],
    keys: [],
    says: 'Without a key nothing of an organization is shown, however the path is spelled.',
    scenario: 'spelled-read',
    parameters: {},
    request: requestOf(operation, 'none', { form: 'none' }),
    steps: [
      `${operation.method} ${operation.path} by a key that may: the ids that it shows`,
      `the same without a key, with the path spelled in ${count} other ways (${Object.keys(pathSpellings).join(', ')})`,
      'none of the answers is a success that shows one of those ids',
    ],
  });
}

function writeCases({ contract, seed }: PlanContext, operation: Operation): readonly Case[] {
  const ids = pathParameters(operation).length === 0 ? 'listed' : 'made';
  const body =
    operation.request === undefined
      ? {}
      : { body: validBody(contract, operation, seed, `spelled/${operation.id}`) };
  const askers = [
    { credential: 'none', family: 'authentication' as const, fact: 'auth-required' },
    ...deniedCredentials(contract, operation).map((credential) => ({
      credential,
      family: 'denied' as const,
      fact: 'role-enforced',
    })),
  ];
  return askers.map(({ credential, family, fact }) =>
    scenarioCase(contract, {
      operation,
      family,
      what: `${credential}/spelled-otherwise`,
      title: `${operation.id}: another spelling of the path does nothing ${credential === 'none' ? 'without a key' : `for ${credential}`}`,
      credential,
      profile: 'full',
      facts: [fact, 'refused-without-effect'],
      keys: credential === 'none' ? [] : [credential],
      says: 'Who may not do it does not do it, however the path is spelled.',
      scenario: 'spelled-write',
      parameters: {},
      request: requestOf(operation, credential, {
        ids,
        form: credential === 'none' ? 'none' : 'bearer',
        ...body,
      }),
      steps: [
        ...(ids === 'made' ? ['what it aims at is made'] : []),
        `${operation.method} ${operation.path} ${credential === 'none' ? 'without a key' : `by ${credential}`}, with the path spelled in ${count} other ways`,
        'where one of the answers is a success, it had no effect',
      ],
      footprint: {
        // A dispatch that seems to have happened is looked at a few times.
        [operation.effect]: operation.effect === 'dispatch' ? count + mostRounds : count,
        ...(ids === 'made' ? { create: 1, archive: operation.effect === 'archive' ? count + 1 : 1 } : {}),
      },
    }),
  );
}
