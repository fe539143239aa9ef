/** What a resource goes through: made, readable, listed, changed, archived. */
import type { Contract, Resource } from '../../contract/types.ts';
import { states, type PlanContext } from '../case.ts';
import { allowedCredentials, operationOf } from '../request.ts';
import type { Case, Family } from '../types.ts';
import { freeTexts } from '../valid-body.ts';
import { scenario } from './scenario.ts';

/** What a resource that can be made goes through: made, readable, listed, changed, archived. */
export function lifecycleCases({ contract }: PlanContext): readonly Case[] {
  return Object.values(contract.resources).flatMap((resource) => [
    ...createdCases(contract, resource),
    ...updatedCases(contract, resource),
    ...archivedCases(contract, resource),
    ...putBackCases(contract, resource),
  ]);
}

function createdCases(contract: Contract, resource: Resource): readonly Case[] {
  if (resource.create === undefined) return [];
  const create = operationOf(contract, resource.create);
  if (create.effect !== 'create') return [];
  const credential = allowedCredentials(contract, create)[0];
  if (credential === undefined || !states(contract, 'created-readable')) return [];
  const parameters = { resource: resource.id };
  const one = scenario(contract, create, credential, {
    family: 'lifecycle',
    what: 'created',
    title: `${create.id}: what is created is readable, is listed and holds what was sent`,
    facts: [
      'created-readable',
      'created-as-sent',
      'list-detail-agree',
      'text-whole',
      'create-distinct',
      `${create.id}/success`,
      `${create.id}/request`,
    ],
    says: 'A created resource can be read by its id, is in its list and holds what was sent.',
    scenario: 'created',
    parameters,
    steps: [
      `${create.method} ${create.path} with every member that needs no knowledge of the target, texts in many scripts`,
      'its id is found in the answer',
      'it is read by that id: what was sent comes back',
      'it is in the list, as it says of itself',
      'made a second time with the same body, and with what is required alone: other ids',
      'the last one is listed too, and the first one is as it was',
    ],
    // Of what nothing removes no twin is made: with every member, with the usual ones where those are refused, the least.
    footprint: resource.cleanup === 'archive' ? { create: 5, archive: 5 } : { create: 3 },
  });
  if (resource.cleanup === 'never') return [one];
  const texts = freeTexts(contract, create).map(({ name }) => name);
  return [
    one,
    scenario(contract, create, credential, {
      family: 'consistency',
      what: 'text',
      title: `${create.id}: text of any script and size comes back as it was sent`,
      facts: ['text-whole'],
      says: 'Text comes back as it was sent, whatever its script; a target may refuse it, but not change it.',
      scenario: 'text-whole',
      parameters: { ...parameters, members: texts },
      steps: [
        'made with texts of many scripts, markup and sizes',
        'each that was taken is read back: the same text',
      ],
      footprint: { create: texts.length * 4, archive: texts.length * 4 },
    }),
    scenario(contract, create, credential, {
      family: 'concurrency',
      what: 'creates',
      title: `${create.id}: creates at the same moment make a resource each`,
      facts: ['create-distinct', 'requests-independent'],
      says: 'Two creates make two resources, also at the same moment.',
      scenario: 'concurrent-creates',
      parameters,
      steps: ['six creates at the same moment, each with its own name', 'six ids, each with its own name'],
      footprint: { create: 6, archive: 6 },
    }),
  ];
}

function updatedCases(contract: Contract, resource: Resource): readonly Case[] {
  if (resource.update === undefined || resource.create === undefined) return [];
  const update = operationOf(contract, resource.update);
  // What a PUT does not name it takes away: nothing is to be left as it was.
  if (update.method === 'PUT') return [];
  const shared = { family: 'lifecycle' as Family, parameters: { resource: resource.id } };
  return allowedCredentials(contract, update).flatMap((credential) => [
    ...(states(contract, 'update-persists')
      ? [
          scenario(contract, update, credential, {
            ...shared,
            what: `updated/${credential}`,
            title: `${update.id}: an update by ${credential} persists and leaves the rest as it was`,
            facts: ['update-persists', 'update-new-version', 'text-whole', `${update.id}/request`],
            says: 'An update persists, leaves the members that it does not name, and writes a new version.',
            scenario: 'updated',
            steps: [
              'made with every member that needs no knowledge of the target',
              `each text member changed by a ${update.method} of its own`,
              'read back: the changed member is new, every other one as it was',
              'the version in the answer differs from the one before; so does the one read back',
            ],
            footprint: { create: 6, update: 30, archive: 6 },
          }),
        ]
      : []),
    ...(states(contract, 'schedule-null') && resource.schedule !== undefined
      ? [
          scenario(contract, update, credential, {
            ...shared,
            what: `schedule-null/${credential}`,
            title: `${update.id}: schedule: null by ${credential} makes it manual-only`,
            facts: ['schedule-null', 'created-as-sent', 'update-persists', 'update-new-version'],
            says: 'An update with `schedule: null` makes a workflow manual-only.',
            scenario: 'schedule-null',
            steps: [
              'made with a schedule, where the target takes the one that is offered',
              'one that was made without a schedule is given that one: read back, it has it',
              `${update.method} with schedule: null`,
              'read back: schedule is null',
            ],
            footprint: { create: 5, update: 3, archive: 5 },
          }),
        ]
      : []),
  ]);
}

function archivedCases(contract: Contract, resource: Resource): readonly Case[] {
  if (
    resource.archive === undefined ||
    resource.create === undefined ||
    !states(contract, 'archived-unlisted')
  )
    return [];
  const archive = operationOf(contract, resource.archive);
  // What one role archives is as it was made, what the next does has a schedule, and so on.
  const histories = ['as-made', 'scheduled', 'updated'] as const;
  return allowedCredentials(contract, archive).map((credential, index) =>
    scenario(contract, archive, credential, {
      family: 'lifecycle',
      what: `archived/${credential}`,
      title: `${archive.id}: what ${credential} archives is gone from the list, and nothing else is`,
      facts: ['archived-unlisted', `${archive.id}/success`],
      says: 'An archived workflow is in no list of active workflows.',
      scenario: 'archived',
      parameters: { resource: resource.id, history: histories[index % histories.length] ?? 'as-made' },
      steps: [
        'two are made and listed; the one that is archived is as it was made, has a schedule, or was updated before',
        `${archive.method} ${archive.path} on one`,
        'that one is in no list (for any role or filter), the other one still is',
        'a second archive and a read answer, with a 2xx or a 404',
      ],
      footprint: { create: 5, update: 1, archive: 6 },
    }),
  );
}

/** A resource that the run cannot make is changed only by an allowed role, and put back as it was. */
function putBackCases(contract: Contract, resource: Resource): readonly Case[] {
  if (resource.update === undefined || resource.create !== undefined || resource.name === undefined)
    return [];
  const update = operationOf(contract, resource.update);
  const name = resource.name;
  return allowedCredentials(contract, update).map((credential) =>
    scenario(contract, update, credential, {
      family: 'lifecycle',
      what: `put-back/${credential}`,
      title: `${update.id}: a change by ${credential} persists, and is put back`,
      facts: [`${update.id}/success`, 'update-persists', 'refused-without-effect', 'text-whole'],
      says: 'An update persists.',
      scenario: 'put-back',
      parameters: { resource: resource.id },
      steps: [
        `the "${name}" of one is read`,
        `${update.method} ${update.path} with another: read back, it is the new one, and the rest is as it was`,
        'put back as it was, and read back',
      ],
      footprint: { update: 60 },
    }),
  );
}
