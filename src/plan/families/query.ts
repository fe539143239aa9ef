/** What the parameters of a query do. */
import type { Contract, Operation, QueryParameter } from '../../contract/types.ts';
import type { PlanContext } from '../case.ts';
import { allowedCredentials, isRead, queryParameters } from '../request.ts';
import type { Case, Family } from '../types.ts';
import { scenario } from './scenario.ts';

/** Every documented parameter does what it says, on every item that comes back. */
export function queryCases({ contract }: PlanContext): readonly Case[] {
  return contract.operations
    .filter((operation) => isRead(operation) && !operation.keyless)
    .flatMap((operation) => {
      const credential = allowedCredentials(contract, operation)[0];
      if (credential === undefined) return [];
      return queryParameters(operation).flatMap((parameter) =>
        parameterCases(contract, operation, credential, parameter),
      );
    });
}

function parameterCases(
  contract: Contract,
  operation: Operation,
  credential: string,
  parameter: QueryParameter,
): readonly Case[] {
  const { name, values, filter } = parameter;
  const shared = { family: 'query' as Family, profile: 'read' as const, facts: [`${operation.id}?${name}`] };
  const parameters = { parameter: name };
  return [
    ...(values ?? []).map((value) =>
      scenario(contract, operation, credential, {
        ...shared,
        what: `${name}/${value}`,
        title: `${operation.id}: ${name}=${value} is accepted`,
        says: `The documented value ${value} of ${name} is accepted.`,
        scenario: 'query-value',
        parameters: { ...parameters, value },
        steps: [`${operation.method} ${operation.path}?${name}=${value}: ${operation.success.status}`],
      }),
    ),
    ...(parameter.default === undefined
      ? []
      : [
          scenario(contract, operation, credential, {
            ...shared,
            what: `${name}/default`,
            title: `${operation.id}: ${name} is ${parameter.default} where it is left out`,
            says: `The default of ${name} is ${parameter.default}.`,
            scenario: 'query-default',
            parameters,
            steps: [`without ${name}, and with ${name}=${parameter.default}: the same answer`],
          }),
        ]),
    ...(filter === undefined
      ? []
      : [
          scenario(contract, operation, credential, {
            ...shared,
            what: `${name}/filters`,
            title: `${operation.id}: ${name} does what it says on every item`,
            says: filterSays(name, filter.kind),
            scenario: `query-${filter.kind}`,
            parameters,
            steps: [
              `asked with values of ${name} that the target knows, and with one that it cannot know`,
              'every item that comes back is checked',
            ],
          }),
        ]),
  ];
}

function filterSays(name: string, kind: string): string {
  switch (kind) {
    case 'limit':
      return `No more than ${name} items come back.`;
    case 'page':
      return 'Pages do not overlap and add up to the whole list.';
    case 'window':
      return `Only what falls in the ${name} comes back, and a longer one holds a shorter one.`;
    case 'finds':
      return `What has the asked ${name} is among what comes back.`;
    case 'text':
      return 'A text that occurs nowhere finds nothing.';
    default:
      return `Every item that comes back has the asked ${name}, and none that has it is missing.`;
  }
}
