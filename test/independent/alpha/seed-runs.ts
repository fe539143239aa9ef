import type { IdMaker } from './ids.ts';
import type { Organization, Workflow, World } from './model.ts';

const hour = 3_600_000;
const endings = ['pass', 'fail', 'pass', 'partial', 'error', 'pass', 'fail'] as const;
const models = ['claude-opus', 'gpt-large', 'gemini-pro'] as const;
const classifications = ['regression', 'stable', 'flaky'] as const;

/** Adds the runs of the last thirty days: a third of them today, all statuses in every range. */
export function seedRuns(
  world: World,
  org: Organization,
  workflows: readonly Workflow[],
  makeId: IdMaker,
): void {
  const amount = org === world.main ? 66 : 42;
  const now = Date.now();
  for (let at = 0; at < amount; at += 1) {
    const workflow = workflows[at % workflows.length];
    if (workflow === undefined) return;
    const third = Math.floor((at * 3) / amount);
    const within = at % Math.ceil(amount / 3);
    const age = third === 0 ? 0.2 + within : third === 1 ? 26 + within * 5 : 170 + within * 22;
    const id = makeId('run');
    world.runs.set(id, {
      id,
      orgId: org.id,
      workflowId: workflow.id,
      status:
        at === 3 || at === 11
          ? 'pending'
          : at === 5 || at === 12
            ? 'running'
            : (endings[(at * 3 + Math.floor(at / 7)) % endings.length] ?? 'pass'),
      live: false,
      createdAt: now - Math.round(age * hour) - at,
      model: models[at % models.length] ?? 'claude-opus',
      cost: Math.round((0.01 + at * 0.0031) * 10_000) / 10_000,
      classification: classifications[at % classifications.length] ?? 'stable',
      reason: at % 4 === 0 ? `Nightly check №${at}` : null,
      dispatchedWith: null,
    });
  }
}

/** Gives a few seeded runs a status that the documentation does not know. */
export function addOddStatuses(world: World): void {
  let at = 0;
  for (const run of world.runs.values()) {
    if (at % 17 === 7 && run.status === 'pass') run.status = 'timed_out';
    if (at % 17 === 9 && run.status === 'fail') run.status = 'cancelled';
    at += 1;
  }
}
