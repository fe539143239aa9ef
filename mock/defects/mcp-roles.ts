import type { Defect } from './defect.ts';
import { mcpMust } from './mcp-hooking.ts';

const roles = ['viewer', 'editor', 'admin', 'owner'] as const;

/** The tools with the least role that may call them. */
const tools: readonly (readonly [tool: string, least: (typeof roles)[number]])[] = [
  ['search_runs', 'viewer'],
  ['inspect_run', 'viewer'],
  ['diagnose_run', 'viewer'],
  ['organization_health', 'viewer'],
  ['propose_workflow_patch', 'viewer'],
  ['draft_regression_workflow_from_run', 'viewer'],
  ['apply_workflow_change', 'editor'],
  ['run_workflow_now', 'editor'],
  ['compare_runs', 'viewer'],
  ['sync_mcp_server_capabilities', 'admin'],
];

/** Each cell of tool and role the wrong way round. */
const cells: readonly Defect[] = tools.flatMap(([tool, least]) =>
  roles.map((role) => {
    const may = roles.indexOf(role) >= roles.indexOf(least);
    return mcpMust(
      may ? `role-${role}-refused-${tool}` : `role-${role}-may-${tool}`,
      `${tool}/roles`,
      tool,
      may ? `The role ${role} is refused ${tool}, which it may call.` : `The role ${role} may call ${tool}.`,
      () => ({
        allows: (operation, asked, allowed) => (operation === tool && asked === role ? !may : allowed),
      }),
    );
  }),
);

const reads = ['models', 'workflow_schema', 'run_trace', 'proposal', 'coverage'] as const;
const prompts = ['repair_failing_workflow', 'design_workflow_suite'] as const;

/** Each resource and prompt refused to one role. */
const refusedReads: readonly Defect[] = [...reads, ...prompts].flatMap((operation) =>
  (['viewer', 'editor'] as const).map((role) =>
    mcpMust(
      `role-${role}-refused-${operation}`,
      `${operation}/roles`,
      operation,
      `The role ${role} is refused ${operation}, which every role may have.`,
      () => ({
        allows: (asked, by, allowed) => (asked === operation && by === role ? false : allowed),
      }),
    ),
  ),
);

const writes = ['apply_workflow_change', 'run_workflow_now'] as const;

/** What is refused is done all the same. */
const effects: readonly Defect[] = writes.map((tool) =>
  mcpMust(
    `refused-and-done-${tool}`,
    'mcp-no-effect',
    tool,
    `${tool} is refused below the role and done all the same.`,
    () => ({
      refused: (call, run) => {
        if (call.operation === tool) run(call);
      },
    }),
  ),
);

/** Defects of roles over MCP. */
export const mcpRoleDefects: readonly Defect[] = [
  ...cells,
  ...refusedReads,
  ...effects,
  mcpMust('role-not-enforced', 'mcp-role', '*', 'No role is ever refused.', () => ({
    allows: (operation, _role, allowed) => allowed || operation !== 'secrets',
  })),
  mcpMust('role-401', 'mcp-role', '*', 'A role that is too low is HTTP 401.', () => ({
    async response(arrival, response) {
      if (arrival.method !== 'tools/call') return response;
      const text = await response.clone().text();
      return text.includes('forbidden_role') ? new Response(null, { status: 401 }) : response;
    },
  })),
];
