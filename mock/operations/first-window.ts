import type { Tenant, Workflow } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { queueRun } from './queue.ts';

/**
 * Queues the first dispatch window of a new workflow. Whether the window makes a run at once, later or only once its
 * schedule comes round is left open. A run that is to come later is kept with its time and is not shown before.
 */
export function queueFirstWindow(tenant: Tenant, workflow: Workflow, deployment: Deployment): void {
  const delayMs = deployment.dialect.dispatch.firstWindowMs;
  if (delayMs === undefined) return;
  const queueing = { verdict: 'pass', trigger: 'schedule', reason: null, baselineRunId: null } as const;
  queueRun(tenant, workflow, queueing, deployment, delayMs);
}
