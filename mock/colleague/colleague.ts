import type { Tenant } from '../data/model.ts';
import { createRandom, type Random } from '../data/random.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { createDesk, type Desk } from './desk.ts';
import {
  addSession,
  addSource,
  archiveOne,
  changeOne,
  dispatchOne,
  editTopic,
  makeOne,
  retire,
} from './work.ts';

/** Another user of an organization: makes, changes and archives workflows of its own, dispatches, edits topics. */
export interface Colleague {
  /** Does the next thing; the same seed gives the same things in the same order. */
  act(): void;
}

/** One thing that a colleague does, with how often it does that beside the others. */
type Habit = readonly [often: number, act: (desk: Desk) => unknown];

const habits: readonly Habit[] = [
  [5, makeOne],
  [5, changeOne],
  [4, archiveOne],
  [8, dispatchOne],
  [3, editTopic],
  [3, addSession],
  [2, retire],
  [1, addSource],
];

const total = habits.reduce((sum, [often]) => sum + often, 0);

/** How much of the work is done in the first organization, which is the one under test. */
const shareOfFirst = 0.7;

/**
 * Makes a colleague who works in two organizations. It touches what it made itself and, to dispatch and to edit
 * topics, what was there before; never what somebody else made or changed meanwhile.
 */
export function createColleague(
  deployment: Deployment,
  [first, second]: readonly [Tenant, Tenant],
  seed: number,
): Colleague {
  const random = createRandom(seed * 7919 + 17);
  // With draws of its own, what others are given does not depend on how much it has done.
  const own: Deployment = { ...deployment, random, newId: (kind) => deployment.ids.make(kind, random) };
  const desks = { first: createDesk(own, first), second: createDesk(own, second) };
  return {
    act: () => {
      const desk = random.chance(shareOfFirst) ? desks.first : desks.second;
      pickHabit(random)(desk);
    },
  };
}

function pickHabit(random: Random): Habit[1] {
  let left = random.integer(1, total);
  for (const [often, act] of habits) {
    left -= often;
    if (left <= 0) return act;
  }
  return dispatchOne;
}

/** Lets a colleague act `rate` times a second until it is stopped; it does not keep the process alive. */
export function employ(colleague: Colleague, rate: number): { readonly stop: () => void } {
  const timer = setInterval(() => colleague.act(), 1000 / rate);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
