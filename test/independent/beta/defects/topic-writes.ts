import type { Call } from '../call.ts';
import type { Topic } from '../model.ts';
import { facts } from './facts.ts';
import { on, pause, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const topicOf = (call: Call): Topic | undefined => call.org.topics.find(({ id }) => id === call.id);

function topic(id: string, where: string, change: (call: Call, item: Topic, before: Topic) => void): Seed {
  return plant(id, facts.topicPatch, where, {
    around: (call, run) => {
      const item = topicOf(call);
      if (!item || !on(call, 'topics.update')) return run();
      const before = { ...item };
      const made = run();
      change(call, item, before);
      return made;
    },
  });
}

/** Defects of what becomes of edited topics. */
export const topicWriteSeeds: readonly Seed[] = [
  topic('topic-label-not-kept', 'PATCH topic: `label` is answered but not kept', (_call, item, before) => {
    item.label = before.label;
  }),
  topic('topic-flag-not-kept', 'PATCH topic: `is_unmet_demand: false` is not kept', (call, item, before) => {
    if (call.body['is_unmet_demand'] === false) item.unmet = before.unmet;
  }),
  topic(
    'topic-flag-true-not-kept',
    'PATCH topic: `is_unmet_demand: true` is not kept',
    (call, item, before) => {
      if (call.body['is_unmet_demand'] === true) item.unmet = before.unmet;
    },
  ),
  topic(
    'topic-label-clears-flag',
    'PATCH topic with `label` alone clears `is_unmet_demand`',
    (call, item) => {
      if (!('is_unmet_demand' in call.body)) item.unmet = false;
    },
  ),
  topic(
    'topic-renames-neighbour',
    'PATCH topic renames the next topic in its place',
    (call, item, before) => {
      const next = call.org.topics.find(({ id }) => id !== item.id);
      if (next && item.label !== before.label) [next.label, item.label] = [item.label, before.label];
    },
  ),
  plant('topic-race-lost', facts.topicPatch, 'two PATCHes of one topic at once: one is lost', {
    around: async (call, run) => {
      const item = topicOf(call);
      if (!item || !on(call, 'topics.update')) return run();
      const before = { ...item };
      await pause(6);
      Object.assign(item, before);
      return run();
    },
  }),
];
