import type { IdMaker } from './ids.ts';
import type { Organization, Run, SessionEvent, Source, World } from './model.ts';

const hour = 3_600_000;

const topicLabels = [
  'Refund status',
  'Invoice search – größere Beträge',
  'Bulk export',
  'Webhook retries',
  'Tax <rules> & "forms"',
  'Two-factor reset',
  'Calendar sync',
] as const;

const failedSearches = [
  ['refund by partial amount', 'GET /refunds?amount='],
  ['export all contacts as csv', 'POST /exports'],
  ['変更履歴', null],
  ['cancel subscription at period end', 'PATCH /subscriptions/{id}'],
  ['list webhooks that failed', null],
  ['tax id lookup', 'GET /tax-ids/{id}'],
] as const;

const intents = [
  'find the invoice of a customer',
  'refund an order',
  null,
  'export 50% of a+b & "c" = d?',
  'créer un ticket à 10 €',
  'refund an order by card',
  'find the invoice of a customer',
  'Find the invoice',
  'reset 2FA',
  null,
  'refund an order',
  'sync calendars 🗓',
  'refund an order',
  'find the invoice of a customer',
] as const;

/** Adds topics, failed searches and sessions. */
export function seedInsights(
  world: World,
  org: Organization,
  sources: readonly Source[],
  makeId: IdMaker,
): void {
  const now = Date.now();
  const prefix = org === world.main ? '' : `${org.slug} `;
  const topicIds: string[] = [];
  topicLabels.forEach((label, at) => {
    const id = makeId('topic');
    topicIds.push(id);
    world.topics.set(id, {
      id,
      orgId: org.id,
      label: prefix + label,
      unmet: at % 3 === 1,
      archived: false,
      volume: 90 - at * 11,
      frustration: Math.round(((at * 37) % 100) / 1) / 100,
      trend: (at % 4) - 1.5,
      seenAt: now - (at < 4 ? at * 5 : at * 70) * hour - hour,
    });
  });
  failedSearches.forEach(([query, gap], at) => {
    const id = makeId('search');
    const topicId = topicIds[at % topicIds.length] ?? '';
    const seenAt = now - (at < 4 ? at * 4 : at * 80) * hour - hour;
    world.searches.set(id, {
      id,
      orgId: org.id,
      query: prefix + query,
      count: 40 - at * 6,
      gap,
      seenAt,
      topicId,
    });
  });
  const runs = [...world.runs.values()].filter((run) => run.orgId === org.id);
  intents.forEach((intent, at) => seedSession(world, org, sources, runs, makeId, intent, at));
}

function seedSession(
  world: World,
  org: Organization,
  sources: readonly Source[],
  runs: readonly Run[],
  makeId: IdMaker,
  intent: string | null,
  at: number,
): void {
  const id = makeId('sess');
  const events: SessionEvent[] = [];
  for (let step = 0; step < (at === 8 ? 0 : 2 + (at % 4)); step += 1) {
    events.push({
      tool: step === 0 ? undefined : ['search_docs', 'get_invoice', 'create_refund'][step % 3],
      runId: at % 3 === 0 && step === 1 ? runs[at]?.id : undefined,
    });
  }
  const failed = at % 3;
  world.sessions.set(id, {
    id,
    orgId: org.id,
    sessionKey: `sk-${id.slice(-6)}-${at}`,
    intent,
    sourceId: at % 5 === 4 ? null : (sources[at % sources.length]?.id ?? null),
    actorId: at % 4 === 3 ? null : `actor-${at}`,
    clientName: at % 6 === 5 ? null : (['Claude Desktop', 'Cursor', 'Ünïclient'][at % 3] ?? null),
    ok: Math.max(0, events.length - failed),
    failed,
    startedAt: Date.now() - (at < 11 ? 0.5 + at * 1.5 : at * 40) * 3_600_000,
    events,
  });
}
