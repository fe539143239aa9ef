import { makeRun, type Course } from './course.ts';
import { toolsOf } from './tools.ts';
import type { Tenant, Workflow } from './model.ts';
import type { Random } from './random.ts';
import type { Seeding } from './seed.ts';
import { days, hours, minutes } from './time.ts';

/** How many runs each stretch of the past holds: the last day, the last week, the last 30 days. */
const stretches = [
  { count: 40, from: 10 * minutes, to: 23 * hours },
  { count: 30, from: 25 * hours, to: 7 * days - hours },
  { count: 30, from: 7 * days + hours, to: 30 * days - hours },
];

/** Runs over 30 days in every terminal status, and a few that are pending or running for hours to come. */
export function seedRuns(tenant: Tenant, seeding: Seeding): void {
  const { random, now, terminalStatuses } = seeding;
  const workflows = [...tenant.workflows.values()];
  for (const { count, from, to } of stretches) {
    for (let index = 0; index < count; index += 1) {
      // The first few go through the statuses in turn, so that no stretch lacks one.
      const turn = terminalStatuses[index];
      const verdict = turn ?? (random.chance(0.6) ? 'pass' : random.pick(terminalStatuses));
      addRun(
        tenant,
        random.pick(workflows),
        pastCourse(now, random.integer(from, to), random),
        verdict,
        seeding,
      );
    }
  }
  for (let index = 0; index < 3; index += 1) {
    addRun(
      tenant,
      random.pick(workflows),
      { queuedAt: now - minutes, startsAt: now + 6 * hours, endsAt: now + 7 * hours },
      'pass',
      seeding,
    );
    addRun(
      tenant,
      random.pick(workflows),
      { queuedAt: now - 4 * minutes, startsAt: now - 3 * minutes, endsAt: now + 6 * hours },
      'pass',
      seeding,
    );
  }
}

function pastCourse(now: number, age: number, random: Random): Course {
  const queuedAt = now - age;
  const startsAt = queuedAt + random.integer(500, 20_000);
  return { queuedAt, startsAt, endsAt: startsAt + random.integer(8000, 300_000) };
}

function addRun(tenant: Tenant, workflow: Workflow, course: Course, verdict: string, seeding: Seeding): void {
  const { ids, random } = seeding;
  const id = ids.make('run', random);
  const trigger = workflow.members['schedule'] === undefined ? 'api' : 'schedule';
  const reason =
    trigger === 'api'
      ? random.pick(['nightly check', 'before the release', 'after a change of tools'])
      : null;
  const tools = toolsOf(tenant, workflow);
  const order = { id, workflow, tools, course, verdict, trigger, reason, baselineRunId: null } as const;
  tenant.runs.set(id, makeRun(order, random));
}
