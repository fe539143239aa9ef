import type { Run } from '../data/model.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import {
  filterStatuses,
  parameterNumber,
  parameterSize,
  parameterText,
  parameterWindow,
} from '../deployment/query.ts';
import { notFound } from '../deployment/refusal.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { asListed, listed } from './lagging.ts';
import { subject } from './lookup.ts';
import { evaluationRecord, runRecord, runRow, toolCallRows, traceRecord } from './run-record.ts';
import { isOver, runStatus } from './run-status.ts';

/** A page of runs. */
export function listRuns(call: EnteredCall, deployment: Deployment): Outcome {
  const seen = asListed(deployment);
  const { pageBase, defaultPageSize, largestPageSize, beyondEnd } = seen.dialect.runs;
  const page = parameterNumber(call, 'page', pageBase) ?? pageBase;
  const asked = parameterSize(call, 'pageSize', defaultPageSize, seen.dialect);
  const pageSize = Math.min(asked, largestPageSize);
  const runs = matchingRuns(call, seen);
  const first = (page - pageBase) * pageSize;
  if (beyondEnd === 'not-found' && page > pageBase && first >= runs.length) throw notFound('page');
  return {
    kind: 'list',
    items: runs.slice(first, first + pageSize).map((run) => runRow(run, call.tenant, seen)),
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
  if (status !== undefined && dialect.runs.otherStatus === 'nothing' && !filterStatuses.includes(status))
    return [];
  return listed(call.tenant.runs, deployment)
    .filter(({ id }) => !call.tenant.unlisted.has(id))
    .filter((run) => run.queuedAt <= now() && countedTime(run, deployment) >= oldest)
    .filter((run) => workflowId === undefined || run.workflowId === workflowId)
    .filter((run) => status === undefined || runStatus(run, deployment) === status)
    .filter(
      (run) =>
        classification === undefined ||
        runRow(run, call.tenant, deployment)['classification'] === classification,
    )
    .filter((run) => search === undefined || searchedText(run, call, dialect).includes(search))
    .toSorted(orderOf(call, dialect));
}

/** A run that has not ended counts as of now. */
function countedTime(run: Run, { dialect, now }: Deployment): number {
  switch (dialect.runs.rangeCounts) {
    case 'queued':
      return run.queuedAt;
    case 'started':
      return Math.min(run.startsAt, now());
    case 'ended':
      return Math.min(run.endsAt, now());
  }
}

function searchedText(run: Run, { tenant }: EnteredCall, dialect: Dialect): string {
  const name = tenant.workflows.get(run.workflowId)?.members.name ?? '';
  const texts = {
    'all-texts': [name, run.id, run.model, run.reason ?? ''],
    'workflow-name': [name],
    'whole-id': [run.id],
  };
  return texts[dialect.runs.searchThrough].join('\n').toLowerCase();
}

function orderOf(call: EnteredCall, dialect: Dialect): (a: Run, b: Run) => number {
  const sort = dialect.runs.sort === 'some-words' ? parameterText(call, 'sort') : undefined;
  if (sort === 'cost') return (a, b) => b.costUsd - a.costUsd;
  if (sort === 'oldest') return (a, b) => a.queuedAt - b.queuedAt;
  if (sort === 'newest' || dialect.runs.order === 'newest') return (a, b) => b.queuedAt - a.queuedAt;
  if (dialect.runs.order === 'oldest') return (a, b) => a.queuedAt - b.queuedAt;
  return (a, b) => (a.id < b.id ? -1 : 1);
}
