/** A case over MCP, with what such cases have in common filled in. */
import type { Contract, McpContract, McpOperation } from '../../../contract/types.ts';
import { scenarioCase, states, type PlanContext, type ScenarioFields } from '../../case.ts';
import type { Case } from '../../types.ts';

type Written = Omit<ScenarioFields, 'operation' | 'parameters' | 'scenario' | 'says' | 'keys'> & {
  readonly operation: McpOperation;
  readonly scenario: string;
  readonly keys?: readonly string[];
  readonly parameters?: ScenarioFields['parameters'];
};

/** A case of an operation over MCP; what it says is the first of its facts. None where the matrix does not state it. */
export function mcpCase(contract: Contract, fields: Written): readonly Case[] {
  const [fact = ''] = fields.facts;
  const isOwn = fact.includes('/');
  if (!isOwn && !states(contract, fact)) return [];
  const { credential } = fields;
  const keyless = credential === 'all' || credential === 'none';
  return [
    scenarioCase(contract, {
      ...fields,
      keys: fields.keys ?? (keyless ? [] : [credential]),
      says: contract.facts[fact]?.statement ?? fields.title,
      parameters: { operation: fields.operation.id, ...fields.parameters },
    }),
  ];
}

/** The second door of a plan, and its operation for the endpoint itself; undefined where the contract has none. */
export function mcpOf({
  contract,
}: PlanContext): { readonly mcp: McpContract; readonly endpoint: McpOperation } | undefined {
  const { mcp } = contract;
  const endpoint = mcp?.operations.find(({ kind }) => kind === 'endpoint');
  return mcp === undefined || endpoint === undefined ? undefined : { mcp, endpoint };
}

/** The operation of an id, where the contract has it. */
export function operationIn({ operations }: McpContract, id: string): readonly McpOperation[] {
  return operations.filter((one) => one.id === id);
}
