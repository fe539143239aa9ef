import { faker } from '@faker-js/faker/locale/en';
import { sourceTemplates, testerModels } from './catalogue.ts';
import type { JsonObject, Source, Tenant } from './model.ts';
import type { Seeding } from './seed.ts';
import { days } from './time.ts';

/** One workflow for each task of each production source. */
export function seedWorkflows(tenant: Tenant, seeding: Seeding): void {
  for (const source of tenant.sources.values()) {
    const template = sourceTemplates.find(({ name }) => name === source.name);
    for (const task of template?.tasks ?? []) addWorkflow(tenant, source, task, seeding);
  }
  const [oldest] = tenant.workflows.values();
  if (seeding.paused !== 'none' && oldest !== undefined) {
    tenant.workflows.set(oldest.id, { ...oldest, paused: true });
  }
}

function addWorkflow(
  tenant: Tenant,
  source: Source,
  [name, testerPrompt]: readonly [string, string],
  { ids, random, now, schedules }: Seeding,
): void {
  const id = ids.make('wf', random);
  const createdAt = now - random.integer(31, 90) * days;
  const models = testerModels.slice(0, random.integer(1, testerModels.length));
  tenant.workflows.set(id, {
    id,
    members: {
      name,
      mcpServerId: source.id,
      testerPrompt,
      description: `Asked for by ${faker.person.fullName()} (${faker.company.buzzPhrase()}).`,
      testerModelId: random.pick(models),
      testerModelIds: models,
      criteria: [
        { criterionText: 'The agent finds the right tool at the first try.', isRequired: false },
        { criterionText: 'The task of the prompt is done.', isRequired: true },
        { criterionText: 'The answer names what was done.', isRequired: true },
      ],
      ...(random.chance(0.6) ? { schedule: scheduleIn(schedules, random.integer(0, 59)) } : {}),
      limits: { maxTurns: random.integer(8, 30) },
      metadata: { team: faker.commerce.department() },
    },
    categories: source.categories,
    version: random.integer(1, 7),
    createdAt,
    updatedAt: createdAt + random.integer(0, 30) * days,
    archivedAt: null,
    paused: false,
  });
}

/** Every six hours, in the words that the deployment has for it. */
function scheduleIn(form: Seeding['schedules'], minute: number): JsonObject {
  return form === 'any'
    ? { cron: `${minute} */6 * * *`, timezone: 'UTC' }
    : { interval: '6h', offsetMinutes: minute };
}
