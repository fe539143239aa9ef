/** Methods that are not documented for a path never succeed; odd ids and odd query values never break the target. */
import type { Contract, Operation } from '../../contract/types.ts';
import { exchangeCase, states, type PlanContext } from '../case.ts';
import {
  allowedCredentials,
  isRead,
  pathParameters,
  queryParameters,
  requestOf,
  roleCredentials,
} from '../request.ts';
import type { Case } from '../types.ts';

/** HEAD and OPTIONS are exempt: RFC 9110 and CORS give them a meaning everywhere. */
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Each method on each documented path that is not documented for it: a 4xx, and nothing changed. */
export function methodCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  if (!states(contract, 'method-undocumented')) return [];
  const paths = [...new Set(contract.operations.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const operations = contract.operations.filter((operation) => operation.path === path);
    const documented = new Set<string>(operations.map(({ method }) => method));
    const [operation] = operations;
    if (operation === undefined) return [];
    return methods
      .filter((method) => !documented.has(method))
      .flatMap((method) => [
        methodCase(context, operation, method, true),
        methodCase(context, operation, method, false),
      ]);
  });
}

function methodCase(
  { contract }: PlanContext,
  operation: Operation,
  method: string,
  authenticated: boolean,
): Case {
  const credential = roleCredentials(contract).at(-1) ?? 'none';
  const reads = method === 'GET';
  const resource = contract.resources[pathParameters(operation).at(-1)?.resource ?? ''];
  const made = authenticated && resource?.create !== undefined && resource.read !== undefined;
  return exchangeCase(contract, {
    operation,
    family: 'method',
    what: authenticated ? method : `${method}/no-key`,
    title: `${method} ${operation.path} is not documented and ${authenticated ? 'does not succeed' : 'does not succeed without a key either'}`,
    credential: authenticated ? credential : 'none',
    profile: reads ? 'read' : authenticated ? 'full' : 'guarded',
    facts: ['method-undocumented', 'method-allow'],
    keys: authenticated ? [credential] : [],
    says: 'A documented path refuses a method that is not documented for it with a 4xx.',
    request: requestOf(operation, authenticated ? credential : 'none', {
      form: authenticated ? 'bearer' : 'none',
      ids: !authenticated ? 'unknown' : reads ? 'listed' : made ? 'made' : 'unknown',
      method,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
    }),
    about: 'method',
    ...(made && !reads && resource !== undefined
      ? { proof: { kind: 'unchanged' as const, resource: resource.id } }
      : {}),
  });
}

const oddIds: Readonly<Record<string, string>> = {
  long: 'x'.repeat(2000),
  unicode: 'ünïcödé-日本語-🦊',
  slash: 'a/b',
  'dots-encoded': '..%2f..%2f',
  nul: 'a\u0000b',
  sql: "1' OR '1'='1' --",
  template: '${7*7}{{7*7}}',
  percent: '%',
  space: ' ',
  quote: '"',
  null: 'null',
  undefined: 'undefined',
  zero: '0',
  negative: '-1',
  star: '*',
  proto: '__proto__',
  constructor: 'constructor',
};

/** Ids of odd forms: whatever they are, nothing has them, so a 4xx; and never a 5xx. */
export function oddIdCases({ contract }: PlanContext): readonly Case[] {
  if (!states(contract, 'no-server-error')) return [];
  return contract.operations
    .filter((operation) => isRead(operation) && pathParameters(operation).length > 0)
    .flatMap((operation) => {
      const credential = allowedCredentials(contract, operation)[0];
      if (credential === undefined) return [];
      return Object.entries(oddIds).map(([id, value]) => {
        const request = requestOf(operation, credential, { ids: 'unknown' });
        return exchangeCase(contract, {
          operation,
          family: 'robustness',
          what: `id/${id}`,
          title: `${operation.id}: an id of an odd form (${id}) is refused, not stumbled over`,
          credential,
          profile: 'read',
          facts: ['not-found', 'no-server-error'],
          keys: [credential],
          says: 'An id that nothing has is refused, whatever its form.',
          request: {
            ...request,
            pathValues: {
              ...request.pathValues,
              ...Object.fromEntries(pathParameters(operation).map(({ name }) => [name, value])),
            },
          },
          hints: { id: 'odd' },
        });
      });
    });
}

const oddValues: Readonly<Record<string, string>> = {
  unknown: 'not-a-documented-value',
  empty: '',
  negative: '-1',
  zero: '0',
  huge: '999999999999999999999',
  fraction: '1.5',
  long: 'x'.repeat(1500),
  unicode: 'ünïcödé-日本語-🦊',
  nul: 'a\u0000b',
  sql: "' OR 1=1 --",
  pattern: '(((((a+)+)+)+)+)$[',
  json: '{"$ne":null}',
};

/** Odd values of each query parameter, and parameters that are not documented: a 2xx or a 4xx, never a 5xx. */
export function oddQueryCases({ contract }: PlanContext): readonly Case[] {
  if (!states(contract, 'query-unknown-value')) return [];
  return contract.operations.filter(isRead).flatMap((operation) => {
    const credential = operation.keyless ? 'none' : allowedCredentials(contract, operation)[0];
    if (credential === undefined) return [];
    const parameters = queryParameters(operation).flatMap(({ name }) =>
      Object.entries(oddValues).map(([id, value]) => ({
        id: `${name}/${id}`,
        query: [[name, value]] as const,
      })),
    );
    const unknown = { id: 'unknown-parameter', query: [['x-unknown', '1']] as const };
    const repeated = queryParameters(operation).map(({ name }) => ({
      id: `${name}/repeated`,
      query: [
        [name, 'a'],
        [name, 'b'],
      ] as const,
    }));
    const nested = queryParameters(operation).map(({ name }) => ({
      id: `${name}/nested`,
      query: [[`${name}[x]`, '1']] as const,
    }));
    return [...parameters, ...repeated, ...nested, unknown].map(({ id, query }) =>
      oddQueryCase(contract, operation, credential, id, query),
    );
  });
}

function oddQueryCase(
  contract: Contract,
  operation: Operation,
  credential: string,
  id: string,
  query: readonly (readonly [string, string])[],
): Case {
  return exchangeCase(contract, {
    operation,
    family: 'robustness',
    what: `query/${id}`,
    title: `${operation.id}: an odd query (${id}) is taken or refused, but answered`,
    credential,
    profile: 'read',
    facts: ['query-unknown-value', 'no-server-error', `${operation.id}/success`],
    keys: credential === 'none' ? [] : [credential],
    says: 'A query that the documentation does not list gets a 2xx or a 4xx.',
    request: requestOf(operation, credential, { query, form: credential === 'none' ? 'none' : 'bearer' }),
    hints: { query: 'open' },
  });
}
