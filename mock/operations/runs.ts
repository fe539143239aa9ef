import type { Run } from '../data/model.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { parameterNumber, parameterText, parameterWindow } from '../deployment/query.ts';
import { notFound } from '../deployment/refusal.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { subject } from './lookup.ts';
import { evaluationRecord, runRecord, runRow, toolCallRows, traceRecord } from './run-record.ts';
import { isOver, runStatus } from './run-status.ts';

/** A page of runs. */
export function listRuns(call: EnteredCall, deployment: Deployment): Outcome {
  const { pageBase, defaultPageSize, largestPageSize } = deployment.dialect.runs;
  const page = parameterNumber(call, 'page', pageBase) ?? pageBase;
  const pageSize = Math.min(parameterNumber(call, 'pageSize', 1) ?? defaultPageSize, largestPageSize);
  const runs = matchingRuns(call, deployment);
  const first = (page - pageBase) * pageSize;
  return {
    kind: 'list',
    items: runs.slice(first, first + pageSize).map((run) => runRow(run, call.tenant, deployment)),
    beside: { page, pageSize, total: runs.length, hasMore: first + pageSize < runs.length },
  };
}

/** The summary of a run. */
export function getRun(call: EnteredCall, deployment: Deployment): Outcome {
  return { kind: 'record', record: runRecord(startedRun(call, deployment), call.tenant, deployment) };
}

/** The spans and tool calls of a run. */
export function getRunTrace(call: EnteredCall, deployment: Deployment): Outcome {
  return { kind: 'record', record: traceRecord(reportedRun(call, deployment), deployment) };
}

/** What the judge said of a run. */
export function getRunEvaluation(call: EnteredCall, deployment: Deployment): Outcome {
  return { kind: 'record', record: evaluationRecord(reportedRun(call, deployment), deployment) };
}

/** The tool calls of a run. */
export function listRunToolCalls(call: EnteredCall, deployment: Deployment): Outcome {
  const run = reportedRun(call, deployment);
  return { kind: 'list', items: toolCallRows(run, deployment), beside: { runId: run.id } };
}

/** A run that a dispatch window will queue later is not there yet. */
function startedRun(call: EnteredCall, { now }: Deployment): Run {
  const run = subject(call.tenant.runs, call, 'runId');
  if (run.queuedAt > now()) throw notFound('run');
  return run;
}

function reportedRun(call: EnteredCall, deployment: Deployment): Run {
  const run = startedRun(call, deployment);
  if (deployment.dialect.runs.unfinished === 'not-found' && !isOver(run, deployment)) {
    throw notFound('report of a run that is not over');
  }
  return run;
}

function matchingRuns(call: EnteredCall, deployment: Deployment): Run[] {
  const { dialect, now } = deployment;
  const workflowId = parameterText(call, 'workflowId');
  const status = parameterText(call, 'status');
  const classification = parameterText(call, 'classification');
  const search = parameterText(call, 'search')?.toLowerCase();
  const oldest = now() - parameterWindow(call, '24h');
  return [...call.tenant.runs.values()]
    .filter((run) => run.queuedAt <= now() && countedTime(run, deployment) >= oldest)
    .filter((run) => workflowId === undefined || run.workflowId === workflowId)
    .filter((run) => status === undefined || runStatus(run, deployment) === status)
    .filter(
      (run) =>
        classification === undefined || (isOver(run, deployment) && run.classification === classification),
    )
    .filter((run) => search === undefined || searchedText(run, call, dialect).includes(search))
    .toSorted(orderOf(call, dialect));
}

/** A run that has not ended counts as of now. */
function countedTime(run: Run, { dialect, now }: Deployment): number {
  return dialect.runs.rangeCounts === 'queued' ? run.queuedAt : Math.min(run.endsAt, now());
}

function searchedText(run: Run, { tenant }: EnteredCall, dialect: Dialect): string {
  const name = tenant.workflows.get(run.workflowId)?.members.name ?? '';
  const texts =
    dialect.runs.searchThrough === 'workflow-name' ? [name] : [name, run.id, run.model, run.reason ?? ''];
  return texts.join('\n').toLowerCase();
}

function orderOf(call: EnteredCall, dialect: Dialect): (a: Run, b: Run) => number {
  const sort = parameterText(call, 'sort');
  if (sort === 'cost') return (a, b) => b.costUsd - a.costUsd;
  if (sort === 'oldest') return (a, b) => a.queuedAt - b.queuedAt;
  if (sort === 'newest' || dialect.runs.order === 'newest') return (a, b) => b.queuedAt - a.queuedAt;
  if (dialect.runs.order === 'oldest') return (a, b) => a.queuedAt - b.queuedAt;
  return (a, b) => (a.id < b.id ? -1 : 1);
}
