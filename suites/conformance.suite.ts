/** Every case of the plan as one vitest test: the reads first, then the writes, then what judges the whole run. */
import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, describe, inject, test, type TestContext } from 'vitest';
import { loadContract } from '../src/contract/load.ts';
import { runCase } from '../src/execute/case-runner.ts';
import { finishRun } from '../src/execute/finish.ts';
import { haltReason } from '../src/execute/halt.ts';
import { Run } from '../src/execute/run.ts';
import { steadinessOf } from '../src/execute/repeat.ts';
import { inPhases } from '../src/plan/phases.ts';
import { planCases } from '../src/plan/plan.ts';
import { promiseOf } from '../src/plan/promise.ts';
import { selectCases } from '../src/plan/select.ts';
import type { Case } from '../src/plan/types.ts';
import type { CaseResult } from '../src/results/types.ts';

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

for (const { phase, cases: ofPhase } of inPhases(selected)) {
  describe(phase, () => {
    for (const one of ofPhase) test.concurrent(one.id, (context) => carryOut(context, one));
  });
}

const failed: Case[] = [];
const steadiness: Record<string, string> = {};

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

async function carryOut(context: TestContext, planned: Case): Promise<void> {
  if (run.haltedBy !== undefined) context.skip(haltReason(run.haltedBy).reason);
  const { result, fault } = await runCase(run, planned);
  context.task.meta.conformance = {
    result,
    requests: run.requestCount,
    ...(fault === undefined ? {} : { fault }),
  };
  if (result.status === 'failed') {
    if (repeatFailed > 0) failed.push(planned);
    throw asFailure(result);
  }
  if (result.status !== 'passed') context.skip(`${result.status}: ${result.reason ?? ''}`);
}

/** What vitest's own reporters show: the broken expectations, without a stack of the suite. */
function asFailure(result: CaseResult): Error {
  const lines = result.findings.map(
    ({ message, expected, actual, reference }) =>
      `${message}\n  expected: ${expected ?? ''}\n  received: ${actual ?? ''}\n  (${reference})`,
  );
  const failure = new Error([result.title, ...lines].join('\n'));
  failure.stack = '';
  return failure;
}
