/** The resources: what each URI holds. */
import { testerModels } from '../data/catalogue.ts';
import type { JsonObject } from '../data/model.ts';
import { traceRecord } from '../operations/run-record.ts';
import { diffOf, proposalOf } from './proposals.ts';
import { missing, runOf, type ToolContext } from './tools.ts';

export interface McpResource {
  /** The operation of the contract. */
  readonly operation: string;
  readonly name: string;
  readonly about: string;
  /** With `{id}` where it is a template. */
  readonly uri: string;
  readonly read: (id: string, context: ToolContext) => JsonObject;
}

const text = { type: 'string' };

export const resources: readonly McpResource[] = [
  {
    operation: 'models',
    name: 'models',
    about: 'The catalog of models.',
    uri: 'armature://catalog/models',
    read: () => ({
      models: testerModels.map((identifier) => ({
        identifier,
        displayName: identifier,
        provider: 'example',
      })),
    }),
  },
  {
    operation: 'workflow_schema',
    name: 'workflow-schema',
    about: 'The JSON Schema of a workflow.',
    uri: 'armature://schemas/workflow',
    read: () => ({
      type: 'object',
      properties: {
        name: text,
        description: text,
        model: text,
        prompt: text,
        schedule: { type: ['object', 'null'] },
        toolPolicy: { type: 'object', properties: { allowed_tools: { type: 'array', items: text } } },
        criteria: { type: 'array', items: { type: 'object', properties: { position: { type: 'integer' } } } },
      },
      required: ['name', 'prompt'],
    }),
  },
  {
    operation: 'run_trace',
    name: 'run-trace',
    about: 'The trace of a run.',
    uri: 'armature://runs/{id}/trace',
    read: (id, context) => traceRecord(runOf(context, id), context.deployment),
  },
  {
    operation: 'proposal',
    name: 'workflow-change-proposal',
    about: 'A staged proposal with its diff.',
    uri: 'armature://workflow-change-proposals/{id}',
    read: (id, { tenant }) => {
      const proposal = proposalOf(tenant, id);
      const { workflowId = null, rationale, applied } = proposal;
      return { proposalId: proposal.id, workflowId, rationale, applied, diff: diffOf(proposal, tenant) };
    },
  },
  {
    operation: 'coverage',
    name: 'coverage-report',
    about: 'The coverage report of a source: covered and uncovered tools.',
    uri: 'armature://mcp-servers/{id}/coverage',
    read: (id, { tenant }) => {
      if (!tenant.sources.has(id)) throw missing('source', 'not_found');
      return { mcpServerId: id, covered: [], uncovered: [], window: { runs: 50 } };
    },
  },
];

/** The resource that a URI names, with the id in it; undefined where it names none. */
export function resourceAt(uri: string): { resource: McpResource; id: string } | undefined {
  for (const resource of resources) {
    const [before = '', after] = resource.uri.split('{id}');
    if (after === undefined) {
      if (uri === before) return { resource, id: '' };
      continue;
    }
    if (!uri.startsWith(before) || !uri.endsWith(after)) continue;
    const id = uri.slice(before.length, uri.length - after.length);
    if (id !== '' && !/[/?#]/.test(id)) return { resource, id: decodeURIComponent(id) };
  }
  return undefined;
}
