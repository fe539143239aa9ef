/** The cases of a run as the command line and `npx vitest run` carry them out. */
import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, describe, inject, test } from 'vitest';
import { loadContract } from '../src/contract/load.ts';
import { finishRun } from '../src/execute/finish.ts';
import { Run } from '../src/execute/run.ts';
import { steadinessOf } from '../src/execute/repeat.ts';
import { planCases } from '../src/plan/plan.ts';
import { promiseOf } from '../src/plan/promise.ts';
import { selectCases } from '../src/plan/select.ts';
import type { Case } from '../src/plan/types.ts';
import { registerCases } from './register.ts';

const settings = inject('armatureConformance');
const { config, selection, matrix, specs, repeatFailed = 0 } = settings;
const contract = await loadContract({
  ...(matrix === undefined ? {} : { matrix }),
  ...(specs === undefined ? {} : { specs }),
});
const cases = planCases(contract, { seed: config.seed, profile: config.profile });
const { selected } = selectCases(
  cases,
  { ...selection, profile: config.profile, keys: Object.keys(config.keys) },
  contract,
);
const run = new Run(contract, config, promiseOf(contract, selected, config.without));

const channel = new BroadcastChannel(settings.channel);
channel.addEventListener('message', () => {
  run.halt({ kind: 'interrupted' });
});
channel.unref();

const failed: Case[] = [];
const steadiness: Record<string, string> = {};

registerCases({ describe, test }, run, selected, ({ planned, result, fault, context }) => {
  context.task.meta.conformance = {
    result,
    requests: run.requestCount,
    ...(fault === undefined ? {} : { fault }),
  };
  if (result.status !== 'failed') return [];
  if (repeatFailed > 0) failed.push(planned);
  return result.findings;
});

describe('end', () => {
  test('what failed is repeated', async () => {
    for (const one of failed) {
      const told = await steadinessOf(run, one, repeatFailed);
      if (told !== undefined) steadiness[one.id] = told;
    }
  });
  test('what the run made is removed', async ({ task }) => {
    task.meta.conformance = { footer: await finishRun(run, steadiness) };
  });
});

afterAll(async () => {
  channel.close();
  await run.close();
});
