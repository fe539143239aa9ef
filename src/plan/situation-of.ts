/** The situation of a planned request, read off the request itself. Pure. */
import { isObject } from '../check/members.ts';
import type { Contract, JsonSchema, Operation } from '../contract/types.ts';
import type { Asker, BodyState, IdState, Situation } from '../oracle/situation.ts';
import { badForm } from './credential-forms.ts';
import { operationOf, pathParameters } from './request.ts';
import { typesOf, type SchemaMember } from './schema-view.ts';
import type { RequestPlan } from './types.ts';
import { requestMembers, resourceWritten } from './valid-body.ts';

/** What cannot be read off a request: that its body was broken on purpose, that its id is archived … */
export interface SituationHints {
  readonly body?: BodyState;
  readonly query?: 'open';
  readonly id?: IdState;
  readonly replay?: true;
}

/** Parts of a request of so many characters may meet a limit that stands before the key is looked at. */
const largeFrom = 1000;

/**
 * The situation that a request of the plan is in. The id, the credential, the references and the free objects in the
 * body tell of themselves; what a case broke on purpose is given as a hint. What only the target knows (the role of
 * another organization's key, whether an organization has a feature) is left open: see `resolved` of the run.
 */
export function situationOf(contract: Contract, request: RequestPlan, hints: SituationHints = {}): Situation {
  const operation = operationOf(contract, request.operation);
  const asker = askerOf(contract, operation, request);
  const id = hints.id ?? idState(operation, request, asker);
  const body = hints.body ?? bodyState(contract, operation, request);
  const reference = referenceState(contract, operation, request, asker);
  return {
    operation: operation.id,
    method: methodState(operation, request),
    asker,
    ...(id === undefined ? {} : { id }),
    ...(body === undefined ? {} : { body }),
    query: hints.query ?? 'documented',
    ...(reference === undefined ? {} : { reference }),
    ...(operation.feature === undefined ? {} : { feature: asker.kind === 'role' ? 'on' : 'unknown' }),
    replay: hints.replay === true,
    large: isLarge(request),
  };
}

function methodState({ method }: Operation, request: RequestPlan): Situation['method'] {
  if (request.method === method) return 'documented';
  return request.method === 'HEAD' || request.method === 'OPTIONS' ? 'exempt' : 'undocumented';
}

function askerOf(contract: Contract, operation: Operation, { presented }: RequestPlan): Asker {
  const credential = contract.credentials[presented.credential];
  const bad = presented.form === 'none' || badForm(presented.form) !== undefined;
  if (bad || credential === undefined || credential.kind === 'revoked')
    return operation.keyless ? { kind: 'other' } : { kind: 'bad' };
  return credential.role === undefined ? { kind: 'other' } : { kind: 'role', role: credential.role };
}

/** An id that the role keys list is another organization's to the key of another organization. */
function idState(operation: Operation, { pathValues }: RequestPlan, asker: Asker): IdState | undefined {
  const states = pathParameters(operation).map(({ name }): IdState => {
    const [, source] = /^\{\{(listed|made|unknown|foreign):/.exec(pathValues[name] ?? '') ?? [];
    if (source === 'unknown' || source === 'foreign') return source;
    return asker.kind === 'other' ? 'foreign' : source === 'listed' ? 'listed' : 'made';
  });
  return states.find((state) => state === 'unknown' || state === 'foreign') ?? states[0];
}

function bodyState(contract: Contract, operation: Operation, { body }: RequestPlan): BodyState | undefined {
  if (operation.request === undefined) return undefined;
  const members = requestMembers(contract, operation);
  if (body === undefined) return members.some(({ required }) => required) ? 'broken' : 'open';
  if (body.kind === 'text' || !isObject(body.value)) return 'broken';
  const schedule = resourceWritten(contract, operation)?.schedule;
  const given = new Map<string, unknown>(Object.entries(body.value));
  return members.some((member) => isLeftOpen(member, given.get(member.name), schedule)) ? 'open' : 'valid';
}

/** An empty object is as documented; what is in one, and what a schedule is made of, is not. */
function isLeftOpen({ name, schema }: SchemaMember, value: unknown, schedule: string | undefined): boolean {
  if (!typesOf(schema).includes('object') || !isObject(value)) return false;
  return name === schedule || Object.keys(value).length > 0;
}

/** A member that refers to something has a made-up value, unless it stands for an id of the target. */
function referenceState(
  contract: Contract,
  operation: Operation,
  { body }: RequestPlan,
  asker: Asker,
): Situation['reference'] {
  if (operation.request === undefined || body?.kind !== 'json' || !isObject(body.value)) return undefined;
  const given = new Map<string, unknown>(Object.entries(body.value));
  const states = requestMembers(contract, operation).flatMap(({ name, schema }) => {
    const refers = schema['x-resource'] !== undefined || schema['x-reference'] === true;
    return refers ? [stateOfReference(given.get(name), schema, asker)] : [];
  });
  return gravest(states);
}

/** What is of another type than documented makes the body invalid, as an empty text does: it is not looked up. */
function stateOfReference(value: unknown, schema: JsonSchema, asker: Asker): Situation['reference'] {
  const types = typesOf(schema);
  if (Array.isArray(value) && types.includes('array')) {
    const items: JsonSchema = isObject(schema['items']) ? schema['items'] : {};
    return gravest(value.map((one) => stateOfReference(one, items, asker)));
  }
  // Which members of an object refer to something is not said.
  if (isObject(value) && types.includes('object'))
    return gravest(Object.values(value).map((one) => stateOfText(one, asker)));
  return types.includes('string') ? stateOfText(value, asker) : undefined;
}

function stateOfText(value: unknown, asker: Asker): Situation['reference'] {
  if (typeof value !== 'string' || value === '') return undefined;
  if (value.startsWith('{{foreign:')) return 'foreign';
  if (!/^\{\{(listed|made):/.test(value)) return 'unknown';
  return asker.kind === 'other' ? 'foreign' : undefined;
}

function gravest(states: readonly Situation['reference'][]): Situation['reference'] {
  return states.find((state) => state === 'foreign') ?? states.find((state) => state !== undefined);
}

function isLarge({ path, pathValues, query, headers, body }: RequestPlan): boolean {
  const address = [path, ...Object.values(pathValues), ...query.flat()].join('');
  const size =
    body === undefined ? 0 : (body.kind === 'text' ? body.text : JSON.stringify(body.value)).length;
  return address.length > largeFrom || Object.values(headers).join('').length > largeFrom || size > 65_536;
}
