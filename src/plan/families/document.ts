/** The document of the API, and what holds for every request. */
import { states, type PlanContext } from '../case.ts';
import type { Case } from '../types.ts';
import { scenario } from './scenario.ts';

/** The keyless document of the API, and whether it is true. */
export function documentCases({ contract }: PlanContext): readonly Case[] {
  return contract.operations
    .filter((operation) => operation.keyless && states(contract, 'document-valid'))
    .flatMap((operation) => {
      const rows: readonly (readonly [what: string, fact: string, title: string, step: string])[] = [
        [
          'valid',
          'document-valid',
          'the document is valid OpenAPI 3.0',
          'checked by a validator of OpenAPI 3.0',
        ],
        [
          'any-key',
          'document-valid',
          'the document is served whatever key is sent',
          'with every kind of good and bad credential: 200, the same document',
        ],
        [
          'complete',
          'document-complete',
          'the document has every operation',
          'each operation of the contract is in its paths',
        ],
        [
          'security',
          'document-security',
          'the document has one bearerAuth scheme for every operation',
          'components.securitySchemes and the security of each operation',
        ],
        [
          'no-more',
          'document-no-more',
          'the document has no operation that the contract does not know',
          'each operation of its paths is in the contract',
        ],
        [
          'true',
          'document-true',
          'the response schemas of the document accept what the target sends',
          'the successes of this run against the schemas of the document',
        ],
      ];
      return rows
        .filter(([, fact]) => states(contract, fact))
        .map(([what, fact, title, step]) =>
          scenario(contract, operation, 'none', {
            family: 'document',
            profile: 'read',
            what,
            title: `${operation.id}: ${title}`,
            facts: what === 'any-key' ? [fact, `${operation.id}/roles`] : [fact],
            says: contract.facts[fact]?.statement ?? title,
            scenario: `document-${what}`,
            steps: [step],
          }),
        );
    });
}

/** What holds for every request that no other case owns: those that list, make and remove what the cases need. */
export function hygieneCases({ contract }: PlanContext): readonly Case[] {
  const operation =
    contract.operations.find(({ identity }) => identity !== undefined) ?? contract.operations[0];
  if (operation === undefined) return [];
  return [
    scenario(contract, operation, 'all', {
      family: 'hygiene',
      profile: 'smoke',
      what: 'support',
      title: 'the requests that serve the cases keep the contract too',
      facts: [
        'no-server-error',
        'answered',
        'no-secret-echo',
        'json-body',
        'error-shape',
        'json-content-type',
        'private-cache',
        'timely',
        'api-answers',
      ],
      says: 'No request is answered with a 5xx, none goes unanswered, and no answer echoes a secret.',
      scenario: 'support-requests',
      steps: [
        'every request of the run that lists, makes or removes what the cases need: no 5xx, whole JSON, no secret',
      ],
    }),
    ...(states(contract, 'refused-without-effect')
      ? [
          scenario(contract, operation, 'all', {
            family: 'hygiene',
            profile: 'guarded',
            what: 'look-back',
            title: 'what was refused is not there at the end of the run either',
            facts: ['refused-without-effect'],
            says: 'A refused request changes nothing, also where a list shows it late.',
            scenario: 'look-back',
            steps: [
              'the lists are read that have caught up with what the run made: nothing in them was refused',
              'what a refused write aimed at is still listed',
            ],
          }),
        ]
      : []),
  ];
}
