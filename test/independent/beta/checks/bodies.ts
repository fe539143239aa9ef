import type { Member, Shape } from './shape.ts';

const text: Member = { type: 'string' };
const flag: Member = { type: 'boolean' };
const object: Member = { type: 'object' };

/** The body of `POST /mcp-servers`. */
export const sourceBody: Shape = {
  name: { type: 'string', required: true },
  transportType: { type: 'string', choices: ['streamable_http', 'sse', 'stdio_hosted'] },
  targetKind: { type: 'string', choices: ['mcp', 'cli'] },
  baseUrl: { type: 'string', uri: true },
  connectionConfig: object,
  networkPolicy: object,
  authProfile: object,
  environment: text,
};

const workflowMembers: Shape = {
  description: text,
  defaultMcpAuthProfileId: text,
  testerModelId: text,
  testerModelIds: { type: 'array', items: text },
  testerTargets: {
    type: 'array',
    items: {
      type: 'object',
      members: {
        modelId: { type: 'string', untyped: true },
        skillMode: { type: 'string', untyped: true },
        skillVersionId: { type: 'string', untyped: true, nullable: true },
      },
    },
  },
  criteria: {
    type: 'array',
    items: {
      type: 'object',
      members: {
        criterionText: { type: 'string', untyped: true },
        isRequired: { type: 'boolean', untyped: true },
      },
    },
  },
  limits: object,
  retryPolicy: object,
  toolPolicy: object,
  metadata: object,
};

/** The body of `POST /workflows`. */
export const workflowBody: Shape = {
  name: { type: 'string', required: true },
  mcpServerId: { type: 'string', required: true },
  testerPrompt: { type: 'string', required: true },
  schedule: object,
  ...workflowMembers,
};

/** The body of `PATCH /workflows/{id}`. */
export const workflowPatch: Shape = {
  name: text,
  mcpServerId: text,
  testerPrompt: text,
  schedule: { type: 'object', nullable: true },
  ...workflowMembers,
};

/** The body of `POST /workflows/{id}/runs`. */
export const dispatchBody: Shape = {
  reason: text,
  baselineRunId: { type: 'string', untyped: true, nullable: true },
  idempotencyKey: text,
  forceNewRun: flag,
};

/** The body of `PATCH /insights/topics/{id}`. */
export const topicPatch: Shape = { label: text, is_unmet_demand: flag, archived: flag };
