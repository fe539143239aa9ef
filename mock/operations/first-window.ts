import { makeRun, quickCourse } from '../data/course.ts';
import type { Tenant, Workflow } from '../data/model.ts';
import { toolsOf } from '../data/tools.ts';
import type { Deployment } from '../deployment/deployment.ts';

/**
 * Queues the first dispatch window of a new workflow. Whether the window makes a run at once, later or only once its
 * schedule comes round is left open. A run that is to come later is kept with its time and is not shown before.
 */
export function queueFirstWindow(tenant: Tenant, workflow: Workflow, deployment: Deployment): void {
  const { firstWindow } = deployment.dialect.dispatch;
  if (firstWindow.kind === 'none') return;
  const { random, newId, now } = deployment;
  const run = makeRun(
    {
      id: newId('run'),
      workflow,
      tools: toolsOf(tenant, workflow),
      course: quickCourse(now() + firstWindow.delayMs, random),
      verdict: 'pass',
      trigger: 'schedule',
      reason: null,
      baselineRunId: null,
    },
    random,
  );
  tenant.runs.set(run.id, run);
}
