import type { Exchange } from './exchange.ts';
import type { Run, Workflow } from './model.ts';

export const knownStatuses = ['pending', 'running', 'pass', 'fail', 'partial', 'error'];
export const furtherStatuses = ['provisioning', 'timed_out', 'cancelled'];

/** Whether a run with that status has ended. */
export function ended(status: string): boolean {
  return !['pending', 'running', 'provisioning'].includes(status);
}

function soundStatus(x: Exchange, run: Run, age: number): string {
  if (!run.live) return run.status;
  const { pendingMs, runningMs, extraStatuses } = x.site.dialect;
  if (age < pendingMs) return 'pending';
  if (extraStatuses && age < pendingMs + 80) return 'provisioning';
  return age < pendingMs + runningMs ? 'running' : run.status;
}

/** The status that a run has at this moment. */
export function statusOf(x: Exchange, run: Run): string {
  const age = Date.now() - run.createdAt;
  const status = soundStatus(x, run, age);
  return x.site.hooks.runStatus?.(x, run, status, age) ?? status;
}

/** Queues a run of a workflow. */
export function startRun(x: Exchange, workflow: Workflow, reason: string | null): Run {
  const { world, makeId } = x.site;
  const run: Run = {
    id: makeId('run'),
    orgId: workflow.orgId,
    workflowId: workflow.id,
    status: ['pass', 'fail', 'partial', 'error'][x.seq % 4] ?? 'pass',
    live: true,
    createdAt: Date.now(),
    model: 'claude-opus',
    cost: 0.02,
    classification: 'stable',
    reason,
    dispatchedWith: x.headers.authorization ?? null,
  };
  world.runs.set(run.id, run);
  return run;
}
