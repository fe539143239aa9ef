import { courseFrom, makeRun, type RunOrder } from '../data/course.ts';
import type { Run, Tenant, Workflow } from '../data/model.ts';
import { toolsOf } from '../data/tools.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** Why a run is queued, and what it is to come to. */
export type Queueing = Pick<RunOrder, 'verdict' | 'trigger' | 'reason' | 'baselineRunId'>;

/** Queues a run of a workflow, now or in `delayMs`: before that moment it is not shown. */
export function queueRun(
  tenant: Tenant,
  workflow: Workflow,
  queueing: Queueing,
  deployment: Deployment,
  delayMs = 0,
): Run {
  const { random, newId, now, dialect } = deployment;
  const course = courseFrom(now() + delayMs, dialect.dispatch.pace, random);
  const run = makeRun(
    { id: newId('run'), workflow, tools: toolsOf(tenant, workflow), course, ...queueing },
    random,
  );
  tenant.runs.set(run.id, run);
  return run;
}
