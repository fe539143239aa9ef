/** What the documentation makes invalid is 400 and leaves nothing behind; what it leaves open is no 5xx. */
import type { Contract, Operation } from '../../contract/types.ts';
import { exchangeCase, states, type PlanContext } from '../case.ts';
import { invalidBodies, type InvalidBody } from '../invalid-body.ts';
import { allowedCredentials, pathParameters, requestOf } from '../request.ts';
import type { BodyPlan, Case } from '../types.ts';
import { changesUnseen, controlOfRefusal } from '../unseen-change.ts';
import { freeTexts, requestMembers, resourceWritten, validBody, type JsonRecord } from '../valid-body.ts';
import { proofOf, writeTarget } from './access.ts';

/** A body for an operation whose every text bears the marker, so that whatever is written can be found again. */
function markedBody(
  { contract, seed }: PlanContext,
  operation: Operation,
  salt: 'validation' | 'odd',
): JsonRecord {
  const valid = validBody(contract, operation, seed, `${salt}/${operation.id}`);
  const text = freeTexts(contract, operation).find(({ name }) => !(name in valid));
  const resource = resourceWritten(contract, operation);
  // An unchanging body stays as it is: what it aims at was not made by the run.
  if (text === undefined || resource?.unchanging !== undefined || operation.effect === 'dispatch')
    return valid;
  return { ...valid, [text.name]: `{{marker}} ${text.name}` };
}

/** Bodies that can hardly make anything even on a target that takes them: they may be sent in `guarded`. */
function isHarmless({ id }: InvalidBody): boolean {
  return id.startsWith('body/') && id !== 'body/array-of-it';
}

/** Each request body that a documented rule makes invalid: 400, and nothing written. */
export function validationCases(context: PlanContext): readonly Case[] {
  const { contract, profile } = context;
  return contract.operations.flatMap((operation) => {
    const credential = allowedCredentials(contract, operation)[0];
    if (operation.request === undefined || credential === undefined || !operation.errors.includes('invalid'))
      return [];
    const proof = proofOf(contract, operation);
    return invalidBodies(contract, operation, markedBody(context, operation, 'validation')).map((invalid) => {
      const harmless = isHarmless(invalid) && pathParameters(operation).length === 0;
      const proven =
        profile !== 'full'
          ? undefined
          : proof?.kind === 'unchanged'
            ? { ...proof, recordOnly: true as const }
            : proof;
      return exchangeCase(contract, {
        operation,
        family: 'validation',
        what: invalid.id,
        title: `${operation.id}: a request ${invalid.title} is refused`,
        credential,
        profile: harmless ? 'guarded' : 'full',
        facts: [`${operation.id}/request`, ...(proven === undefined ? [] : ['refused-without-effect'])],
        keys: [credential],
        says: `A request ${invalid.title} is invalid: 400.`,
        request: requestOf(operation, credential, {
          ids: writeTarget(contract, operation),
          body: invalid.body,
        }),
        hints: { body: 'broken' },
        about: 'body',
        ...(harmless && (profile !== 'full' || changesUnseen(contract, operation))
          ? { control: controlOfRefusal(context, operation) }
          : { control: 'same-request' as const }),
        ...(proven === undefined ? {} : { proof: proven }),
      });
    });
  });
}

interface OddBody {
  readonly id: string;
  readonly title: string;
  readonly body: BodyPlan;
}

/** Bodies that look odd but that no documented rule forbids: taken or refused, but never a 5xx. */
export function oddBodyCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'no-server-error')) return [];
  return contract.operations.flatMap((operation) => {
    const credential = allowedCredentials(contract, operation)[0];
    if (operation.request === undefined || credential === undefined) return [];
    return oddBodies(context, operation).map(({ id, title, body }) =>
      exchangeCase(contract, {
        operation,
        family: 'robustness',
        what: `body/${id}`,
        title: `${operation.id}: a request ${title} is taken or refused, but answered`,
        credential,
        profile: 'full',
        facts: ['no-server-error'],
        keys: [credential],
        says: 'What the documentation leaves open gets a 2xx or a 4xx.',
        request: requestOf(operation, credential, { ids: writeTarget(contract, operation), body }),
        hints: { body: 'open' },
      }),
    );
  });
}

function oddBodies(context: PlanContext, operation: Operation): readonly OddBody[] {
  const { contract } = context;
  // Marked twice: what is made with an odd name is told by another text.
  const valid = markedBody(context, operation, 'odd');
  const resource = resourceWritten(contract, operation);
  // What stays for good is made as seldom as can be.
  const permanent = operation.effect === 'create' && resource?.cleanup === 'never';
  const unknownMember = {
    id: 'unknown-member',
    title: 'with a member that is not documented',
    body: json({ ...valid, 'x-unknown': { deep: [1, null] } }),
  };
  if (permanent || resource?.unchanging !== undefined) return [unknownMember];
  return [
    unknownMember,
    ...nullOptionals(contract, operation, valid)
      .map(json)
      .map((body, index) => ({
        id: `null-optional-${index}`,
        title: 'with null for the optional members',
        body,
      })),
    ...freeTexts(contract, operation)
      .slice(0, 4)
      .flatMap(({ name }) => [
        {
          id: `${name}/empty`,
          title: `with an empty text at "${name}"`,
          body: json({ ...valid, [name]: '' }),
        },
        {
          id: `${name}/long`,
          title: `with 20,000 characters at "${name}"`,
          body: json({ ...valid, [name]: `{{marker}} ${'long '.repeat(4000)}` }),
        },
        {
          id: `${name}/surrogate`,
          title: `with half a surrogate pair at "${name}"`,
          body: json({ ...valid, [name]: '{{marker}} \ud800' }),
        },
        {
          id: `${name}/control`,
          title: `with control characters at "${name}"`,
          body: json({ ...valid, [name]: `{{marker}} \u0000\u0007\u001b[31m\r\n` }),
        },
      ]),
    ...referenceMembers(contract, operation).map((name) => ({
      id: `${name}/unknown-reference`,
      title: `with a reference at "${name}" to something that does not exist`,
      body: json({ ...valid, [name]: 'conformance-nothing-has-this-id' }),
    })),
    {
      id: 'text-plain',
      title: 'with the content type text/plain',
      body: { kind: 'text', text: JSON.stringify(valid), contentType: 'text/plain' },
    },
    {
      id: 'form',
      title: 'with a form as its body',
      body: {
        kind: 'text',
        text: 'name={{marker}}&testerPrompt=y',
        contentType: 'application/x-www-form-urlencoded',
      },
    },
    {
      id: 'deep',
      title: 'with a body nested a thousand deep',
      body: {
        kind: 'text',
        text: `{"x":${'['.repeat(1000)}${']'.repeat(1000)}}`,
        contentType: 'application/json',
      },
    },
    {
      id: 'double-member',
      title: 'with the same member twice',
      body: { kind: 'text', text: '{"reason":"a","reason":"b"}', contentType: 'application/json' },
    },
    {
      id: 'proto',
      title: 'with the member __proto__',
      body: {
        kind: 'text',
        text: '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
        contentType: 'application/json',
      },
    },
  ];
}

function json(value: JsonRecord): BodyPlan {
  return { kind: 'json', value };
}

function nullOptionals(contract: Contract, operation: Operation, valid: JsonRecord): readonly JsonRecord[] {
  const optional = requestMembers(contract, operation).filter(({ required }) => !required);
  if (optional.length === 0) return [];
  return [{ ...valid, ...Object.fromEntries(optional.map(({ name }) => [name, null])) }];
}

function referenceMembers(contract: Contract, operation: Operation): readonly string[] {
  return requestMembers(contract, operation)
    .filter(
      ({ schema }) =>
        schema['x-resource'] !== undefined || (schema['x-reference'] === true && schema['type'] !== 'array'),
    )
    .map(({ name }) => name);
}
