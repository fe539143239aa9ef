/** The lists of tools, resources and prompts, page by page. */
import type { JsonObject } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { KeyRecord } from '../keys/mint.ts';
import { mayDo } from './carry-out.ts';
import { McpFailure } from './failure.ts';
import { promptsOf } from './prompts.ts';
import { resources } from './resources.ts';
import { toolsOf } from './tools.ts';

const pageSizes = { all: Number.POSITIVE_INFINITY, three: 3 } as const;

/** A page of a list, and the cursor of the next one. Throws McpFailure for a cursor that no page gave. */
export function listPage(
  method: string,
  member: string,
  cursor: unknown,
  actor: KeyRecord,
  deployment: Deployment,
): JsonObject {
  const all = itemsOf(method, actor, deployment);
  const items = deployment.hooks.mcp?.list?.(method, all, actor) ?? all;
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(start) || start < 0 || start > items.length)
    throw new McpFailure('invalid_cursor', 'The cursor is none.');
  const end = start + pageSizes[deployment.dialect.mcp.listPages];
  return {
    [member]: items.slice(start, end),
    ...(end < items.length ? { nextCursor: String(end) } : {}),
  };
}

function itemsOf(method: string, actor: KeyRecord, deployment: Deployment): readonly JsonObject[] {
  const { mcp } = deployment.dialect;
  const fixed = resources.filter(({ uri }) => !uri.includes('{'));
  switch (method) {
    case 'tools/list':
      return toolItems(actor, deployment);
    case 'prompts/list':
      return promptsOf(deployment.dialect).map(({ name, about, arguments: taken }) => ({
        name,
        description: about,
        arguments: taken,
      }));
    case 'resources/list':
      if (mcp.resources !== 'both-lists') return [];
      return fixed.map(({ name, about, uri }) => ({ name, description: about, uri }));
    default:
      if (mcp.resources === 'neither-list') return [];
      return resources
        .filter(({ uri }) => uri.includes('{') || mcp.resources === 'templates-alone')
        .map(({ name, about, uri }) => ({ name, description: about, uriTemplate: uri }));
  }
}

const telemetries: Readonly<Record<string, JsonObject>> = {
  intent: { type: 'object', properties: { intent: { type: 'string' } } },
  user_intent: {
    type: 'object',
    properties: { user_intent: { type: 'string' }, agent_thinking: { type: 'string' } },
  },
  reference: { $ref: '#/$defs/telemetry' },
};

function toolItems(actor: KeyRecord, deployment: Deployment): readonly JsonObject[] {
  const { mcp } = deployment.dialect;
  const shown = toolsOf(deployment).filter(
    ({ operation }) => mcp.toolList === 'whole' || mayDo(deployment, operation, actor.role),
  );
  const telemetry = telemetries[mcp.telemetry] ?? {};
  const items = shown.map(({ name, about, annotations, properties, required }) => ({
    name,
    description: about,
    annotations,
    inputSchema: {
      type: 'object',
      properties: { ...properties, telemetry },
      required,
      ...(mcp.telemetry === 'reference' ? { $defs: { telemetry: telemetries['intent'] } } : {}),
    },
    ...(mcp.outputSchema === 'told' ? { outputSchema: { type: 'object' } } : {}),
  }));
  if (mcp.moreTools === 'none') return items;
  return [
    ...items,
    {
      name: 'request_capability',
      description: 'Asks for a capability.',
      inputSchema: {
        type: 'object',
        properties: { capability: { type: 'string' } },
        required: ['capability'],
      },
    },
  ];
}
