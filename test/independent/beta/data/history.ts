import type { Kind, Phase, Run, Search, Session, Source, Topic, Workflow } from '../model.ts';
import { intentNames, searchNames, topicNames } from './words.ts';

const hour = 3_600_000;
const models = ['claude-sonnet-4', 'gpt-5-mini', 'claude-haiku-4'] as const;

/** One item of a list, taken round and round. */
export function nth<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('an empty list has no items');
  return item;
}

/** The hours ago at which the seeded runs were made: about half within a day, the rest over 30 days. */
export function runAges(amount: number): number[] {
  return Array.from({ length: amount }, (_, index) => {
    const part = index / amount;
    if (part < 0.5) return 0.3 + part * 44;
    if (part < 0.75) return 27 + (part - 0.5) * 520;
    return 176 + (part - 0.75) * 2050;
  });
}

function seededPhases(status: string): readonly Phase[] {
  if (status === 'pending') return [];
  if (status === 'running') return [{ after: 2000, status: 'running' }];
  return [
    { after: 2000, status: 'running' },
    { after: 90_000, status },
  ];
}

/** Runs over 30 days in every status; the unfinished ones are young. */
export function seedRuns(
  newId: (kind: Kind) => string,
  workflows: readonly Workflow[],
  amount: number,
  now: number,
  further: boolean,
): Run[] {
  const ended = ['pass', 'fail', 'pass', 'partial', 'error', 'pass', 'fail'];
  if (further) ended.push('cancelled', 'timed_out');
  return runAges(amount).map((age, index) => {
    const young = index < 4;
    const status = young ? nth(['running', 'pending', 'running', 'pass'], index) : nth(ended, index);
    const workflow = nth(workflows, index * 3 + (index % 4));
    return {
      id: newId('run'),
      workflowId: workflow.id,
      createdAt: now - Math.round(age * hour),
      phases: seededPhases(status),
      startsAfter: status === 'pending' ? Infinity : 2000,
      endsAfter: status === 'pending' || status === 'running' ? Infinity : 90_000,
      model: nth(models, index),
      reason: index % 3 === 0 ? null : nth(['nightly', 'after deploy', 'manual — Prüfung'], index),
      trigger: nth(['schedule', 'api', 'dashboard'], index),
      idempotencyKey: null,
      classification: status === 'fail' ? nth(['tool_error', 'wrong_answer'], index) : null,
      cost: Math.round(100 + index * 37) / 10_000,
      version: 1,
      by: 'seed',
    };
  });
}

/** Recurring topics with different ranks. */
export function seedTopics(newId: (kind: Kind) => string, amount: number, now: number): Topic[] {
  return Array.from({ length: amount }, (_, index) => ({
    id: newId('topic'),
    label: nth(topicNames, index),
    unmet: index % 3 === 2,
    archived: false,
    volume: 12 + ((index * 17) % 41),
    frustration: ((index * 29) % 100) / 100,
    trend: ((index * 13) % 21) - 10,
    lastSeen: now - (index + 1) * 2 * hour,
  }));
}

/** Clusters of failed searches. */
export function seedSearches(newId: (kind: Kind) => string, amount: number, now: number): Search[] {
  return Array.from({ length: amount }, (_, index) => ({
    id: newId('search'),
    query: nth(searchNames, index),
    count: 3 + ((index * 7) % 19),
    lastSeen: now - (index + 1) * 3 * hour,
    suggestion: index % 2 === 0 ? `POST /v1/${nth(['exports', 'merges', 'refunds'], index)}` : null,
  }));
}

/** Sessions of the last three weeks, most of them of the last day; some optionals are null. */
export function seedSessions(
  newId: (kind: Kind) => string,
  sources: readonly Source[],
  runs: readonly Run[],
  amount: number,
  now: number,
): Session[] {
  return Array.from({ length: amount }, (_, index) => ({
    id: newId('session'),
    key: `sess:${(index * 7919 + 104_729).toString(36)}`,
    intent: index % 5 === 4 ? null : nth(intentNames, index),
    sourceId: index % 6 === 5 ? null : nth(sources, index).id,
    actorId: index % 4 === 3 ? null : `agent-${index % 3}`,
    client: index % 3 === 2 ? null : nth(['claude-desktop', 'cursor', 'Çlient/2'], index),
    ok: (index * 3) % 7,
    errors: index % 4,
    at: now - Math.round((index < 13 ? 0.4 + index * 1.6 : 30 + (index - 13) * 70) * hour),
    runId: index % 2 === 0 ? nth(runs, index + 4).id : null,
  }));
}
