/** What the organization of the role keys has is not there for another organization's key: in arguments and in URIs. */
import { holdsText } from '../../../check/members.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import type { Reply } from '../../../mcp/door.ts';
import { text, type Scenario } from '../scenario.ts';
import { readResource } from './operate.ts';
import { proposed } from './proposals.ts';
import { call, mcpOperation, stageOf, valueOfReply, type Stage } from './stage.ts';

/** A tool or a resource that is asked by the key of another organization for what this one has. */
export const isolated: Scenario = async (context, planned, parameters) => {
  const stage = await stageOf(context);
  const operation = mcpOperation(stage, text(parameters, 'operation'));
  const other = planned.credential;
  if (operation.id === 'search_runs') return foreignSearch(stage, other);
  const reply = await asked(stage, operation.id, other);
  if (reply.taken.kind !== 'done') return;
  context.fail(
    'mcp-isolation',
    'leak',
    `${operation.id} serves the key of another organization what this one has.`,
    { expected: 'as if it did not exist', actual: describeTaken(reply.taken) },
    reply.sent,
  );
};

async function asked(stage: Stage, id: string, other: string): Promise<Reply> {
  const operation = mcpOperation(stage, id);
  if (id === 'proposal') {
    const { id: proposal } = await proposed(stage, stage.highest);
    return readResource(stage, operation, other, proposal);
  }
  if (operation.kind === 'resource') return readResource(stage, operation, other);
  if (id === 'apply_workflow_change') {
    const { id: proposal } = await proposed(stage, stage.highest);
    return call(stage, operation, other, {
      valueFor: async (content) => (content === 'proposal' ? proposal : stage.valueFor(content)),
    });
  }
  if (id === 'propose_workflow_patch') {
    const { reply } = await proposed(stage, stage.highest);
    const sent: unknown = JSON.parse(reply.sent.request.body ?? '{}');
    return stage.door.ask(stage.context, other, {
      method: 'tools/call',
      params: paramsOf(sent),
      operation: id,
      effect: 'create',
    });
  }
  return call(stage, operation, other);
}

/** The very call that succeeded for the key that may. */
function paramsOf(sent: unknown): Readonly<Record<string, unknown>> {
  if (typeof sent !== 'object' || sent === null || !('params' in sent)) return {};
  const { params } = sent;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== '_meta'));
}

/** A search by another organization's key for a workflow of this one finds nothing. */
async function foreignSearch(stage: Stage, other: string): Promise<void> {
  const { context } = stage;
  const run = await context.run.inventory.listedId('run', true);
  const everything = await call(stage, mcpOperation(stage, 'search_runs'), other, { given: { limit: 100 } });
  if (!holdsText(valueOfReply(everything), run)) return;
  context.fail(
    'mcp-isolation',
    'leak',
    'search_runs shows the key of another organization a run of this one.',
    { expected: 'runs of its own organization', actual: `the run ${run}` },
    everything.sent,
  );
}
