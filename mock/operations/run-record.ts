import type { JsonObject, Run, Tenant, ToolCall } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { isOver, runStatus } from './run-status.ts';

const hidden = '[redacted]';

type RedactedCall = Omit<ToolCall, 'arguments' | 'result'> & {
  readonly arguments: unknown;
  readonly result: unknown;
};

/** A run as a list shows it. */
export function runRow(run: Run, tenant: Tenant, deployment: Deployment): JsonObject {
  const over = isOver(run, deployment);
  return {
    id: run.id,
    status: runStatus(run, deployment),
    workflowId: run.workflowId,
    ...workflowNameOf(run, tenant, deployment.dialect),
    classification: over ? classificationOf(run, deployment.dialect) : null,
    model: run.model,
    queuedAt: timestamp(run.queuedAt),
    startedAt: deployment.now() >= run.startsAt ? timestamp(run.startsAt) : null,
    endedAt: over ? timestamp(run.endsAt) : null,
    costUsd: over ? run.costUsd : null,
  };
}

/** The summary of a run: what only its end can tell is null before. */
export function runRecord(run: Run, tenant: Tenant, deployment: Deployment): JsonObject {
  const over = isOver(run, deployment);
  return {
    ...runRow(run, tenant, deployment),
    trigger: run.trigger,
    reason: run.reason,
    baselineRunId: run.baselineRunId,
    evaluator: over ? { score: run.judge.score, summary: run.judge.summary } : null,
    toolCallCount: over ? run.toolCalls.length : 0,
  };
}

/** The trace of a run: one span for the conversation and one for each tool call. */
export function traceRecord(run: Run, deployment: Deployment): JsonObject {
  const over = isOver(run, deployment);
  const root = {
    id: `${run.id}-0`,
    parentId: null,
    name: 'conversation',
    durationMs: run.endsAt - run.startsAt,
  };
  const spans = run.toolCalls.map((call, index) => ({
    id: `${run.id}-${index + 1}`,
    parentId: root.id,
    name: call.tool,
    durationMs: call.durationMs,
  }));
  const toolCalls = redacted(run.toolCalls, deployment.dialect).map(({ tool, failed, ...call }) => ({
    toolName: tool,
    arguments: call.arguments,
    failed,
  }));
  return { runId: run.id, spans: over ? [root, ...spans] : [], toolCalls: over ? toolCalls : [] };
}

/** The verdict of the judge, criterion by criterion. */
export function evaluationRecord(run: Run, deployment: Deployment): JsonObject {
  if (!isOver(run, deployment))
    return { runId: run.id, verdict: null, judge: null, criteria: [], excerpts: [] };
  return {
    runId: run.id,
    verdict: run.verdict,
    judge: { model: run.judge.model, score: run.judge.score, summary: run.judge.summary },
    criteria: run.criteria.map(({ text, required, met }) => ({
      criterionText: text,
      isRequired: required,
      met,
    })),
    excerpts: run.criteria.map(({ excerpt }) => excerpt),
  };
}

/** The tool calls of a run, in the order in which they were made. */
export function toolCallRows(run: Run, deployment: Deployment): readonly JsonObject[] {
  if (!isOver(run, deployment)) return [];
  return redacted(run.toolCalls, deployment.dialect).map((call) => ({
    toolName: call.tool,
    arguments: call.arguments,
    result: call.result,
    failed: call.failed,
    durationMs: call.durationMs,
  }));
}

/** What one policy hides in all run data. */
function redacted(calls: readonly ToolCall[], { runs }: Dialect): readonly RedactedCall[] {
  if (runs.redaction === 'only-secrets') return calls;
  return calls.map((call) => ({
    ...call,
    arguments: hidden,
    result: runs.redaction === 'arguments-and-results' ? hidden : call.result,
  }));
}

function classificationOf({ classification }: Run, { runs }: Dialect): string | null {
  if (runs.classification === 'none') return null;
  return runs.classification === 'codes' ? `C-${classification.length}` : classification;
}

function workflowNameOf(run: Run, { workflows }: Tenant, { runs }: Dialect): JsonObject {
  switch (runs.workflowName) {
    case 'current':
      return { workflowName: workflows.get(run.workflowId)?.members.name ?? null };
    case 'as-queued':
      return { workflowName: run.workflowName };
    case 'absent':
      return {};
  }
}
