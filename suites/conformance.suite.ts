/** Every case of the plan as one vitest test: the reads first, then the writes, then what judges the whole run. */
import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, describe, inject, test, type TestContext } from 'vitest';
import { loadContract } from '../src/contract/load.ts';
import { runCase } from '../src/execute/case-runner.ts';
import { cleanUp, leftoversOf } from '../src/execute/cleanup.ts';
import { Run } from '../src/execute/run.ts';
import { timingsOf } from '../src/execute/timings.ts';
import { phaseOf, phases } from '../src/plan/phases.ts';
import { planCases } from '../src/plan/plan.ts';
import { selectCases } from '../src/plan/select.ts';
import type { Case } from '../src/plan/types.ts';
import type { CaseResult } from '../src/results/types.ts';

const settings = inject('armatureConformance');
const { config, selection, matrix, specs } = settings;
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
const run = new Run(contract, config);

let stopped = false;
const channel = new BroadcastChannel(settings.channel);
channel.addEventListener('message', () => {
  stopped = true;
});
channel.unref();

for (const phase of phases) {
  const ofPhase = selected.filter((one) => phaseOf(one) === phase);
  if (ofPhase.length === 0) continue;
  describe(phase, () => {
    for (const one of ofPhase) test.concurrent(one.id, (context) => carryOut(context, one));
  });
}

describe('end', () => {
  test('what the run made is removed', async ({ task }) => {
    await cleanUp(run);
    task.meta.conformance = {
      footer: {
        requests: run.requestCount,
        timings: timingsOf(run.durations),
        answers: run.answers.counts(),
        leftovers: leftoversOf(run),
      },
    };
  });
});

afterAll(async () => {
  channel.close();
  await run.close();
});

async function carryOut(context: TestContext, planned: Case): Promise<void> {
  if (stopped) context.skip('the run was interrupted');
  const { result, fault } = await runCase(run, planned);
  context.task.meta.conformance = {
    result,
    requests: run.requestCount,
    ...(fault === undefined ? {} : { fault }),
  };
  if (result.status === 'failed') throw asFailure(result);
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
