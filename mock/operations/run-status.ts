import type { Run } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** The status of a run at this moment, in the words of the dialect. */
export function runStatus(run: Run, { dialect, now }: Deployment): string {
  const at = now();
  if (at >= run.endsAt) return dialect.runs.statusOf({ phase: 'over', verdict: run.verdict });
  if (at >= run.startsAt) return dialect.runs.statusOf({ phase: 'running' });
  const share = Math.max(0, (at - run.queuedAt) / Math.max(1, run.startsAt - run.queuedAt));
  return dialect.runs.statusOf({ phase: 'queued', share });
}

/** Whether a run has come to its end. */
export function isOver(run: Run, { now }: Deployment): boolean {
  return now() >= run.endsAt;
}
