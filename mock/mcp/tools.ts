/** The ten tools: what each takes, and what it does with the data that REST shows too. */
import { isObject, textOf } from '../data/json.ts';
import type { JsonObject, Run, Tenant, Workflow } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { queueRun } from '../operations/queue.ts';
import { evaluationRecord, runRecord, toolCallRows } from '../operations/run-record.ts';
import { isOver, runStatus } from '../operations/run-status.ts';
import { McpFailure } from './failure.ts';
import { apply, diffOf, proposalOf, stage } from './proposals.ts';

/** What a tool works on. */
export interface ToolContext {
  readonly tenant: Tenant;
  readonly deployment: Deployment;
}

export interface Tool {
  /** The operation of the contract. */
  readonly operation: string;
  readonly name: string;
  readonly about: string;
  readonly annotations: JsonObject;
  /** JSON Schemas of its arguments, by name. */
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
  readonly run: (args: JsonObject, context: ToolContext) => JsonObject;
}

const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const text = { type: 'string' };

/** The tools as a deployment calls them and their arguments. */
export function toolsOf({ dialect }: Deployment): readonly Tool[] {
  const { runArgument, proposalArgument, keyArgument, comparedRuns, healthTool } = dialect.mcp;
  const [left, right] = comparedNames[comparedRuns];
  return [
    {
      operation: 'search_runs',
      name: 'search_runs',
      about: 'Summaries of runs, newest first.',
      annotations: reads,
      properties: {
        workflowId: text,
        status: { type: 'string', enum: ['pass', 'fail', 'partial', 'running', 'pending'] },
        limit: { type: 'number', minimum: 1, maximum: 100, default: 20 },
        before: { type: 'string', format: 'date-time' },
        after: { type: 'string', format: 'date-time' },
      },
      required: [],
      run: searchRuns,
    },
    {
      operation: 'inspect_run',
      name: 'inspect_run',
      about: 'The full record of a run.',
      annotations: reads,
      properties: { [runArgument]: text },
      required: [runArgument],
      run: (args, context) => inspect(runOf(context, args[runArgument]), context),
    },
    {
      operation: 'diagnose_run',
      name: 'diagnose_run',
      about: 'Which criteria failed in a run, and what to do.',
      annotations: reads,
      properties: { runId: text },
      required: ['runId'],
      run: (args, context) => diagnose(runOf(context, args['runId']), context),
    },
    {
      operation: 'organization_health',
      name: healthTool,
      about: 'The health of the organization.',
      annotations: reads,
      properties: {},
      required: [],
      run: (_args, { tenant }) => ({ runs: tenant.runs.size, workflows: tenant.workflows.size, score: 0.9 }),
    },
    {
      operation: 'propose_workflow_patch',
      name: 'propose_workflow_patch',
      about: 'Stages a proposal to change a workflow.',
      annotations: { readOnlyHint: false, destructiveHint: false },
      properties: {
        workflowId: text,
        baseVersionId: { type: ['string', 'number'] },
        rationale: text,
        changes: { type: 'object' },
        evidence: { type: 'array', items: { type: 'object' } },
      },
      required: ['workflowId', 'baseVersionId', 'rationale', 'changes'],
      run: propose,
    },
    {
      operation: 'draft_regression_workflow_from_run',
      name: 'draft_regression_workflow_from_run',
      about: 'Stages a proposal of a workflow that repeats a failed run.',
      annotations: { readOnlyHint: false, destructiveHint: false },
      properties: { [runArgument]: text },
      required: [runArgument],
      run: (args, context) => draft(runOf(context, args[runArgument]), context),
    },
    {
      operation: 'apply_workflow_change',
      name: 'apply_workflow_change',
      about: 'Applies a proposal.',
      annotations: { readOnlyHint: false, destructiveHint: true },
      properties: { [proposalArgument]: text },
      required: [proposalArgument],
      run: (args, { tenant, deployment }) => {
        const proposal = proposalOf(tenant, args[proposalArgument]);
        const { id, version } = apply(proposal, tenant, deployment);
        return { proposalId: proposal.id, workflowId: id, version };
      },
    },
    {
      operation: 'run_workflow_now',
      name: 'run_workflow_now',
      about: 'Queues a run of a workflow.',
      annotations: { readOnlyHint: false, destructiveHint: true, openWorldHint: true },
      properties: { workflowId: text, reason: text, [keyArgument]: text, wait: { type: 'boolean' } },
      required: ['workflowId'],
      run: (args, context) => dispatch(args, args[keyArgument], context),
    },
    {
      operation: 'compare_runs',
      name: 'compare_runs',
      about: 'What got better or worse between two runs.',
      annotations: reads,
      properties: { [left]: text, [right]: text },
      required: [left, right],
      run: (args, context) => {
        const [a, b] = [runOf(context, args[left]), runOf(context, args[right])];
        return {
          runs: [summaryOf(a, context), summaryOf(b, context)],
          scoreChange: b.judge.score - a.judge.score,
          improved: [],
          worsened: [],
        };
      },
    },
    {
      operation: 'sync_mcp_server_capabilities',
      name: 'sync_mcp_server_capabilities',
      about: 'Refreshes the tool catalog of a source.',
      annotations: { readOnlyHint: false, openWorldHint: true },
      properties: { mcpServerId: text },
      required: ['mcpServerId'],
      run: (args, { tenant }) => {
        const source = tenant.sources.get(textOf(args['mcpServerId']));
        if (source === undefined) throw missing('source', 'not_found');
        return { mcpServerId: source.id, tools: ['search'], changed: false };
      },
    },
  ];
}

const comparedNames = {
  'baseline-candidate': ['baselineRunId', 'candidateRunId'],
  'base-compare': ['baseRunId', 'compareRunId'],
  'left-right': ['leftRunId', 'rightRunId'],
} as const;

/** The failure of an id that nothing has. */
export function missing(what: string, code: string): McpFailure {
  return new McpFailure(code, `There is no such ${what}.`);
}

/** The run of an id that is there by now. Throws McpFailure where there is none. */
export function runOf({ tenant, deployment }: ToolContext, id: unknown): Run {
  const run = typeof id === 'string' ? tenant.runs.get(id) : undefined;
  if (run === undefined || run.queuedAt > deployment.now()) throw missing('run', 'not_found');
  return run;
}

function workflowOf({ tenant }: ToolContext, id: unknown): Workflow {
  const workflow = typeof id === 'string' ? tenant.workflows.get(id) : undefined;
  if (workflow === undefined) throw missing('workflow', 'not_found');
  return workflow;
}

function summaryOf(run: Run, { deployment }: ToolContext): JsonObject {
  const started = deployment.now() >= run.startsAt;
  return {
    runId: run.id,
    workflowId: run.workflowId,
    workflowName: run.workflowName,
    status: runStatus(run, deployment),
    startedAt: started ? timestamp(run.startsAt) : null,
    endedAt: isOver(run, deployment) ? timestamp(run.endsAt) : null,
    trigger: run.trigger === 'schedule' ? 'scheduled' : 'manual',
  };
}

function at(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function searchRuns(args: JsonObject, context: ToolContext): JsonObject {
  const { tenant, deployment } = context;
  const { workflowId, status, limit = 20, before, after } = args;
  const now = deployment.now();
  const runs = [...tenant.runs.values()]
    .filter((run) => run.queuedAt <= now && !tenant.unlisted.has(run.id))
    .filter((run) => workflowId === undefined || run.workflowId === workflowId)
    .filter((run) => status === undefined || runStatus(run, deployment) === status)
    .filter((run) => before === undefined || (run.startsAt <= now && run.startsAt < at(before)))
    .filter((run) => after === undefined || (run.startsAt <= now && run.startsAt > at(after)))
    .toSorted((a, b) => b.queuedAt - a.queuedAt)
    .slice(0, Math.min(Number(limit), 100));
  return { runs: runs.map((run) => summaryOf(run, context)) };
}

function inspect(run: Run, { tenant, deployment }: ToolContext): JsonObject {
  return {
    ...runRecord(run, tenant, deployment),
    evaluation: evaluationRecord(run, deployment),
    toolCalls: toolCallRows(run, deployment),
    durationMs: isOver(run, deployment) ? run.endsAt - run.startsAt : null,
  };
}

function diagnose(run: Run, { deployment }: ToolContext): JsonObject {
  const failed = isOver(run, deployment) ? run.criteria.filter(({ met }) => !met) : [];
  return {
    runId: run.id,
    failedCriteria: failed.map((criterion) => ({ ...criterion })),
    contributingToolCalls: run.toolCalls.filter(({ failed: broke }) => broke).map(({ tool }) => tool),
    remediation: 'Say in the prompt which tool to use.',
  };
}

function propose(args: JsonObject, context: ToolContext): JsonObject {
  const { tenant, deployment } = context;
  const workflow = workflowOf(context, args['workflowId']);
  if (!namesVersion(args['baseVersionId'], workflow.version))
    throw new McpFailure('validation_failed', 'baseVersionId is not the current version.');
  const { changes } = args;
  const proposal = stage(tenant, deployment, {
    workflowId: workflow.id,
    baseVersion: workflow.version,
    rationale: textOf(args['rationale']),
    changes: isObject(changes) ? changes : {},
  });
  return { proposalId: proposal.id, diff: diffOf(proposal, tenant), warnings: [] };
}

/** A version is told as a number, or in one of the forms that REST tells it in. */
function namesVersion(given: unknown, version: number): boolean {
  const forms = [
    String(version),
    `v${version}`,
    `v-${version}`,
    new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString(),
  ];
  return (typeof given === 'string' || typeof given === 'number') && forms.includes(String(given));
}

function draft(run: Run, context: ToolContext): JsonObject {
  const { tenant, deployment } = context;
  const { members } = workflowOf(context, run.workflowId);
  const proposal = stage(tenant, deployment, {
    baseVersion: 0,
    rationale: `Repeats run ${run.id}.`,
    changes: {},
    draft: { ...members, name: `${members.name} (regression)`, schedule: null },
  });
  return { proposalId: proposal.id, diff: diffOf(proposal, tenant), warnings: [] };
}

function dispatch(args: JsonObject, key: unknown, context: ToolContext): JsonObject {
  const { tenant, deployment } = context;
  const workflow = workflowOf(context, args['workflowId']);
  const known = typeof key === 'string' ? tenant.idempotency.get(workflow.id)?.get(key) : undefined;
  const existing = tenant.runs.get(known ?? '');
  const again = existing !== undefined && !isOver(existing, deployment) ? existing : undefined;
  const verdict = deployment.random.chance(0.7) ? 'pass' : 'fail';
  const reason = typeof args['reason'] === 'string' ? args['reason'] : null;
  const queueing = { verdict, trigger: 'api', reason, baselineRunId: null } as const;
  const run = again ?? queueRun(tenant, workflow, queueing, deployment);
  if (typeof key === 'string') {
    const keys = tenant.idempotency.get(workflow.id) ?? new Map<string, string>();
    keys.set(key, run.id);
    tenant.idempotency.set(workflow.id, keys);
  }
  return summaryOf(run, context);
}
