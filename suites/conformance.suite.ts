/** The cases of a run as the command line and `npx vitest run` carry them out. */
import { afterAll, describe, inject, test } from 'vitest';
import { finishRun } from '../src/execute/finish.ts';
import { steadinessOf } from '../src/execute/repeat.ts';
import { registerCases } from './register.ts';
import { sharedRun } from './shared-run.ts';

const settings = inject('armatureConformance');
const { repeatFailed = 0 } = settings;
const { run, failed, nextPart, close } = sharedRun(settings);
const { phases, last } = await nextPart();

registerCases({ describe, test }, run, phases, ({ planned, result, fault, context }) => {
  context.task.meta.conformance = {
    result,
    requests: run.requestCount,
    ...(fault === undefined ? {} : { fault }),
  };
  if (result.status !== 'failed') return [];
  if (repeatFailed > 0) failed.push(planned);
  return result.findings;
});

if (last) registerEnd();

function registerEnd(): void {
  describe('end', () => {
    const steadiness: Record<string, string> = {};
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
  afterAll(close);
}
