import type { Tenant } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { resourceAt } from '../mcp/resources.ts';
import type { McpCall } from '../mcp/hooks.ts';
import type { Defect } from './defect.ts';
import { isAt, mcpMust } from './mcp-hooking.ts';

/** Does an operation in whichever organization has what is asked for. */
function inEvery(where: string, exists: (tenant: Tenant, call: McpCall) => boolean): Defect['hooks'] {
  return () => ({
    mcp: {
      perform: (call, run, deployment: Deployment) => {
        if (!isAt(where, call)) return run(call);
        const owner = [...deployment.tenants.values()].find((tenant) => exists(tenant, call));
        return run(owner === undefined ? call : { ...call, tenant: owner });
      },
    },
  });
}

function holds(kind: 'runs' | 'workflows' | 'sources') {
  return (tenant: Tenant, call: McpCall): boolean => {
    const ids = [...Object.values(call.arguments).map(String), resourceAt(call.asked)?.id ?? ''];
    return ids.some((id) => tenant[kind].has(id));
  };
}

const leaks: readonly (readonly [operation: string, kind: 'runs' | 'workflows' | 'sources'])[] = [
  ['inspect_run', 'runs'],
  ['diagnose_run', 'runs'],
  ['compare_runs', 'runs'],
  ['draft_regression_workflow_from_run', 'runs'],
  ['propose_workflow_patch', 'workflows'],
  ['run_workflow_now', 'workflows'],
  ['sync_mcp_server_capabilities', 'sources'],
  ['run_trace', 'runs'],
  ['coverage', 'sources'],
];

/** Defects of organizations over MCP. */
export const mcpOrganizationDefects: readonly Defect[] = [
  ...leaks.map(([operation, kind]) => ({
    ...mcpMust(
      `leak-${operation}`,
      'mcp-isolation',
      operation,
      `${operation} takes ids of every organization.`,
      () => ({}),
    ),
    hooks: inEvery(operation, holds(kind)),
  })),
  mcpMust(
    'leak-search_runs',
    'mcp-isolation',
    'search_runs',
    'search_runs shows the runs of all organizations.',
    () => ({
      perform: (call, run, { tenants }) => {
        const value = run(call);
        if (call.operation !== 'search_runs') return value;
        const all = [...tenants.values()].flatMap((tenant) => {
          const found = run({ ...call, tenant })['runs'];
          return Array.isArray(found) ? (found as readonly unknown[]) : [];
        });
        return { ...value, runs: all };
      },
    }),
  ),
  ...(['proposal', 'apply_workflow_change'] as const).map((operation) =>
    mcpMust(
      `leak-${operation}`,
      'mcp-isolation',
      operation,
      `${operation} takes proposals of every organization.`,
      () => ({
        perform: (call, run, { tenants }) => {
          if (call.operation !== operation) return run(call);
          for (const tenant of [call.tenant, ...tenants.values()]) {
            try {
              return run({ ...call, tenant });
            } catch {
              // Of another organization, perhaps.
            }
          }
          return run(call);
        },
      }),
    ),
  ),
];
