/** What lies behind the mistakes of a self-test: the fewest choices that bring them about. */
import { missOf } from './judge.ts';
import { dialectOf, plainDialect, type Point } from './points.ts';
import { runErrands, type Errand, type WorkerReply, type WorkerSettings } from './pool.ts';
import type { DefectOutcome, DialectOutcome, Miss } from './types.ts';

export interface Behind {
  /** The outcomes with what is behind their alarms, where that was looked for. */
  readonly dialects: readonly DialectOutcome[];
  readonly misses: readonly Miss[];
  readonly faults: readonly string[];
}

export interface LookedAt {
  readonly dialects: readonly DialectOutcome[];
  readonly defects: readonly DefectOutcome[];
  readonly pointOf: PointOf;
  readonly settings: WorkerSettings;
  readonly onReply: (reply: WorkerReply, done: number, total: number) => void;
}

/** What a dialect chooses; undefined where it cannot be taken apart. */
export type PointOf = (dialect: string) => Point | undefined;

/**
 * Whether a defect is missed: on a deployment other than the plain one it is not caught, though the profile sends what
 * finds it, as `full` always does.
 */
export function isMissed({ dialect, fate, profile, unseen }: DefectOutcome): boolean {
  return dialect !== plainDialect && fate !== 'caught' && (profile === 'full' || unseen?.sent !== undefined);
}

/** Looks for the fewest choices behind each false alarm, and behind each defect that is missed. */
export async function lookBehind({
  dialects,
  defects,
  pointOf,
  settings,
  onReply,
}: LookedAt): Promise<Behind> {
  const accused = dialects.filter(({ falseAlarms }) => falseAlarms.length > 0);
  const missed = defects.filter(isMissed);
  const explained = new Map<string, DialectOutcome>();
  const misses: Miss[] = [];
  const faults: string[] = [];
  // One cause is often behind the alarms of many deployments: what is known by then is handed to the next.
  const causes = new Map<string, Point>();
  const queue = [
    ...accused.flatMap((outcome) => {
      const point = pointOf(outcome.dialect);
      const errand = (whole: Point): Errand => ({
        kind: 'alarms',
        outcome,
        point: whole,
        causes: [...causes.values()],
      });
      return point === undefined ? [] : [() => errand(point)];
    }),
    ...missed.flatMap((outcome) => {
      const point = pointOf(outcome.dialect);
      if (point !== undefined) return [(): Errand => ({ kind: 'miss', outcome, point })];
      misses.push(missOf(outcome));
      return [];
    }),
  ];
  const total = queue.length;
  let done = 0;
  await runErrands(
    () => queue.shift()?.(),
    settings,
    (reply) => {
      if (reply.kind === 'alarms') {
        explained.set(keyOf(reply.outcome), reply.outcome);
        for (const { because } of reply.outcome.falseAlarms)
          if (because !== undefined) causes.set(dialectOf(because), because);
      } else if (reply.kind === 'miss') misses.push(reply.miss);
      else if (reply.kind === 'fault') faults.push(reply.fault);
      done += 1;
      onReply(reply, done, total);
    },
  );
  return {
    dialects: dialects.map((outcome) => explained.get(keyOf(outcome)) ?? outcome),
    misses,
    faults,
  };
}

function keyOf({ dialect, profile }: DialectOutcome): string {
  return `${profile} ${dialect}`;
}
