/** What the suite says of a conformant deployment on which somebody else works meanwhile. */
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

export interface AtWork {
  /** The red cases with what is said of them, and the faults of the suite itself. */
  readonly red: readonly (readonly [id: string, ...told: string[]])[];
  readonly faults: readonly string[];
  /** How many cases passed, and what the colleague did meanwhile. */
  readonly passed: number;
  readonly done: number;
}

/** What a run says of a deployment while a colleague works on it. */
export async function whileAtWork(start: () => Promise<Deployment>): Promise<AtWork> {
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
  const { cases: results, faults } = await carryOutTrial({
    contract,
    profile: 'full',
    cases: cases.filter(compares),
    start: begin,
    limits: dialectLimits,
  });
  const red = results.filter(({ status }) => status === 'failed');
  return {
    red: red.map(({ id, findings }) => [id, ...findings.map(({ message }) => message)] as const),
    faults,
    passed: results.filter(({ status }) => status === 'passed').length,
    done,
  };
}
