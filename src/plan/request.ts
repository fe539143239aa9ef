/** Requests of the plan: an operation, who asks, and where its ids come from. */
import type {
  Contract,
  FixedParameter,
  Operation,
  PathParameter,
  QueryParameter,
} from '../contract/types.ts';
import type { BodyPlan, JsonValue, RequestPlan } from './types.ts';

/** Where the ids in a path come from: what is listed, what the run makes, what nothing has, what another has. */
export type IdSource = 'listed' | 'made' | 'unknown' | 'foreign';

/** The path parameters of an operation. */
export function pathParameters(operation: Operation): readonly PathParameter[] {
  return operation.parameters.filter((parameter) => parameter.in === 'path');
}

/** The query parameters of an operation. */
export function queryParameters(operation: Operation): readonly QueryParameter[] {
  return operation.parameters.filter((parameter) => parameter.in === 'query');
}

/** The names of a list's page parameter and of the one for the size of a page, where it has them. */
export function pageParameters(operation: Operation): { page: string; size: string } | undefined {
  for (const { name, filter } of queryParameters(operation)) {
    if (filter?.kind === 'page') return { page: name, size: filter.size };
  }
  return undefined;
}

/** What every request of an operation has in one place, as names and values. */
function fixedIn({ fixed }: Operation, place: FixedParameter['in']): readonly (readonly [string, string])[] {
  return fixed.filter((parameter) => parameter.in === place).map(({ name, value }) => [name, value]);
}

/** A request of an operation in the documented form, with the ids of its path from the given source. */
export function requestOf(
  operation: Operation,
  credential: string,
  options: {
    readonly ids?: IdSource;
    readonly form?: string;
    readonly body?: JsonValue | BodyPlan;
    readonly query?: readonly (readonly [string, string])[];
    readonly headers?: Readonly<Record<string, string>>;
    readonly method?: string;
  } = {},
): RequestPlan {
  const {
    ids = 'listed',
    form = 'bearer',
    body,
    query = [],
    headers = {},
    method = operation.method,
  } = options;
  return {
    operation: operation.id,
    method,
    path: operation.path,
    pathValues: Object.fromEntries([
      ...fixedIn(operation, 'path'),
      ...pathParameters(operation).map(({ name, resource, state }) => [
        name,
        ids === 'listed' && state !== undefined
          ? `{{listed:${resource}:${state}}}`
          : `{{${ids}:${resource}}}`,
      ]),
    ]),
    query: [...fixedIn(operation, 'query'), ...query],
    headers: {
      ...acceptOf(operation),
      ...Object.fromEntries(fixedIn(operation, 'header').map(([name, value]) => [name.toLowerCase(), value])),
      ...headers,
    },
    presented: { credential, form },
    ...(body === undefined ? {} : { body: bodyPlanOf(operation, body) }),
  };
}

/** The media type that is asked for, where it is not application/json (RFC 9110, section 12.5.1); its errors may be of any. */
function acceptOf({ success: { media } }: Operation): { readonly accept?: string } {
  if (media === undefined) return {};
  return { accept: media === '*/*' ? media : `${media}, */*;q=0.1` };
}

function bodyPlanOf({ requestMedia }: Operation, body: JsonValue | BodyPlan): BodyPlan {
  const plan: BodyPlan = isBodyPlan(body) ? body : { kind: 'json', value: body };
  return requestMedia === undefined ? plan : { ...plan, contentType: requestMedia };
}

/** A request of an operation aimed at one resource by its id. */
export function planAt(
  operation: Operation,
  by: string,
  id: string,
  options?: Parameters<typeof requestOf>[2],
): RequestPlan {
  const parameter = pathParameters(operation).at(-1);
  const plan = requestOf(operation, by, options);
  return {
    ...plan,
    pathValues: parameter === undefined ? plan.pathValues : { ...plan.pathValues, [parameter.name]: id },
  };
}

function isBodyPlan(body: JsonValue | BodyPlan): body is BodyPlan {
  return (
    typeof body === 'object' &&
    body !== null &&
    'kind' in body &&
    (body.kind === 'json' || body.kind === 'text')
  );
}

/** The ids of the credentials of the roles that may do the operation, least first. */
export function allowedCredentials(contract: Contract, operation: Operation): readonly string[] {
  return credentialsWith(contract, operation, 'allowed');
}

/** The ids of the credentials of the roles that may not do the operation, least first. */
export function deniedCredentials(contract: Contract, operation: Operation): readonly string[] {
  return credentialsWith(contract, operation, 'denied');
}

function credentialsWith(contract: Contract, operation: Operation, decision: string): readonly string[] {
  return contract.roles.flatMap((role) =>
    operation.roles[role] === decision
      ? Object.values(contract.credentials).flatMap((credential) =>
          credential.kind === 'role' && credential.role === role ? [credential.id] : [],
        )
      : [],
  );
}

/** The ids of the credentials of all roles, least first. */
export function roleCredentials(contract: Contract): readonly string[] {
  return contract.roles.flatMap((role) =>
    Object.values(contract.credentials).flatMap(({ id, kind, role: own }) =>
      kind === 'role' && own === role ? [id] : [],
    ),
  );
}

/** The id of the first credential of a kind, if the matrix has one. */
export function credentialOfKind(contract: Contract, kind: string): string | undefined {
  return Object.values(contract.credentials).find((credential) => credential.kind === kind)?.id;
}

/** The operation of an id. Throws where the contract has none. */
export function operationOf(contract: Contract, id: string): Operation {
  const operation = contract.operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`The contract has no operation ${id}`);
  return operation;
}

/** True where the operation changes nothing. */
export function isRead(operation: Operation): boolean {
  return operation.effect === 'read';
}
