/** Calls that cannot be done: they fail, with the documented code where there is one, and say nothing that is secret. */
import { describeTaken } from '../../../oracle/mcp.ts';
import { argumentsOf } from '../../../mcp/arguments.ts';
import type { Reply } from '../../../mcp/door.ts';
import type { CaseContext } from '../../case-context.ts';
import { unknownIdLike } from '../../unknown-id.ts';
import { text, type Scenario } from '../scenario.ts';
import { readUri, uriOf } from './operate.ts';
import { book, proposed } from './proposals.ts';
import { call, mcpOperation, stageOf, toolOf, type Stage } from './stage.ts';

/** Adds the findings of a call that must fail. @param code the documented code of the situation, if it has one */
function mustFail(context: CaseContext, what: string, { taken, sent }: Reply, code?: string): void {
  if (taken.kind === 'unclear' || taken.kind === 'unauthenticated') return;
  if (taken.kind === 'done') {
    context.fail(
      'mcp-failure',
      'status',
      `${what} does not succeed.`,
      { expected: 'a failure', actual: 'a success' },
      sent,
    );
    return;
  }
  if (code !== undefined && taken.code !== undefined && taken.code !== code) {
    context.fail(
      'mcp-failure',
      'error-code',
      `${what} fails with the documented code.`,
      { expected: code, actual: taken.code },
      sent,
    );
  }
  if (taken.channel === 'json-rpc' && (taken.code !== undefined || code === undefined)) return;
  context.fail(
    'mcp-failure-channel',
    'error-code',
    `${what} is a JSON-RPC error whose data holds a code.`,
    { expected: `error.data.code ${code ?? ''}`.trim(), actual: describeTaken(taken) },
    sent,
  );
}

/** A run, a workflow or a proposal that there is not. */
export const unknownId: Scenario = async (context, planned, parameters) => {
  const stage = await stageOf(context);
  const operation = mcpOperation(stage, text(parameters, 'operation'));
  const { inventory, config } = context.run;
  const [argument] = Object.values(operation.arguments).filter(({ optional }) => optional !== true);
  if (argument?.is === 'proposal') {
    const { id } = await proposed(stage, planned.credential);
    const unknown = unknownIdLike([id], `${config.seed}/proposal`);
    const reply =
      operation.kind === 'resource'
        ? await readUri(
            stage,
            await uriOf(stage, operation, planned.credential, unknown),
            planned.credential,
            operation.id,
          )
        : await callUnknown(stage, operation.id, planned.credential, unknown);
    mustFail(context, 'A proposal that there is not', reply, 'proposal_not_found');
    return;
  }
  const unknown = await inventory.unknownId('run');
  const reply =
    operation.kind === 'resource'
      ? await readUri(
          stage,
          await uriOf(stage, operation, planned.credential, unknown),
          planned.credential,
          operation.id,
        )
      : await callUnknown(stage, operation.id, planned.credential, unknown);
  mustFail(context, 'A run that there is not', reply);
};

async function callUnknown(stage: Stage, id: string, by: string, unknown: string): Promise<Reply> {
  const operation = mcpOperation(stage, id);
  const tool = await toolOf(stage, operation, by);
  const args = await argumentsOf(operation, tool, async () => unknown);
  return stage.door.ask(stage.context, by, {
    method: 'tools/call',
    params: { name: tool['name'], arguments: args },
    operation: id,
    effect: operation.effect,
  });
}

/** A documented argument of another type than documented. */
export const invalidArgument: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const operation = mcpOperation(stage, 'propose_workflow_patch');
  const tool = await toolOf(stage, operation, planned.credential);
  const workflow = await stage.workflow();
  const reply = await stage.door.ask(context, planned.credential, {
    method: 'tools/call',
    params: { name: tool['name'], arguments: { workflowId: workflow } },
    operation: operation.id,
    effect: 'create',
  });
  if (reply.taken.kind === 'done') book(stage, reply, planned.credential);
  mustFail(context, 'A proposal without version, rationale and changes', reply, 'validation_failed');
};

/** What looks like a secret is refused in arguments, or does not come back. */
export const secretArgument: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const { keyPrefix = 'key' } = context.run.contract.api;
  const made = `${keyPrefix}_conformance1_${'Zq7'.repeat(14)}`;
  const { taken, sent } = await call(stage, mcpOperation(stage, 'run_workflow_now'), planned.credential, {
    given: { reason: `made up: ${made}` },
  });
  if (taken.kind === 'failed') return;
  const shown = sent.outcome.kind === 'answered' && sent.outcome.text.includes(made);
  if (!shown && taken.kind !== 'done') return;
  context.fail(
    'mcp-secret-arguments',
    'secret-echo',
    'An argument that looks like a secret is refused.',
    { expected: 'a refusal', actual: shown ? 'it came back' : 'a success' },
    sent,
  );
};
