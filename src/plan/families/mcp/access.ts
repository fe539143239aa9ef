/** Who may do what over MCP: every role, and every tool, resource and prompt. */
import type { McpOperation } from '../../../contract/types.ts';
import type { PlanContext } from '../../case.ts';
import type { Case } from '../../types.ts';
import { mcpCase, mcpOf } from './mcp-case.ts';

/** Each role that may gets its result; each that may not is refused, and REST shows that nothing happened. */
export function mcpAccessCases(context: PlanContext): readonly Case[] {
  const found = mcpOf(context);
  if (found === undefined) return [];
  const { contract } = context;
  const keys = Object.values(contract.credentials).filter(({ kind }) => kind === 'role');
  return found.mcp.operations.flatMap((operation) =>
    keys.flatMap(({ id, role = '' }) =>
      operation.roles[role] === 'allowed'
        ? mcpCase(contract, {
            operation,
            family: 'access',
            what: id,
            title: `${operation.id}: ${id} may`,
            credential: id,
            profile: isRead(operation) ? 'read' : 'full',
            facts: factsOf(operation),
            scenario: 'mcp-allowed',
            steps: [stepOf(operation), 'its result is what it should be'],
            footprint: footprintOf(operation),
            parameters: { proposals: proposalsOf(operation) },
          })
        : mcpCase(contract, {
            operation,
            family: 'denied',
            what: id,
            title: `${operation.id}: ${id} may not`,
            credential: id,
            profile: 'full',
            facts: [`${operation.id}/roles`, 'mcp-role', 'mcp-no-effect'],
            scenario: 'mcp-denied',
            steps: [
              `${stepOf(operation)} of what the run made: refused, through any of three channels`,
              'REST shows that nothing changed',
              'the same is done for a role that may',
            ],
            footprint: deniedFootprint(operation),
            parameters: { proposals: operation.id === 'apply_workflow_change' ? 1 : 0 },
          }),
    ),
  );
}

/** A proposal can be read only once one is staged. */
function isRead({ effect, id }: McpOperation): boolean {
  return effect === 'read' && id !== 'proposal';
}

function factsOf({ id, kind }: McpOperation): readonly string[] {
  const own = [`${id}/roles`, 'mcp-same-keys'];
  switch (kind) {
    case 'tool':
      return [...own, 'mcp-result-twice', 'mcp-output-schema'];
    case 'resource':
      return [...own, 'mcp-resource'];
    case 'prompt':
      return [...own, 'mcp-prompt'];
    case 'endpoint':
      return ['mcp-same-keys'];
  }
}

function stepOf({ kind, id }: McpOperation): string {
  const verbs = { tool: 'called', resource: 'read', prompt: 'fetched', endpoint: 'opened and listed' };
  return `${id} ${verbs[kind]} with valid arguments`;
}

/** The workflow that is worked on is made once for the cases of access. */
const ownWorkflow = { create: 1, archive: 1 } as const;

function footprintOf(operation: McpOperation): Case['footprint'] {
  if (isRead(operation)) return {};
  switch (operation.id) {
    case 'apply_workflow_change':
      return { ...ownWorkflow, create: 2, update: 1 };
    case 'draft_regression_workflow_from_run':
      return { create: 1 };
    case 'sync_mcp_server_capabilities':
      return { update: 1 };
    case 'run_workflow_now':
      return { ...ownWorkflow, dispatch: 1 };
    default:
      return { ...ownWorkflow, create: 2 };
  }
}

/** Once refused and once by a role that may; a dispatch up to three times, for a run may appear by itself. */
function deniedFootprint({ effect, id }: McpOperation): Case['footprint'] {
  if (effect === 'dispatch') return { ...ownWorkflow, dispatch: 4 };
  return id === 'apply_workflow_change' ? { ...ownWorkflow, create: 2, update: 2 } : { update: 2 };
}

/** How many proposals a case stages. */
function proposalsOf({ id }: McpOperation): number {
  const staging = [
    'propose_workflow_patch',
    'draft_regression_workflow_from_run',
    'apply_workflow_change',
    'proposal',
  ];
  return staging.includes(id) ? 1 : 0;
}
