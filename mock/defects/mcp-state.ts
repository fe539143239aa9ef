import { randomUUID } from 'node:crypto';
import { objectOf, textOf } from '../data/json.ts';
import type { Workflow } from '../data/model.ts';
import { McpFailure } from '../mcp/failure.ts';
import { proposalsOf } from '../mcp/proposals.ts';
import type { Defect } from './defect.ts';
import { omit } from './hooking.ts';
import { bodies, inputs, mcpMust, mcpShould, results, statuses, values } from './mcp-hooking.ts';

/** What is done besides an operation. */
function besides(
  where: string,
  then: (workflows: Map<string, Workflow>, id: string) => void,
): () => NonNullable<ReturnType<Defect['hooks']>['mcp']> {
  return () => ({
    perform: (call, run) => {
      const value = run(call);
      if (call.operation === where)
        then(call.tenant.workflows, textOf(call.arguments['workflowId'] ?? value['workflowId']));
      return value;
    },
  });
}

function changing(change: (workflow: Workflow) => Workflow) {
  return (workflows: Map<string, Workflow>, id: string): void => {
    const workflow = workflows.get(id);
    if (workflow !== undefined) workflows.set(id, change(workflow));
  };
}

const proposals: readonly Defect[] = [
  mcpMust(
    'propose-new-version',
    'mcp-proposal-changes-nothing',
    'propose_workflow_patch',
    'A proposal makes a new version at once.',
    besides(
      'propose_workflow_patch',
      changing((workflow) => ({ ...workflow, version: workflow.version + 1 })),
    ),
  ),
  mcpMust(
    'propose-applies',
    'mcp-proposal-changes-nothing',
    'propose_workflow_patch',
    'A proposal is applied at once.',
    () => ({
      perform: (call, run) => {
        const value = run(call);
        const workflow = call.tenant.workflows.get(textOf(call.arguments['workflowId']));
        const { changes } = call.arguments;
        if (
          call.operation === 'propose_workflow_patch' &&
          workflow !== undefined &&
          typeof changes === 'object'
        )
          call.tenant.workflows.set(workflow.id, {
            ...workflow,
            members: { ...workflow.members, ...changes },
          });
        return value;
      },
    }),
  ),
  mcpMust(
    'propose-not-kept',
    'mcp-proposal-readable',
    'proposal',
    'A proposal cannot be read as a resource.',
    () => ({
      perform: (call, run) => {
        if (call.operation === 'proposal') throw new McpFailure('proposal_not_found', 'It is gone.');
        return run(call);
      },
    }),
  ),
  mcpMust(
    'propose-without-diff',
    'mcp-proposal-readable',
    'proposal',
    'A proposal that is read holds no diff.',
    values('proposal', (value) => omit(value, 'diff', 'rationale')),
  ),
  mcpMust(
    'propose-of-viewer-lost',
    'mcp-proposal-readable',
    'propose_workflow_patch',
    'The proposal of a viewer is not kept.',
    () => ({
      perform: (call, run) => {
        const value = run(call);
        if (call.operation === 'propose_workflow_patch' && call.actor.role === 'viewer')
          proposalsOf(call.tenant).delete(textOf(value['proposalId']));
        return value;
      },
    }),
  ),
  mcpMust(
    'apply-same-version',
    'mcp-apply-new-version',
    'apply_workflow_change',
    'An apply makes no new version.',
    besides(
      'apply_workflow_change',
      changing((workflow) => ({ ...workflow, version: workflow.version - 1 })),
    ),
  ),
  mcpMust(
    'apply-changes-nothing',
    'mcp-apply-new-version',
    'apply_workflow_change',
    'An apply counts up and changes nothing.',
    besides(
      'apply_workflow_change',
      changing((workflow) => ({ ...workflow, members: { ...workflow.members, description: 'as before' } })),
    ),
  ),
  mcpMust(
    'apply-does-nothing',
    'mcp-apply-new-version',
    'apply_workflow_change',
    'An apply is answered and not done.',
    () => ({
      perform: (call, run) =>
        call.operation === 'apply_workflow_change'
          ? { proposalId: 'x', workflowId: 'x', version: 2 }
          : run(call),
    }),
  ),
];

const dispatches: readonly Defect[] = [
  mcpMust(
    'run-other-id',
    'mcp-dispatch',
    'run_workflow_now',
    'A dispatch gives an id that REST does not know.',
    values('run_workflow_now', (value) => ({ ...value, runId: randomUUID() })),
  ),
  mcpMust(
    'run-of-another-workflow',
    'mcp-dispatch',
    'run_workflow_now',
    'A dispatch queues a run of another workflow.',
    () => ({
      perform: (call, run) => {
        if (call.operation !== 'run_workflow_now') return run(call);
        const [first] = [...call.tenant.workflows.keys()];
        return run({ ...call, arguments: { ...call.arguments, workflowId: first } });
      },
    }),
  ),
  mcpMust(
    'run-not-kept',
    'mcp-dispatch',
    'run_workflow_now',
    'A run that was dispatched over MCP is not there over REST.',
    () => ({
      perform: (call, run) => {
        const value = run(call);
        if (call.operation === 'run_workflow_now') call.tenant.runs.delete(textOf(value['runId']));
        return value;
      },
    }),
  ),
  mcpMust(
    'run-key-ignored',
    'mcp-dispatch-idempotent',
    'run_workflow_now',
    'The idempotency key is ignored.',
    inputs('run_workflow_now', (args) => omit(args, 'idempotencyKey')),
  ),
];

const failures: readonly Defect[] = [
  ...(['inspect_run', 'diagnose_run', 'run_trace'] as const).map((operation) =>
    mcpMust(
      `unknown-run-served-${operation}`,
      'mcp-failure',
      operation,
      `${operation} serves a run that there is not.`,
      () => ({
        perform: (call, run) => {
          try {
            return run(call);
          } catch (error) {
            if (call.operation !== operation) throw error;
            return { found: false };
          }
        },
      }),
    ),
  ),
  ...(['apply_workflow_change', 'proposal'] as const).flatMap((operation) => [
    mcpMust(
      `unknown-proposal-served-${operation}`,
      'mcp-failure',
      operation,
      `${operation} takes a proposal that there is not.`,
      () => ({
        perform: (call, run) => {
          try {
            return run(call);
          } catch (error) {
            if (call.operation !== operation) throw error;
            return { found: false };
          }
        },
      }),
    ),
    mcpMust(
      `unknown-proposal-code-${operation}`,
      'mcp-failure',
      operation,
      `A proposal that there is not is called expired by ${operation}.`,
      () => ({
        perform: (call, run) => {
          try {
            return run(call);
          } catch (error) {
            if (call.operation !== operation) throw error;
            throw new McpFailure('proposal_expired', 'It has expired.');
          }
        },
      }),
    ),
  ]),
  mcpMust(
    'resource-with-query',
    'mcp-resource',
    'models',
    'A URI with a query is served as the resource.',
    () => ({
      perform: (call, run) => run({ ...call, asked: call.asked.split('?')[0] ?? '' }),
    }),
  ),
  mcpMust(
    'resource-unknown-served',
    'mcp-resource',
    'models',
    'A URI that nothing has is served with nothing.',
    () => ({
      perform: (call, run) => {
        try {
          return run(call);
        } catch (error) {
          if (call.kind !== 'resource') throw error;
          return {};
        }
      },
    }),
  ),
  ...(['models', 'workflow_schema', 'run_trace'] as const).map((operation) =>
    mcpMust(
      `resource-empty-${operation}`,
      'mcp-resource',
      operation,
      `${operation} is read with no contents.`,
      results(operation, (result) => ({ ...result, contents: [] })),
    ),
  ),
  mcpMust('prompt-unknown-served', 'mcp-prompt', 'endpoint', 'A prompt that there is not is served.', () => ({
    perform: (call, run) => {
      try {
        return run(call);
      } catch (error) {
        if (call.kind !== 'prompt') throw error;
        return { messages: [] };
      }
    },
  })),
  mcpShould(
    'prompt-empty',
    'mcp-transport',
    'design_workflow_suite',
    'A prompt has no messages.',
    results('design_workflow_suite', () => ({ messages: [] })),
  ),
  mcpShould(
    'schema-no-schema',
    'mcp-transport',
    'workflow_schema',
    'The schema of a workflow is none.',
    values('workflow_schema', () => ({ type: 'workflow' })),
  ),
  mcpShould(
    'secret-taken',
    'mcp-secret-arguments',
    'run_workflow_now',
    'An argument that looks like a secret is taken.',
    () => ({
      allows: (operation, _role, allowed) => operation === 'secrets' || allowed,
    }),
  ),
  mcpShould(
    'failure-without-code',
    'mcp-failure-channel',
    'inspect_run',
    'A call that fails gives no code.',
    bodies('tools/call', (body) => {
      const error = objectOf(body['error']);
      return body['error'] === undefined ? body : { ...body, error: omit(error, 'data') };
    }),
  ),
  mcpMust(
    'server-error-on-read',
    'no-server-error',
    'endpoint',
    'A read of a resource is 500.',
    statuses((method) => method === 'resources/read', 500),
  ),
  mcpMust(
    'server-error-on-unknown',
    'no-server-error',
    'endpoint',
    'An unknown method is 500.',
    statuses((method) => method === 'no/such/method', 500),
  ),
  mcpShould(
    'notification-200',
    'mcp-transport',
    'endpoint',
    'A notification is answered with 200.',
    statuses((method, status) => method?.startsWith('notifications/') === true && status === 202, 200),
  ),
];

/** Defects of proposals, runs and failures over MCP. */
export const mcpStateDefects: readonly Defect[] = [...proposals, ...dispatches, ...failures];
