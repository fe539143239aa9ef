import type { Run } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Dialect, RunMoment } from '../dialects/dialect.ts';

/** The status of a run at this moment, in the words of the dialect. */
export function runStatus(run: Run, { dialect, now }: Deployment): string {
  return statusAt(momentOf(run, now()), dialect.runs);
}

/** Whether a run has come to its end. */
export function isOver(run: Run, { now }: Deployment): boolean {
  return now() >= run.endsAt;
}

function momentOf(run: Run, at: number): RunMoment {
  const share = (from: number, to: number): number => Math.max(0, (at - from) / Math.max(1, to - from));
  if (at >= run.endsAt) return { phase: 'over', verdict: run.verdict };
  return at >= run.startsAt
    ? { phase: 'running', share: share(run.startsAt, run.endsAt) }
    : { phase: 'queued', share: share(run.queuedAt, run.startsAt) };
}

/** A run may be `queued` before it is `pending`, and `evaluating` before it is over. */
function statusAt(moment: RunMoment, { early, late }: Dialect['runs']): string {
  switch (moment.phase) {
    case 'queued':
      return early === 'queued-first' && moment.share < 0.5 ? 'queued' : 'pending';
    case 'running':
      return late === 'evaluating-last' && moment.share >= 0.7 ? 'evaluating' : 'running';
    case 'over':
      return moment.verdict;
  }
}
