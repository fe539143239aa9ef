/** What the suite says of a conformant deployment on which somebody else works meanwhile. */
import { expect } from 'vitest';
import type { Case } from '../../src/plan/types.ts';
import { carryOutTrial, dialectLimits, type Deployment } from '../../src/selftest/trial.ts';
import { cases, contract } from '../selftest/trials.ts';
import { hireColleague } from './colleague.ts';

/** What compares two answers, or looks for something in a list; changes to a shared topic have tests of their own. */
const comparing = new Set([
  'query',
  'consistency',
  'concurrency',
  'isolation',
  'lifecycle',
  'dispatch',
  'hygiene',
]);

function compares({ family, operation, check }: Case): boolean {
  if (operation === 'updateTopic') return false;
  return comparing.has(family) || (check.kind === 'exchange' && check.proof?.kind === 'not-dispatched');
}

/** How often the colleague does something, in ms. */
const everyMs = 40;

/** Expects no red case while a colleague works, and that both had something to do. */
export async function expectNothingRed(start: () => Promise<Deployment>): Promise<void> {
  let done = 0;
  const begin = async (): Promise<Deployment> => {
    const deployment = await start();
    const colleague = await hireColleague(deployment, everyMs);
    const close = async (): Promise<void> => {
      await colleague.leave();
      done = colleague.done;
      await deployment.close();
    };
    return { ...deployment, close };
  };
  const trial = await carryOutTrial({
    contract,
    profile: 'full',
    cases: cases.filter(compares),
    start: begin,
    limits: dialectLimits,
  });
  const red = trial.cases.filter(({ status }) => status === 'failed');
  expect(trial.faults).toEqual([]);
  expect(red.map(({ id, findings }) => [id, findings.map(({ message }) => message)])).toEqual([]);
  expect(trial.cases.filter(({ status }) => status === 'passed').length).toBeGreaterThan(150);
  expect(done).toBeGreaterThan(20);
}
