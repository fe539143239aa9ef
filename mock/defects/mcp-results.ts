import { objectOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Defect } from './defect.ts';
import { omit } from './hooking.ts';
import { bodies, entry, inputs, listed, mcpMust, mcpShould, results, rows, values } from './mcp-hooking.ts';

const tools = [
  'search_runs',
  'inspect_run',
  'diagnose_run',
  'organization_health',
  'propose_workflow_patch',
  'draft_regression_workflow_from_run',
  'apply_workflow_change',
  'run_workflow_now',
  'compare_runs',
  'sync_mcp_server_capabilities',
] as const;

/** Each tool that tells its result once. */
const once: readonly Defect[] = tools.map((tool) =>
  mcpMust(
    `result-no-structure-${tool}`,
    'mcp-result-twice',
    tool,
    `${tool} has no structuredContent.`,
    results(tool, (result) => omit(result, 'structuredContent')),
  ),
);

const apart: readonly Defect[] = (['search_runs', 'inspect_run', 'apply_workflow_change'] as const).flatMap(
  (tool) => [
    mcpMust(
      `result-text-prose-${tool}`,
      'mcp-result-twice',
      tool,
      `The text of the result of ${tool} is prose.`,
      results(tool, (result) => ({ ...result, content: [{ type: 'text', text: 'Done.' }] })),
    ),
    mcpMust(
      `result-text-other-${tool}`,
      'mcp-result-twice',
      tool,
      `The text of the result of ${tool} says something else.`,
      results(tool, (result) => ({ ...result, content: [{ type: 'text', text: '{"ok":true}' }] })),
    ),
    mcpMust(
      `result-no-content-${tool}`,
      'mcp-result-twice',
      tool,
      `The result of ${tool} has no content.`,
      results(tool, (result) => ({ ...result, content: [] })),
    ),
  ],
);

/** Each tool that is not in the list of one role that may call it. */
const unlisted: readonly Defect[] = tools.map((tool, index) => {
  const role = (['admin', 'owner'] as const)[index % 2] ?? 'owner';
  const name = tool === 'organization_health' ? 'get_organization_health' : tool;
  return mcpMust(
    `unlisted-${tool}`,
    'mcp-listed',
    'endpoint',
    `${tool} is not in the list of ${role}.`,
    listed('tools/list', (items, by) =>
      by === role ? items.filter((item) => item['name'] !== name) : items,
    ),
  );
});

const reading = ['search_runs', 'inspect_run', 'diagnose_run', 'get_organization_health'] as const;

const annotations: readonly Defect[] = [
  ...reading.flatMap((tool) => [
    mcpMust(
      `hint-writes-${tool}`,
      'mcp-annotations',
      'endpoint',
      `${tool} does not say that it only reads.`,
      entry(tool, (item) => ({ ...item, annotations: { openWorldHint: false } })),
    ),
    mcpMust(
      `hint-open-${tool}`,
      'mcp-annotations',
      'endpoint',
      `${tool} says that it reaches an open world.`,
      entry(tool, (item) => ({ ...item, annotations: { readOnlyHint: true, openWorldHint: true } })),
    ),
  ]),
  mcpMust(
    'hint-run-reads',
    'mcp-annotations',
    'endpoint',
    'run_workflow_now says that it only reads.',
    entry('run_workflow_now', (item) => ({ ...item, annotations: { readOnlyHint: true } })),
  ),
  mcpMust(
    'hint-run-harmless',
    'mcp-annotations',
    'endpoint',
    'run_workflow_now says that it is not destructive.',
    entry('run_workflow_now', (item) => ({ ...item, annotations: { destructiveHint: false } })),
  ),
  mcpMust(
    'hint-run-closed',
    'mcp-annotations',
    'endpoint',
    'run_workflow_now says that its world is closed.',
    entry('run_workflow_now', (item) => ({ ...item, annotations: { openWorldHint: false } })),
  ),
];

function withoutTelemetry(item: JsonObject): JsonObject {
  const schema = objectOf(item['inputSchema']);
  return {
    ...item,
    inputSchema: { ...schema, properties: omit(objectOf(schema['properties']), 'telemetry') },
  };
}

const telemetry: readonly Defect[] = [
  mcpMust(
    'telemetry-missing',
    'mcp-telemetry',
    'endpoint',
    'No tool takes telemetry.',
    entry('*', withoutTelemetry),
  ),
  mcpMust(
    'telemetry-missing-search_runs',
    'mcp-telemetry',
    'endpoint',
    'search_runs takes no telemetry.',
    entry('search_runs', withoutTelemetry),
  ),
  mcpMust(
    'telemetry-text',
    'mcp-telemetry',
    'endpoint',
    'telemetry is a text.',
    entry('*', (item) => {
      const schema = objectOf(item['inputSchema']);
      return {
        ...item,
        inputSchema: {
          ...schema,
          properties: { ...objectOf(schema['properties']), telemetry: { type: 'string' } },
        },
      };
    }),
  ),
  mcpMust(
    'telemetry-required',
    'mcp-telemetry',
    'endpoint',
    'inspect_run requires telemetry.',
    entry('inspect_run', (item) => {
      const schema = objectOf(item['inputSchema']);
      return { ...item, inputSchema: { ...schema, required: ['telemetry'] } };
    }),
  ),
  mcpMust(
    'telemetry-counts',
    'mcp-telemetry',
    'inspect_run',
    'With telemetry a run is shown in short.',
    values('inspect_run', (value, call) =>
      call.arguments['telemetry'] === undefined ? value : { id: value['id'] },
    ),
  ),
];

const filters: readonly Defect[] = (['limit', 'status', 'workflowId', 'before', 'after'] as const).map(
  (name) =>
    mcpMust(
      `filter-${name}-ignored`,
      'mcp-filter',
      'search_runs',
      `search_runs ignores ${name}.`,
      inputs('search_runs', (args) => omit(args, name)),
    ),
);

const listings: readonly Defect[] = [
  mcpMust(
    'prompt-unlisted-repair',
    'mcp-prompt',
    'endpoint',
    'The prompt that repairs is in no list.',
    listed('prompts/list', (items) => items.filter(({ name }) => name !== 'repair_failing_workflow')),
  ),
  mcpMust(
    'prompt-unlisted-design',
    'mcp-prompt',
    'endpoint',
    'The prompt that designs is not in the list of a viewer.',
    listed('prompts/list', (items, role) =>
      role === 'viewer' ? items.filter(({ name }) => name !== 'design_workflow_suite') : items,
    ),
  ),
  mcpShould(
    'tool-named-twice',
    'mcp-transport',
    'endpoint',
    'A tool is listed twice.',
    listed('tools/list', (items) => [...items, ...items.slice(0, 1)]),
  ),
  mcpShould(
    'tool-schema-array',
    'mcp-transport',
    'endpoint',
    'The inputSchema of a tool is broken.',
    entry('compare_runs', (item) => ({
      ...item,
      inputSchema: {
        type: 'object',
        properties: { telemetry: { type: 'object' }, leftRunId: { type: 'texts' } },
      },
    })),
  ),
  mcpShould(
    'output-schema-broken',
    'mcp-output-schema',
    'search_runs',
    'The result of search_runs breaks its outputSchema.',
    entry('search_runs', (item) => ({ ...item, outputSchema: { type: 'object', required: ['total'] } })),
  ),
  mcpShould(
    'json-rpc-version',
    'mcp-json-rpc',
    'endpoint',
    'Answers are of JSON-RPC 1.',
    bodies('*', (body) => ({ ...body, jsonrpc: '1.0' })),
  ),
  mcpShould(
    'json-rpc-id',
    'mcp-json-rpc',
    'endpoint',
    'Answers have the id 0.',
    bodies('tools/call', (body) => ({ ...body, id: 0 })),
  ),
];

const others: readonly Defect[] = [
  mcpMust(
    'search-too-many',
    'mcp-filter',
    'search_runs',
    'search_runs gives more than 20 rows without a limit.',
    inputs('search_runs', (args) => ({ limit: 100, ...args })),
  ),
  mcpMust(
    'search-limit-and-one',
    'mcp-filter',
    'search_runs',
    'search_runs gives one row more than the limit.',
    inputs('search_runs', (args) => ({
      ...args,
      ...(typeof args['limit'] === 'number' ? { limit: args['limit'] + 1 } : {}),
    })),
  ),
  mcpMust(
    'search-lacks-new',
    'mcp-dispatch',
    'search_runs',
    'search_runs does not show runs that were dispatched over REST.',
    rows((runs) =>
      runs.filter(
        ({ trigger, startedAt }) =>
          trigger !== 'manual' || Date.parse(String(startedAt)) < Date.now() - 3_600_000,
      ),
    ),
  ),
  mcpMust(
    'inspect-other-status',
    'mcp-dispatch',
    'inspect_run',
    'inspect_run says pass of every run.',
    values('inspect_run', (value) => ({ ...value, status: 'partial' })),
  ),
];

/** Defects of what calls and lists give. */
export const mcpResultDefects: readonly Defect[] = [
  ...once,
  ...apart,
  ...unlisted,
  ...annotations,
  ...telemetry,
  ...filters,
  ...listings,
  ...others,
];
