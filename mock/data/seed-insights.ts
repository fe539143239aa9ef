import { faker } from '@faker-js/faker/locale/en';
import { clients, sourceTemplates } from './catalogue.ts';
import type { SessionEvent, Source, Tenant } from './model.ts';
import type { Seeding } from './seed.ts';
import { days, hours, minutes } from './time.ts';

/** Searches, sessions and topics of every source of the catalogue. */
export function seedInsights(tenant: Tenant, seeding: Seeding): void {
  for (const source of tenant.sources.values()) {
    const template = sourceTemplates.find(({ name }) => name === source.name);
    if (template === undefined) continue;
    const searchId = addSearch(tenant, template.intents, template.gap, seeding);
    const secondId = addSearch(
      tenant,
      template.intents.toReversed(),
      `batch variant of ${template.gap}`,
      seeding,
    );
    for (const [index, intent] of template.intents.entries()) {
      const sessions = [1, 2, 3].map((turn) =>
        addSession(tenant, source, intent, turn, template.tools, seeding),
      );
      if (index < 2)
        addTopic(tenant, intent, sessions, index === 0 ? [searchId] : [searchId, secondId], seeding);
    }
  }
  // A client need not say what it wants, who it is, or which source it speaks to.
  addSession(tenant, undefined, null, 1, ['search'], seeding);
}

function addSearch(
  tenant: Tenant,
  queries: readonly string[],
  suggestedGap: string,
  seeding: Seeding,
): string {
  const { ids, random, now } = seeding;
  const id = ids.make('search', random);
  const [query = '', ...variants] = queries;
  const lastSeenAt = now - random.integer(1, 20) * hours;
  tenant.searches.set(id, { id, query, variants, count: random.integer(3, 90), suggestedGap, lastSeenAt });
  return id;
}

function addSession(
  tenant: Tenant,
  source: Source | undefined,
  intent: string | null,
  turn: number,
  tools: readonly string[],
  { ids, random, now }: Seeding,
): string {
  const id = ids.make('sess', random);
  const age = turn < 3 ? random.integer(30 * minutes, 23 * hours) : random.integer(2 * days, 29 * days);
  const runs = [...tenant.runs.keys()];
  const events = Array.from({ length: random.integer(2, 8) }, (_, step): SessionEvent => {
    const tool = random.chance(0.85) ? random.pick(tools) : null;
    const runId = random.chance(0.2) ? random.pick(runs) : null;
    return { at: now - age + step * 4000, tool, runId, failed: random.chance(0.2) };
  });
  tenant.sessions.set(id, {
    id,
    key: `${faker.word.adjective()}-${faker.word.noun()}-${random.integer(100, 999)}`,
    intent,
    sourceId: source?.id ?? null,
    actorId: random.chance(0.7) ? ids.make('usr', random) : null,
    client: source === undefined ? null : random.pick(clients),
    startedAt: now - age,
    events,
  });
  return id;
}

function addTopic(
  tenant: Tenant,
  label: string,
  sessionIds: readonly string[],
  searchIds: readonly string[],
  { ids, random, now }: Seeding,
): void {
  const id = ids.make('topic', random);
  tenant.topics.set(id, {
    id,
    label,
    isUnmetDemand: random.chance(0.3),
    archived: false,
    volume: random.integer(5, 400),
    frustration: random.integer(0, 100) / 100,
    trend: random.integer(-60, 120) / 100,
    lastSeenAt: now - random.integer(1, 20) * hours,
    sessionIds,
    searchIds,
  });
}
